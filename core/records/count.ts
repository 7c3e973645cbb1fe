import { z } from 'zod';
import type { Identity, Tx } from '#db/engine/types.ts';
import { int4, plainJson, returning } from '#db/row.ts';
import { type SQL, sql } from '#db/sql.ts';
import type { ListScope } from '#shared/contract/list.ts';
import { queryRows, whole } from '../data/statement.ts';
import { fieldResolver } from './read.ts';
import type { RecordObject } from './record-object.ts';
import { scopeCondition, scopePlan } from './scope.ts';

/** Up to here a count is exact. */
const exactLimit = 100_000;

/**
 * The planner's cost above which counting would be felt (about 16 ms on a laptop: some 100,000 entries of an index).
 */
const dearestCount = 12_000;

export interface Count {
  readonly count: number;
  readonly isEstimate: boolean;
}

/**
 * How many records a list shows: exactly while that is quick, else by the planner's estimate, since one long count
 * would hold up everything else (there is one connection).
 */
export async function countRecords(
  tx: Tx,
  object: RecordObject,
  identity: Identity,
  scope: ListScope,
): Promise<Count> {
  const field = await fieldResolver(tx, object, identity, scope, []);
  const condition = scopeCondition(identity, field, scope);
  const plan = await estimate(tx, object, condition);
  if (plan.cost > dearestCount) return { count: plan.rows, isEstimate: true };
  const [row] = await queryRows(
    tx,
    returning({ count: int4 }),
    countQuery(object, condition),
    scopePlan(field, scope),
  );
  const count = row?.count ?? 0;
  return count > exactLimit
    ? { count: Math.max(plan.rows, count), isEstimate: true }
    : { count, isEstimate: false };
}

export function countQuery(object: RecordObject, scope: SQL): SQL {
  return sql`
    SELECT count(*)::integer AS count
    FROM (SELECT 1 FROM ${sql.identifier(object.name)} r WHERE ${scope} LIMIT ${whole(exactLimit + 1)}) counted`;
}

const planSchema = z.tuple([
  z.object({ Plan: z.object({ 'Plan Rows': z.number(), 'Total Cost': z.number() }) }),
]);

async function estimate(tx: Tx, object: RecordObject, scope: SQL): Promise<{ rows: number; cost: number }> {
  const [row] = await queryRows(
    tx,
    returning({ 'QUERY PLAN': plainJson }),
    sql`EXPLAIN (FORMAT JSON) SELECT 1 FROM ${sql.identifier(object.name)} r WHERE ${scope}`,
  );
  const answer = row?.['QUERY PLAN'];
  const [{ Plan: plan }] = planSchema.parse(typeof answer === 'string' ? JSON.parse(answer) : answer);
  return { rows: Math.round(plan['Plan Rows']), cost: plan['Total Cost'] };
}
