import { type SQL, sql } from '#db/sql.ts';
import { isFew } from '../data/reference.ts';
import { allOf, whole } from '../data/statement.ts';
import type { Position } from './cursor.ts';
import type { PageRequest } from './page-query.ts';
import {
  afterLevels,
  byId,
  inDirection,
  keyValue,
  type LeadingReference,
  type ListOrder,
  levelsOf,
  orderByKey,
  sign,
} from './sort.ts';

/**
 * Pages of a list that is sorted by the name of what its records refer to, read by walking what they refer to in the order
 * of its names and taking the records of each from the reference's index: no more of an owner's 100,000 records are
 * read than the page has. It is the better way where many records refer to each target, or many rows are skipped anyway,
 * and where all records show: with a filter, few of those walked might.
 */
export function walksReferences(order: ListOrder, { isWhole, offset }: { isWhole: boolean; offset: number }) {
  return isWhole && order.leading !== undefined && (isFew(order.leading.target) || offset > 0);
}

/** Which names a page's targets have: all, or those from a position on. */
type Names = 'all' | { readonly is: Position } | { readonly after: Position };

export type WalkRequest = Omit<PageRequest, 'part' | 'columns' | 'after' | 'plan'> & {
  readonly leading: LeadingReference;
  readonly names: Names;
};

/** As `pageQuery`, of the "filled" part, ids only. With `names.is`, only what comes after the position. */
export function walkQuery({ object, scope, order, leading, names, offset, limit }: WalkRequest): SQL {
  const levels = order.keys
    .slice(1)
    .map((key, index) => ({ key, name: sql.identifier(`level_${index + 1}`) }));
  const condition = allOf([
    scope,
    sql`${leading.column} = t.id`,
    ...(names !== 'all' && 'is' in names
      ? [afterLevels(order, levelsOf(order, names.is).slice(1), names.is)]
      : []),
  ]);
  const most = offset ? sql`${whole(limit)} + ${offset}` : whole(limit);
  return sql`
    SELECT p.id, t.name_key::text AS key_0${sql.join(
      levels.map(({ name }, index) => sql`, p.${name}::text AS ${sql.identifier(`key_${index + 1}`)}`),
      sql``,
    )}
    FROM (
      SELECT t.id, t.name_key
      FROM ${sql.identifier(leading.target)} t
      WHERE t.workspace_id = (SELECT satchel.workspace_id()) AND ${nameCondition(order, names)}
      ORDER BY t.name_key ${inDirection(order.direction)}
    ) t
    CROSS JOIN LATERAL (
      SELECT r.id${sql.join(
        levels.map(({ key, name }) => sql`, ${key.expression} AS ${name}`),
        sql``,
      )}
      FROM ${sql.identifier(object.name)} r${sql.join(
        levels.map(({ key }) => key.join),
        sql``,
      )}
      WHERE ${condition}
      ORDER BY ${sql.join([...levels.map(({ key }) => orderByKey(key)), byId(order, sql`r.id`)], sql`, `)}
      LIMIT ${most}
    ) p
    ORDER BY ${sql.join(
      [
        sql`t.name_key ${inDirection(order.direction)}`,
        ...levels.map(({ key, name }) => orderByKey(key, sql`p.${name}`)),
        byId(order, sql`p.id`),
      ],
      sql`, `,
    )}
    LIMIT ${whole(limit)}${offset ? sql` OFFSET ${offset}` : sql``}`;
}

function nameCondition(order: ListOrder, names: Names): SQL {
  if (names === 'all') return sql`t.name_key IS NOT NULL`;
  const [first] = levelsOf(order, 'is' in names ? names.is : names.after);
  if (!first) return sql`true`;
  const compared = 'is' in names ? sql`=` : sign(order.direction);
  return sql`t.name_key ${compared} ${keyValue(first)}`;
}
