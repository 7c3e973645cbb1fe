import { type OpportunityStage, opportunityStages } from '#shared/enums.ts';
import { fold } from '../../data/names.ts';

/** How other systems, and people, call the stages. Keys are reduced by `stageKey`. */
const stageNames: Readonly<Record<OpportunityStage, readonly string[]>> = {
  prospecting: ['prospecting', 'prospect', 'lead', 'leadin', 'new', 'open', 'identified', 'discovery'],
  qualification: [
    'qualification',
    'qualified',
    'qualifying',
    'qualifiedtobuy',
    'engaging',
    'engaged',
    'contactmade',
    'contacted',
    'appointmentscheduled',
    'working',
  ],
  needs_analysis: [
    'needsanalysis',
    'analysis',
    'needsdefined',
    'iddecisionmakers',
    'perceptionanalysis',
    'evaluation',
  ],
  value_proposition: [
    'valueproposition',
    'presentationscheduled',
    'demoscheduled',
    'demo',
    'presentation',
    'decisionmakerboughtin',
  ],
  proposal: ['proposal', 'proposalmade', 'proposalsent', 'proposalpricequote', 'quote', 'quotesent', 'offer'],
  negotiation: [
    'negotiation',
    'negotiations',
    'negotiationsstarted',
    'negotiationreview',
    'contractsent',
    'contract',
    'closing',
  ],
  closed_won: ['closedwon', 'won', 'closewon', 'win', 'sold', 'ganado', 'cierreganado', 'gewonnen', 'gagne'],
  closed_lost: ['closedlost', 'lost', 'closelost', 'dead', 'perdido', 'cierreperdido', 'verloren', 'perdu'],
};

const stageOfName = new Map<string, OpportunityStage>(
  opportunityStages.flatMap((stage) => stageNames[stage].map((name) => [name, stage] as const)),
);

/** Every sales team says won and lost. */
const plainNames = new Set(['won', 'lost']);

function stageKey(label: string): string {
  return fold(label).replaceAll(/[^\p{L}\p{N}]+/gu, '');
}

/**
 * Finds a stage by the workspace's own label for it, by its name, or by what other systems call it; the last is a synonym,
 * which the plan shows to the person.
 */
export function stageOf(
  text: string,
  labels: ReadonlyMap<OpportunityStage, string>,
): { stage: OpportunityStage; isSynonym: boolean } | null {
  const key = stageKey(text);
  for (const [stage, label] of labels) if (stageKey(label) === key) return { stage, isSynonym: false };
  const stage = stageOfName.get(key);
  return stage === undefined ? null : { stage, isSynonym: stageKey(stage) !== key && !plainNames.has(key) };
}
