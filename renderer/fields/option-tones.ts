import type { Tone } from '../components/badge.tsx';

const tones: Readonly<Record<string, Tone>> = {
  'opportunityStage.closed_won': 'success',
  'opportunityStage.closed_lost': 'danger',
  'opportunityStage.negotiation': 'warning',
  'opportunityStage.proposal': 'accent',
  'opportunityStage.value_proposition': 'accent',
  'lifecycleStage.customer': 'success',
  'lifecycleStage.opportunity_contact': 'accent',
  'lifecycleStage.churned': 'danger',
};

/** Colour only where it means something: how near to won, or lost. */
export function toneOfOption(optionsName: string | undefined, value: string): Tone {
  return tones[`${optionsName ?? ''}.${value}`] ?? 'neutral';
}
