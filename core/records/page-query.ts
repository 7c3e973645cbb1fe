import type { PlanKind } from '#db/engine/types.ts';
import { type SQL, sql } from '#db/sql.ts';
import { allOf, whole } from '../data/statement.ts';
import type { ListPart, Position } from './cursor.ts';
import type { RecordObject } from './record-object.ts';
import {
  afterPosition,
  filledCondition,
  joins,
  keyColumns,
  type ListOrder,
  orderBy,
  partCondition,
} from './sort.ts';

export interface PageRequest {
  readonly object: RecordObject;
  /** From `scopeCondition`. */
  readonly scope: SQL;
  /** From `scopePlan`. */
  readonly plan: PlanKind;
  readonly order: ListOrder;
  readonly part: ListPart;
  /** What is read of each row beside its place; only its id where this is not given. */
  readonly columns?: SQL;
  readonly after?: Position;
  readonly offset?: number;
  readonly limit: number;
}

/** The rows of a page in order, each with its sort keys as text (`key_0`, ...). */
export function pageQuery({
  object,
  scope,
  order,
  part,
  columns = sql`r.id`,
  after,
  offset,
  limit,
}: PageRequest): SQL {
  const conditions = [scope, partCondition(order, part)];
  if (after) conditions.push(afterPosition(order, part, after));
  return sql`
    SELECT ${columns}${keyColumns(order, part)}
    FROM ${sql.identifier(object.name)} r${joins(order, part)}
    WHERE ${allOf(conditions)}
    ORDER BY ${orderBy(order, part)}
    LIMIT ${whole(limit)}${offset ? sql` OFFSET ${offset}` : sql``}`;
}

/** How many rows the part has, counting no further than `most`. */
export function partSizeQuery(
  { object, scope, order, part }: Pick<PageRequest, 'object' | 'scope' | 'order' | 'part'>,
  most: number,
): SQL {
  return sql`
    SELECT count(*)::integer AS count
    FROM (
      SELECT 1
      FROM ${sql.identifier(object.name)} r
      WHERE ${allOf([scope, part === 'filled' ? filledCondition(order) : partCondition(order, part)])}
      LIMIT ${whole(most)}
    ) counted`;
}
