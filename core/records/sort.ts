import { type SQL, sql } from '#db/sql.ts';
import type { Sort } from '#shared/contract/list.ts';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import { decodeCursor, encodeCursor, type Position, parseJson } from './cursor.ts';
import type { ListField } from './list-field.ts';
import { referenceKey } from './reference.ts';
import { allOf, anyOf, columnOf } from './statement.ts';

/** One level of a list's order. */
interface SortKey {
  readonly expression: SQL;
  /** Whether the row has it; said as a partial index over the filled rows says it. */
  readonly isFilled: SQL;
  readonly sqlType: string;
  readonly direction: 'asc' | 'desc';
}

/**
 * A list's order: up to three fields, empty ones last in either direction, ties by id. Since PostgreSQL's indexes hold
 * nulls at one end only, a list is read in two parts, the rows that have the first field and then those that lack it;
 * each part's order is one that an index can be read in, forwards or backwards.
 */
export interface ListOrder {
  readonly name: string;
  readonly keys: readonly SortKey[];
  /** Joins that the keys need. */
  readonly joins: SQL;
  readonly direction: 'asc' | 'desc';
  /** An index of all live rows is in this order. */
  readonly isIndexed: boolean;
}

export type ListPart = 'filled' | 'empty';

export function listOrder(
  objectName: string,
  sorts: readonly Sort[],
  field: (name: string) => ListField,
): ListOrder {
  const fields = sorts.map((sort) => field(sort.field));
  if (new Set(sorts.map((sort) => sort.field)).size < sorts.length) {
    throw new SatchelError('invalid', say`Sort by each field only once.`, { details: { field: 'sort' } });
  }
  return {
    name: [objectName, ...sorts.map((sort) => `${sort.field} ${sort.direction}`)].join(','),
    keys: fields.map((resolved, index) => ({
      ...sortExpression(resolved, `ref${index}`),
      sqlType: sortType(resolved),
      direction: sorts[index]?.direction ?? 'asc',
    })),
    joins: sql.join(
      fields.map((resolved, index) => referenceJoin(resolved, `ref${index}`)),
      sql``,
    ),
    direction: sorts[0]?.direction ?? 'asc',
    isIndexed: fields[0]?.isIndexed ?? false,
  };
}

/** References are sorted by the name of what they point at, texts without regard to case (names: to accents either). */
function sortExpression(field: ListField, alias: string): Pick<SortKey, 'expression' | 'isFilled'> {
  if (field.kind === 'reference' && field.target) {
    const name = referenceKey(field.target, alias);
    return { expression: name, isFilled: sql`${name} IS NOT NULL` };
  }
  return { expression: field.folded ?? plainOrder(field), isFilled: field.isFilled };
}

function plainOrder(field: ListField): SQL {
  if (field.sqlType !== 'text') return field.value;
  // Only the beginning of a long text orders it: a cursor has to carry it.
  return field.isLong ? sql`lower(left(${field.value}, 200))` : sql`lower(${field.value})`;
}

function sortType(field: ListField): string {
  return field.kind === 'reference' && field.target ? 'text' : field.sqlType;
}

function referenceJoin(field: ListField, alias: string): SQL {
  if (field.kind !== 'reference' || !field.target) return sql``;
  return sql` LEFT JOIN ${sql.identifier(field.target)} ${sql.identifier(alias)}
    ON ${columnOf(alias, 'workspace_id')} = r.workspace_id AND ${columnOf(alias, 'id')} = ${field.value}`;
}

/** What `keyColumns` names, as many as there are sorts. */
export interface KeyColumns {
  readonly key_0?: string | null;
  readonly key_1?: string | null;
  readonly key_2?: string | null;
}

/** The columns by which a page's rows say where they stand, as text: `key_0`, `key_1`, ... */
export function keyColumns(order: ListOrder): SQL {
  return sql.join(
    order.keys.map((key, index) => sql`, ${key.expression}::text AS ${sql.identifier(`key_${index}`)}`),
    sql``,
  );
}

export function orderBy(order: ListOrder, part: ListPart): SQL {
  const levels = order.keys.map((key, index) => {
    if (index > 0) return sql`${key.expression} ${direction(key.direction)} NULLS LAST`;
    // Without NULLS LAST, which the "filled" part does not need: an index read backwards has nulls first.
    return part === 'filled' ? sql`${key.expression} ${direction(key.direction)}` : undefined;
  });
  const byId = sql`r.id ${direction(order.direction)}`;
  return sql.join([...levels.filter((level) => level !== undefined), byId], sql`, `);
}

