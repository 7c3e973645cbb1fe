import type { Identity, Tx } from '#db/engine/types.ts';
import { type SQL, sql } from '#db/sql.ts';
import type { ListScope } from '#shared/contract/list.ts';
import { type BoardColumn, boardOrder } from '#shared/contract/pipeline.ts';
import type { OpportunityStage } from '#shared/enums.ts';
import { opportunityObject } from '../opportunities/opportunity-object.ts';
import { enumValue } from '../records/enum-value.ts';
import { listPositions } from '../records/list.ts';
import { fieldResolver, recordsByIds } from '../records/read.ts';
import { scopeCondition, scopePlan } from '../records/scope.ts';
import { listOrder } from '../records/sort.ts';
import { allOf, queryRows } from '../records/statement.ts';
import { stageSettings } from './stages.ts';

/**
 * The board: a column for each stage that is not hidden, with the totals of all its deals and its first cards in
 * `boardOrder`.
 */
export async function pipelineBoard(
  tx: Tx,
  identity: Identity,
  scope: ListScope,
  cardsPerStage: number,
): Promise<BoardColumn[]> {
  const field = await fieldResolver(tx, opportunityObject, identity, scope, []);
  const condition = scopeCondition(identity, field, scope);
  const plan = scopePlan(field, scope);
  const stages = (await stageSettings(tx, identity))
    .filter((stage) => !stage.isHidden)
    .map(({ stage }) => stage);
  const totals = await queryRows<StageTotal>(tx, stageTotalsQuery(condition), plan);
  const columns: { stage: OpportunityStage; ids: string[] }[] = [];
  for (const stage of stages) {
    const order = listOrder('board', boardOrder(stage), field);
    const list = {
      object: opportunityObject,
      scope: allOf([condition, sql`r.stage = ${enumValue('opportunity_stage', stage)}`]),
      plan,
      order,
    };
    const isEmpty = !totals.some((total) => total.stage === stage);
    const positions = isEmpty ? [] : await listPositions(tx, list, {}, cardsPerStage);
    columns.push({ stage, ids: positions.map((position) => position.id) });
  }
  const cards = await recordsByIds(
    tx,
    opportunityObject,
    identity,
    columns.flatMap(({ ids }) => ids),
  );
  const byId = new Map<string, (typeof cards)[number]>(cards.map((card) => [card.id, card]));
  return columns.map(({ stage, ids }) => ({
    ...(totals.find((total) => total.stage === stage) ?? { stage, count: 0, total: '0', weightedTotal: '0' }),
    cards: ids.map((id) => byId.get(id)).filter((card) => card !== undefined),
  }));
}

type StageTotal = Pick<BoardColumn, 'stage' | 'count' | 'total' | 'weightedTotal'>;

/**
 * Per stage the number of deals, the sum of their amounts and the sum weighted by probability: the deal's own, else the
 * stage's; closed deals by their stage's, since their outcome is known. Amounts in another currency than the workspace's
 * cannot be added to these and are left out of both sums.
 */
export function stageTotalsQuery(scope: SQL): SQL {
  // Summed by probability first and weighted after: a product for each deal, or a join, would take as long as the sums.
  return sql`
    WITH sums AS (
      SELECT r.stage, r.currency, r.probability, count(*) AS count, sum(r.amount) AS total
      FROM opportunities r
      WHERE ${scope}
      GROUP BY r.stage, r.currency, r.probability
    )
    SELECT
      sums.stage::text AS stage,
      sum(sums.count)::integer AS count,
      coalesce(sum(sums.total) FILTER (WHERE own.currency), 0)::numeric(19, 4) AS total,
      coalesce(
        sum(
          sums.total * CASE
            WHEN sums.stage IN ('closed_won', 'closed_lost') THEN s.probability
            ELSE coalesce(sums.probability, s.probability)
          END
        ) FILTER (WHERE own.currency),
        0
      )::numeric(19, 4) AS "weightedTotal"
    FROM sums
    LEFT JOIN stage_settings s ON s.workspace_id = (SELECT satchel.workspace_id()) AND s.stage = sums.stage
    CROSS JOIN LATERAL (
      SELECT sums.currency IS NULL OR sums.currency = w.currency AS currency
      FROM workspaces w
      WHERE w.id = (SELECT satchel.workspace_id())
    ) own
    GROUP BY sums.stage`;
}
