import type { Identity, Tx } from '#db/engine/types.ts';
import { arrayOf, int4, nullable, numeric, returning, returningFields, text, uuid } from '#db/row.ts';
import { type SQL, sql } from '#db/sql.ts';
import type { ListScope } from '#shared/contract/list.ts';
import { type BoardColumn, boardOrder } from '#shared/contract/pipeline.ts';
import type { OpportunityStage } from '#shared/enums.ts';
import { enumValue } from '../data/enum-value.ts';
import { allOf, queryOne, queryRows } from '../data/statement.ts';
import { opportunities } from '../objects/opportunities/opportunities.ts';
import type { ListPart } from '../records/cursor.ts';
import { type PageRequest, pageQuery } from '../records/page-query.ts';
import { fieldResolver, recordsByIds } from '../records/read.ts';
import { scopeCondition, scopePlan } from '../records/scope.ts';
import { listOrder } from '../records/sort.ts';
import { stageSettings } from './stages.ts';

/**
 * The board: a column for each stage, hidden ones too since they may hold deals, with the totals of all its deals and
 * its first cards in `boardOrder`.
 */
export async function pipelineBoard(
  tx: Tx,
  identity: Identity,
  scope: ListScope,
  cardsPerStage: number,
): Promise<BoardColumn[]> {
  const field = await fieldResolver(tx, opportunities, identity, scope, []);
  const condition = scopeCondition(identity, field, scope);
  const plan = scopePlan(field, scope);
  const stages = (await stageSettings(tx)).map(({ stage }) => stage);
  const sums = await queryRows(tx, stageSum, stageTotalsQuery(condition), plan);
  const filled = stages.filter((stage) => sums.some((sum) => sum.stage === stage));
  const lists = filled.map(
    (stage): StageList => ({
      stage,
      object: opportunities,
      scope: allOf([condition, sql`r.stage = ${enumValue('opportunity_stage', stage)}`]),
      plan,
      order: listOrder({ name: 'board', title: opportunities.title }, boardOrder(stage), field),
    }),
  );
  const first = await firstCards(tx, lists, cardsPerStage);
  const columns = stages.map((stage) => ({ stage, ids: first.get(stage) ?? [] }));
  const cards = await recordsByIds(
    tx,
    opportunities,
    identity,
    columns.flatMap(({ ids }) => ids),
  );
  const byId = new Map<string, (typeof cards)[number]>(cards.map((card) => [card.id, card]));
  return columns.map(({ stage, ids }) => {
    const ofStage = sums.filter((sum) => sum.stage === stage);
    return {
      stage,
      count: ofStage.reduce((count, sum) => count + sum.count, 0),
      totals: ofStage.flatMap(({ currency, total, weightedTotal }) =>
        total === null ? [] : [{ currency, total, weightedTotal }],
      ),
      cards: ids.map((id) => byId.get(id)).filter((card) => card !== undefined),
    };
  });
}

type StageList = Pick<PageRequest, 'object' | 'scope' | 'plan' | 'order'> & {
  readonly stage: OpportunityStage;
};

/** The first ids of each stage in its order; those without a close date are asked for where the others do not fill it. */
async function firstCards(
  tx: Tx,
  lists: readonly StageList[],
  cardsPerStage: number,
): Promise<Map<OpportunityStage, string[]>> {
  const first = await partOfEach(tx, lists, 'filled', cardsPerStage);
  const short = lists.filter(({ stage }) => (first.get(stage)?.length ?? 0) < cardsPerStage);
  const rest = await partOfEach(tx, short, 'empty', cardsPerStage);
  return new Map(
    lists.map(({ stage }) => [
      stage,
      [...(first.get(stage) ?? []), ...(rest.get(stage) ?? [])].slice(0, cardsPerStage),
    ]),
  );
}

/** One statement for all stages, each a scalar of it, read in its own index range. */
async function partOfEach(
  tx: Tx,
  lists: readonly StageList[],
  part: ListPart,
  limit: number,
): Promise<Map<OpportunityStage, string[]>> {
  const [anyList] = lists;
  if (!anyList) return new Map();
  const pages = lists.map(
    ({ stage, ...list }) =>
      sql`ARRAY(SELECT page.id FROM (${pageQuery({ ...list, part, limit })}) page) AS ${sql.identifier(stage)}`,
  );
  const row = await queryOne(
    tx,
    returningFields<Partial<Record<OpportunityStage, string[]>>>(
      Object.fromEntries(lists.map(({ stage }) => [stage, arrayOf(uuid)])),
    ),
    sql`SELECT ${sql.join(pages, sql`, `)}`,
    anyList.plan,
  );
  return new Map(lists.map(({ stage }) => [stage, row?.[stage] ?? []]));
}

const stageSum = returning({
  stage: 'pipeline_stages.kind',
  currency: text,
  count: int4,
  // Null where no deal of the currency has an amount.
  total: nullable(numeric),
  weightedTotal: numeric,
});

/**
 * Per stage and currency (the workspace's first) the number of deals, the sum of their amounts and the sum weighted by
 * probability: the deal's own, else the stage's; closed deals by their stage's, since their outcome is known. A deal
 * without a currency is in the workspace's.
 */
export function stageTotalsQuery(scope: SQL): SQL {
  // Summed by probability first and weighted after: a product for each deal, or a join, would take as long as the sums.
  return sql`
    WITH sums AS (
      SELECT r.pipeline_stage_id, r.currency, r.probability, count(*) AS count, sum(r.amount) AS total
      FROM opportunities r
      WHERE ${scope}
      GROUP BY r.pipeline_stage_id, r.currency, r.probability
    )
    SELECT
      s.kind AS stage,
      coalesce(sums.currency, w.currency) AS currency,
      sum(sums.count)::integer AS count,
      sum(sums.total)::numeric(19, 4) AS total,
      coalesce(
        sum(
          sums.total * CASE
            WHEN s.kind IN ('closed_won', 'closed_lost') THEN s.probability
            ELSE coalesce(sums.probability, s.probability)
          END
        ),
        0
      )::numeric(19, 4) AS "weightedTotal"
    FROM sums
    CROSS JOIN workspaces w
    JOIN pipeline_stages s ON s.workspace_id = w.id AND s.id = sums.pipeline_stage_id
    WHERE w.id = (SELECT satchel.workspace_id())
    GROUP BY s.kind, coalesce(sums.currency, w.currency), w.currency
    ORDER BY coalesce(sums.currency, w.currency) <> w.currency, 2`;
}