export function partCondition(order: ListOrder, part: ListPart): SQL {
  const [first] = order.keys;
  if (!first) return part === 'filled' ? sql`true` : sql`false`;
  return part === 'filled' ? first.isFilled : isEmpty(first);
}

/** Which part a position lies in: the one whose rows come next. */
export function partOf(order: ListOrder, position: Position): ListPart {
  return order.keys.length > 0 && position.keys[0] === null ? 'empty' : 'filled';
}

/** The rows of the part that come after the position. */
export function afterPosition(order: ListOrder, part: ListPart, position: Position): SQL {
  const levels = order.keys.map((key, index) => ({ key, value: position.keys[index] ?? null }));
  const compared = part === 'empty' ? levels.slice(1) : levels;
  const [first, ...rest] = compared;
  const byId = sql`r.id ${sign(order.direction)} ${position.id}::uuid`;
  if (!first) return byId;
  if (rest.length === 0 && part === 'filled') {
    // A row comparison is one range of an index on (workspace_id, field, id).
    return sql`(${first.key.expression}, r.id) ${sign(first.key.direction)} (${keyValue(first)}, ${position.id}::uuid)`;
  }
  const alternatives = compared.map((level, index) =>
    allOf([...compared.slice(0, index).map(equals), comesAfter(level)]),
  );
  const tie = allOf([...compared.map(equals), byId]);
  const matches = anyOf([...alternatives, tie]);
  return part === 'filled'
    ? allOf([sql`${first.key.expression} ${sign(first.key.direction)}= ${keyValue(first)}`, matches])
    : matches;
}

interface Level {
  readonly key: SortKey;
  readonly value: string | null;
}

function isEmpty(key: SortKey): SQL {
  return sql`(${key.isFilled}) IS NOT TRUE`;
}

function keyValue({ key, value }: Level): SQL {
  return sql`${value}::${sql.raw(key.sqlType)}`;
}

function equals(level: Level): SQL {
  return level.value === null ? isEmpty(level.key) : sql`${level.key.expression} = ${keyValue(level)}`;
}

function comesAfter(level: Level): SQL {
  if (level.value === null) return sql`false`;
  return sql`(${level.key.expression} ${sign(level.key.direction)} ${keyValue(level)} OR ${isEmpty(level.key)})`;
}

function direction(given: 'asc' | 'desc'): SQL {
  return given === 'asc' ? sql`ASC` : sql`DESC`;
}

function sign(given: 'asc' | 'desc'): SQL {
  return given === 'asc' ? sql`>` : sql`<`;
}

export function cursorAfter(order: ListOrder, position: Position): string {
  return encodeCursor(order.name, position);
}

/** What a key's text must look like for PostgreSQL to read it; anything goes for text. */
const keyForms: Readonly<Record<string, RegExp>> = {
  integer: /^-?\d{1,10}$/,
  numeric: /^-?\d{1,200}(\.\d{1,200})?$/,
  date: /^\d{4,6}-\d\d-\d\d$/,
  timestamptz: /^\d{4,6}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d(:\d\d)?)$/,
  boolean: /^(true|false)$/,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  contact_lifecycle_stage: /^[a-z_]{1,40}$/,
  opportunity_stage: /^[a-z_]{1,40}$/,
};

function isReadable(sqlType: string, value: string): boolean {
  if (value.includes('\u0000')) return false;
  if (sqlType === 'jsonb') return !value.includes(String.raw`\u0000`) && parseJson(value) !== undefined;
  return keyForms[sqlType]?.test(value) ?? true;
}

export function positionOf(order: ListOrder, cursor: string): Position {
  const position = decodeCursor(order.name, order.keys.length, cursor);
  order.keys.forEach((key, index) => {
    const value = position.keys[index];
    if (typeof value === 'string' && !isReadable(key.sqlType, value)) {
      throw new SatchelError(
        'invalid',
        say`This place in the list is not known any more. Load the list again.`,
        {
          details: { field: 'cursor' },
        },
      );
    }
  });
  return position;
}
