import { type SQL, sql } from 'drizzle-orm';
import type { Identity, Tx } from '#db/engine/types.ts';
import type { ListScope } from '#shared/contract/list.ts';
import type { BoardColumn } from '#shared/contract/pipeline.ts';
import { closedStages, type OpportunityStage } from '#shared/enums.ts';
import { opportunityObject } from '../opportunities/opportunity-object.ts';
import { listPositions } from '../records/list.ts';
import { fieldResolver, recordsByIds } from '../records/read.ts';
import { scopeCondition } from '../records/scope.ts';
import { listOrder } from '../records/sort.ts';
import { allOf, queryRows } from '../records/statement.ts';
import { stageSettings } from './stages.ts';

/**
 * The board: a column for each stage that is not hidden, with the totals of all its deals and its first cards. Open
 * deals come by close date, the next to close on top; closed ones with the last on top.
 */
export async function pipelineBoard(
  tx: Tx,
  identity: Identity,
  scope: ListScope,
  cardsPerStage: number,
): Promise<BoardColumn[]> {
  const field = await fieldResolver(tx, opportunityObject, identity, scope, []);
  const condition = scopeCondition(identity, field, scope);
  const stages = (await stageSettings(tx, identity))
    .filter((stage) => !stage.isHidden)
    .map(({ stage }) => stage);
  const totals = await queryRows<StageTotal>(tx, stageTotalsQuery(condition));
  const columns: { stage: OpportunityStage; ids: string[] }[] = [];
  for (const stage of stages) {
    const order = listOrder(
      'board',
      [{ field: 'closeDate', direction: closedStages.includes(stage) ? 'desc' : 'asc' }],
      field,
    );
    const list = {
      object: opportunityObject,
      scope: allOf([condition, sql`r.stage = ${stage}::opportunity_stage`]),
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
  const amount = sql`CASE WHEN r.currency IS NULL OR r.currency = w.currency THEN r.amount END`;
  const probability = sql`
    CASE WHEN r.stage IN ('closed_won', 'closed_lost') THEN s.probability ELSE coalesce(r.probability, s.probability) END`;
  return sql`
    SELECT
      r.stage::text AS stage,
      count(*)::integer AS count,
      coalesce(sum(${amount}), 0)::numeric(19, 4) AS total,
      coalesce(sum((${amount}) * (${probability})), 0)::numeric(19, 4) AS "weightedTotal"
    FROM opportunities r
    JOIN workspaces w ON w.id = r.workspace_id
    LEFT JOIN stage_settings s ON s.workspace_id = r.workspace_id AND s.stage = r.stage
    WHERE ${scope}
    GROUP BY r.stage`;
}
