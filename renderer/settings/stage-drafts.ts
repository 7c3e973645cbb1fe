import type { StageInput, StageSetting } from '#shared/contract/pipeline.ts';
import type { OpportunityStage } from '#shared/enums.ts';
import { closedStages } from '#shared/enums.ts';
import { fold } from '#shared/text/fold.ts';
import { decimalFromText, percentToRatio, ratioToPercent } from '../fields/field-text.ts';
import { numberSigns } from '../format/format.ts';

/** A stage as it stands in the boxes. */
export interface StageDraft {
  readonly stage: OpportunityStage;
  /** Empty for the built-in name. */
  readonly label: string;
  /** The probability in percent as typed. */
  readonly percent: string;
  readonly isHidden: boolean;
}

export function draftOf({ stage, label, probability, isHidden }: StageSetting): StageDraft {
  const percent = ratioToPercent(probability).replace('.', numberSigns().decimal);
  return { stage, label: label ?? '', percent, isHidden };
}

export type ReadDrafts =
  | { readonly ok: true; readonly stages: StageInput[] }
  /** `reason` is the text key below `settings.stages.invalid`. */
  | { readonly ok: false; readonly wrong: { readonly stage: string; readonly reason: string } };

/** What to save, or the first stage that is wrong and why. */
export function readDrafts(
  drafts: readonly StageDraft[],
  builtInName: (stage: OpportunityStage) => string,
): ReadDrafts {
  const names = new Set<string>();
  const stages: StageInput[] = [];
  for (const { stage, label, percent, isHidden } of drafts) {
    const typed = label.trim();
    const name = fold(typed || builtInName(stage));
    if (names.has(name)) return { ok: false, wrong: { stage, reason: 'name' } };
    names.add(name);
    const decimal = decimalFromText(percent.trim());
    if (decimal === null || Number(decimal) < 0 || Number(decimal) > 100) {
      return { ok: false, wrong: { stage, reason: 'probability' } };
    }
    const isBuiltIn = typed === '' || typed === builtInName(stage);
    stages.push({ stage, label: isBuiltIn ? null : typed, isHidden, probability: ratioOf(decimal) });
  }
  const [first] = stages;
  const hasOpen = stages.some(({ stage, isHidden }) => !isHidden && !closedStages.includes(stage));
  return first && !hasOpen
    ? { ok: false, wrong: { stage: first.stage, reason: 'allHidden' } }
    : { ok: true, stages };
}

/** Kept to a hundredth of a percent. */
function ratioOf(percent: string): string {
  const [whole = '0', decimals = ''] = percentToRatio(percent).split('.');
  return decimals === '' ? whole : `${whole}.${decimals.slice(0, 4)}`;
}
