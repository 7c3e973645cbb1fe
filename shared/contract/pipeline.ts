import { oc } from '@orpc/contract';
import { z } from 'zod';
import { closedStages, type OpportunityStage, opportunityStageSchema, opportunityStages } from '../enums.ts';
import { changeSetIdSchema, opportunityIdSchema } from '../ids.ts';
import { opportunities } from '../objects/opportunities.ts';
import { currencySchema, decimalSchema, lineSchema, probabilitySchema } from '../values.ts';
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

/** What the deals of a stage in one currency come to. */
export const stageTotalSchema = z.object({
  currency: currencySchema,
  /** Sum of the amounts. */
  total: decimalSchema,
  /** Sum of amount × probability (closed stages: of the stage's). */
  weightedTotal: decimalSchema,
});
export type StageTotal = z.infer<typeof stageTotalSchema>;

export const boardColumnSchema = z.object({
  stage: opportunityStageSchema,
  count: z.int(),
  /** One for each currency that has an amount: amounts of two currencies cannot be added. The workspace's comes first. */
  totals: z.array(stageTotalSchema),
  /** The first cards, by close date (closed stages: the last on top); further ones come from `opportunities.list` filtered by stage. */
  cards: z.array(opportunities.row),
});
export type BoardColumn = z.infer<typeof boardColumnSchema>;

/**
 * The order of a column: open deals by close date, the next to close on top; closed ones with the last on top. Asking
 * for more cards of a stage continues in it.
 */
export function boardOrder(stage: OpportunityStage): Sort[] {
  return [{ field: 'closeDate', direction: closedStages.includes(stage) ? 'desc' : 'asc' }];
}

/** A stage as a person sets it up; its place in the array is its place in the pipeline. */
export const stageInputSchema = z.object({
  stage: opportunityStageSchema,
  /** Null for the built-in name. */
  label: lineSchema.min(1).max(60).nullable(),
  isHidden: z.boolean(),
  probability: probabilitySchema,
});
export type StageInput = z.infer<typeof stageInputSchema>;

export const pipelineContract = {
  stages: oc.input(z.object({})).output(z.array(stageSettingSchema)),
  /** Names, orders, hides and weights all stages at once. Needs the permission `workspace:update`. */
  saveStages: oc
    .input(z.object({ stages: z.array(stageInputSchema).length(opportunityStages.length) }))
    .output(z.array(stageSettingSchema)),
  board: oc
    .input(listScopeSchema.extend({ cardsPerStage: z.int().min(1).max(200).default(20) }))
    .output(z.array(boardColumnSchema)),
  /** Moves a card; closing it sets its date, reopening clears it. */
  moveToStage: oc
    .input(z.object({ id: opportunityIdSchema, stage: opportunityStageSchema }))
    .output(z.object({ record: opportunities.record, changeSetId: changeSetIdSchema })),
};
