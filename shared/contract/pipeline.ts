import { oc } from '@orpc/contract';
import { z } from 'zod';
import { closedStages, type OpportunityStage, opportunityStageSchema } from '../enums.ts';
import { changeSetIdSchema, opportunityIdSchema } from '../ids.ts';
import { opportunitySchema } from '../objects/opportunities.ts';
import { decimalSchema } from '../values.ts';
import { listScopeSchema, type Sort } from './list.ts';

/** How a workspace names, orders, hides and weights a stage. */
export const stageSettingSchema = z.object({
  stage: opportunityStageSchema,
  /** Null where the workspace uses the built-in name. */
  label: z.string().nullable(),
  position: z.int(),
  isHidden: z.boolean(),
  /** 0 to 1: weights the amounts of the stage where the deal has no probability of its own. */
  probability: z.string(),
});
export type StageSetting = z.infer<typeof stageSettingSchema>;

export const boardColumnSchema = z.object({
  stage: opportunityStageSchema,
  count: z.int(),
  /**
   * Sum of the amounts, and of amount × probability (closed stages: of the stage's). Deals in another currency than the
   * workspace's are counted and not added.
   */
  total: decimalSchema,
  weightedTotal: decimalSchema,
  /** The first cards, by close date (closed stages: the last on top); further ones come from `opportunities.list` filtered by stage. */
  cards: z.array(opportunitySchema),
});
export type BoardColumn = z.infer<typeof boardColumnSchema>;

/**
 * The order of a column: open deals by close date, the next to close on top; closed ones with the last on top. Asking
 * for more cards of a stage continues in it.
 */
export function boardOrder(stage: OpportunityStage): Sort[] {
  return [{ field: 'closeDate', direction: closedStages.includes(stage) ? 'desc' : 'asc' }];
}

export const pipelineContract = {
  stages: oc.input(z.object({})).output(z.array(stageSettingSchema)),
  board: oc
    .input(listScopeSchema.extend({ cardsPerStage: z.int().min(1).max(200).default(20) }))
    .output(z.array(boardColumnSchema)),
  /** Moves a card; closing it sets its date, reopening clears it. */
  moveToStage: oc
    .input(z.object({ id: opportunityIdSchema, stage: opportunityStageSchema }))
    .output(z.object({ record: opportunitySchema, changeSetId: changeSetIdSchema })),
};
