import type { PlanKind } from '#db/engine/types.ts';
import { type SQL, sql } from '#db/sql.ts';
import type { Position } from './cursor.ts';
import type { RecordObject } from './record-object.ts';
import { afterPosition, keyColumns, type ListOrder, type ListPart, orderBy, partCondition } from './sort.ts';
import { allOf, whole } from './statement.ts';

export interface PageRequest {
  readonly object: RecordObject;
  /** From `scopeCondition`. */
  readonly scope: SQL;
  /** From `scopePlan`. */
  readonly plan: PlanKind;
  readonly order: ListOrder;
  readonly part: ListPart;
  readonly after?: Position;
  readonly offset?: number;
  readonly limit: number;
}

/**
 * The ids of a page in order, each with its sort keys as text (`key_0`, ...). Only ids, so that skipping rows of an
 * offset reads an index as far as possible; the rows themselves are then fetched by `recordsByIds`.
 */
export function pageQuery({ object, scope, order, part, after, offset, limit }: PageRequest): SQL {
  const conditions = [scope, partCondition(order, part)];
  if (after) conditions.push(afterPosition(order, part, after));
  return sql`
    SELECT r.id${keyColumns(order)}
    FROM ${sql.identifier(object.name)} r${order.joins}
    WHERE ${allOf(conditions)}
    ORDER BY ${orderBy(order, part)}
    LIMIT ${whole(limit)}${offset ? sql` OFFSET ${offset}` : sql``}`;
}

/** How many rows the part has, counting no further than `most`. */
export function partSizeQuery(
  request: Pick<PageRequest, 'object' | 'scope' | 'order' | 'part'>,
  most: number,
): SQL {
  return sql`
    SELECT count(*)::integer AS count
    FROM (
      SELECT 1
      FROM ${sql.identifier(request.object.name)} r${request.order.joins}
      WHERE ${allOf([request.scope, partCondition(request.order, request.part)])}
      LIMIT ${whole(most)}
    ) counted`;
}
