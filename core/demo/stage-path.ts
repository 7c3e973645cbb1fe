import type { OpportunityStage } from '#shared/enums.ts';

/** How far through its expected time a deal is when it reaches each open stage, and how likely it is to be won then. */
export const stageMilestones: readonly {
  readonly stage: OpportunityStage;
  readonly reachedAt: number;
  readonly probability: number;
}[] = [
  { stage: 'prospecting', reachedAt: 0, probability: 0.1 },
  { stage: 'qualification', reachedAt: 0.12, probability: 0.2 },
  { stage: 'needs_analysis', reachedAt: 0.27, probability: 0.3 },
  { stage: 'value_proposition', reachedAt: 0.42, probability: 0.45 },
  { stage: 'proposal', reachedAt: 0.57, probability: 0.6 },
  { stage: 'negotiation', reachedAt: 0.78, probability: 0.8 },
];

/** The last milestone reached after a part (0 to 1) of the deal's time. */
export function milestoneAt(progress: number): (typeof stageMilestones)[number] {
  let reached = stageMilestones[0];
  for (const milestone of stageMilestones) {
    if (milestone.reachedAt <= progress) reached = milestone;
  }
  if (!reached) throw new RangeError(`There is no stage at ${progress} of the way.`);
  return reached;
}
