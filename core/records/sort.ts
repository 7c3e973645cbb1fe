import { nullable, type RowShape, text } from '#db/row.ts';
import { type SQL, sql } from '#db/sql.ts';
import type { Sort } from '#shared/contract/list.ts';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import type { ReferenceTarget } from '#shared/objects/objects.ts';
import { isEnumType } from '../data/columns.ts';
import { mayHideNames, referenceKey, showsName } from '../data/reference.ts';
import { allOf, anyOf, columnOf } from '../data/statement.ts';
import { decodeCursor, encodeCursor, type ListPart, type Position, parseJson } from './cursor.ts';
import type { ListField } from './list-field.ts';

/** One level of a list's order. */
export interface SortKey {
  readonly expression: SQL;
  /** Whether the row has it; said as a partial index over the filled rows says it. */
  readonly isFilled: SQL;
  /** Every row has it. */
  readonly isEverywhere: boolean;
  readonly sqlType: string;
  readonly direction: Direction;
  /** The join that the expression needs. */
  readonly join: SQL;
}

type Direction = Sort['direction'];

/** What a list that is sorted by the names of what its records refer to is led by. */
export interface LeadingReference {
  readonly target: ReferenceTarget;
  /** The column of the row `r` that holds the reference. */
  readonly column: SQL;
}

/**
 * A list's order: up to three fields, empty ones last in either direction, ties by id. Since PostgreSQL's indexes hold
 * nulls at one end only, a list is read in parts, the rows that have the first field and then those that lack it;
 * each part's order is one that an index can be read in, forwards or backwards.
 */
export interface ListOrder {
  readonly name: string;
  readonly keys: readonly SortKey[];
  /** Where the first field is a reference. */
  readonly leading?: LeadingReference;
  readonly direction: Direction;
  /** An index of all live rows is in this order. */
  readonly isIndexed: boolean;
}

export function listOrder(
  list: { readonly name: string; readonly title: string },
  sorts: readonly Sort[],
  field: (name: string) => ListField,
): ListOrder {
  if (new Set(sorts.map((sort) => sort.field)).size < sorts.length) {
    throw new SatchelError('invalid', say`Sort by each field only once.`, { details: { field: 'sort' } });
  }
  const levels = inFull(list.title, sorts, field).map((sort) => ({ ...sort, field: field(sort.field) }));
  const [first] = levels;
  return {
    name: [list.name, ...sorts.map((sort) => `${sort.field} ${sort.direction}`)].join(','),
    keys: levels.map((level, index) => sortKey(level.field, level.direction, `ref${index}`)),
    ...(first?.field.target ? { leading: { target: first.field.target, column: first.field.value } } : {}),
    direction: first?.direction ?? 'asc',
    isIndexed: first !== undefined && first.field.isIndexed && first.field.target === undefined,
  };
}

/**
 * Records that refer to the same are ordered by their own names, as a person expects them below an account or an owner;
 * the indexes of references hold them so.
 */
function inFull(title: string, sorts: readonly Sort[], field: (name: string) => ListField): readonly Sort[] {
  const [only] = sorts;
  if (sorts.length !== 1 || !only || !field(only.field).target) return sorts;
  return [only, { field: title, direction: only.direction }];
}

/** References are sorted by the name of what they point at, texts without regard to case (names: to accents either). */
function sortKey(field: ListField, direction: Direction, alias: string): SortKey {
  if (field.target) {
    const name = referenceKey(alias);
    return {
      expression: name,
      isFilled: sql`${name} IS NOT NULL`,
      isEverywhere: false,
      sqlType: 'text',
      direction,
      join: sql` LEFT JOIN ${sql.identifier(field.target)} ${sql.identifier(alias)}
        ON ${columnOf(alias, 'workspace_id')} = r.workspace_id AND ${columnOf(alias, 'id')} = ${field.value}`,
    };
  }
  return {
    expression: field.folded ?? plainOrder(field),
    isFilled: field.isFilled,
    isEverywhere: field.isTitle,
    sqlType: field.sqlType,
    direction,
    join: sql``,
  };
}

function plainOrder(field: ListField): SQL {
  if (field.sqlType !== 'text') return field.value;
  // Only the beginning of a long text orders it: a cursor has to carry it.
  return field.isLong ? sql`lower(left(${field.value}, 200))` : sql`lower(${field.value})`;
}

/** The parts of a list in which the first field is missing, in their order. */
export function partsWithout(order: ListOrder): readonly ListPart[] {
  return order.leading ? ['empty', 'hidden'] : ['empty'];
}

/** The joins that a part's keys need. */
export function joins(order: ListOrder, part: ListPart): SQL {
  const joined = order.leading && part !== 'filled' ? order.keys.slice(1) : order.keys;
  return sql.join(
    joined.map((key) => key.join),
    sql``,
  );
}

/** What `keyColumns` names, as many as there are keys. */
export interface KeyColumns {
  readonly key_0?: string | null;
  readonly key_1?: string | null;
  readonly key_2?: string | null;
}

/** The columns by which a page's rows say where they stand, as text: `key_0`, `key_1`, ... */
export function keyColumns(order: ListOrder, part: ListPart): SQL {
  return sql.join(
    order.keys.map((key, index) => {
      const expression = index === 0 && part !== 'filled' ? sql`NULL` : key.expression;
      return sql`, ${expression}::text AS ${sql.identifier(`key_${index}`)}`;
    }),
    sql``,
  );
}

/** What `keyColumns` gives. */
export function keyKinds(order: ListOrder): RowShape<KeyColumns>['columns'] {
  return Object.fromEntries(order.keys.map((_key, index) => [`key_${index}`, nullable(text)]));
}

export function orderBy(order: ListOrder, part: ListPart): SQL {
  const [first, ...rest] = order.keys;
  const levels = rest.map((key) => orderByKey(key));
  // Without NULLS LAST, which the "filled" part does not need: an index read backwards has nulls first.
  if (first && part === 'filled') levels.unshift(sql`${first.expression} ${inDirection(first.direction)}`);
  // All alike, but an index is only read in its order where that is said of its first column too.
  if (order.leading && part === 'empty') {
    levels.unshift(sql`${order.leading.column} ${inDirection(order.direction)}`);
  }
  return sql.join([...levels, byId(order, sql`r.id`)], sql`, `);
}

/** A level below the first. */
export function orderByKey(key: SortKey, expression: SQL = key.expression): SQL {
  return key.isEverywhere
    ? sql`${expression} ${inDirection(key.direction)}`
    : sql`${expression} ${inDirection(key.direction)} NULLS LAST`;
}

export function byId(order: ListOrder, id: SQL): SQL {
  return sql`${id} ${inDirection(order.direction)}`;
}

export function partCondition(order: ListOrder, part: ListPart): SQL {
  const [first] = order.keys;
  const { leading } = order;
  switch (part) {
    case 'filled':
      return first ? first.isFilled : sql`true`;
    case 'empty':
      if (leading) return sql`${leading.column} IS NULL`;
      return first ? isEmpty(first) : sql`false`;
    case 'hidden':
      if (!leading) return sql`false`;
      return sql`(${leading.column} IS NOT NULL AND ${mayHideNames(leading.target)}
        AND NOT ${showsName(leading.target, 'r', leading.column)})`;
    default:
      return part satisfies never;
  }
}

/** The same rows as those of the "filled" part, asked without a join: for counting them. */
export function filledCondition(order: ListOrder): SQL {
  const { leading } = order;
  if (!leading) return partCondition(order, 'filled');
  return sql`(${leading.column} IS NOT NULL
    AND (NOT ${mayHideNames(leading.target)} OR ${showsName(leading.target, 'r', leading.column)}))`;
}

/** The rows of the part that come after the position. */
export function afterPosition(order: ListOrder, part: ListPart, position: Position): SQL {
  const levels = levelsOf(order, position);
  const [first, ...rest] = levels;
  if (part !== 'filled' || !first) return afterLevels(order, rest, position);
  if (rest.length === 0) return comesAfterInIndex(first, position);
  // All of these rows have the first field: those that lack it are another part.
  const compared = levels.map((level) =>
    level === first ? { ...level, key: { ...first.key, isEverywhere: true } } : level,
  );
  return allOf([
    sql`${first.key.expression} ${sign(first.key.direction)}= ${keyValue(first)}`,
    afterLevels(order, compared, position),
  ]);
}

/** Among rows that are alike in the levels before these. */
export function afterLevels(order: ListOrder, levels: readonly Level[], position: Position): SQL {
  const [only] = levels;
  if (only?.key.isEverywhere && levels.length === 1 && only.key.direction === order.direction) {
    return comesAfterInIndex(only, position);
  }
  const alternatives = levels.map((level, index) =>
    allOf([...levels.slice(0, index).map(equals), comesAfter(level)]),
  );
  const tie = allOf([...levels.map(equals), sql`r.id ${sign(order.direction)} ${position.id}::uuid`]);
  return anyOf([...alternatives, tie]);
}

export interface Level {
  readonly key: SortKey;
  readonly value: string | null;
}

export function levelsOf(order: ListOrder, position: Position): Level[] {
  return order.keys.map((key, index) => ({ key, value: position.keys[index] ?? null }));
}

/** A row comparison is one range of an index on (workspace_id, field, id). */
function comesAfterInIndex(level: Level, position: Position): SQL {
  return sql`(${level.key.expression}, r.id) ${sign(level.key.direction)} (${keyValue(level)}, ${position.id}::uuid)`;
}

function isEmpty(key: SortKey): SQL {
  return sql`(${key.isFilled}) IS NOT TRUE`;
}

export function keyValue({ key, value }: Level): SQL {
  return sql`${value}::${sql.raw(key.sqlType)}`;
}

function equals(level: Level): SQL {
  return level.value === null ? isEmpty(level.key) : sql`${level.key.expression} = ${keyValue(level)}`;
}

function comesAfter(level: Level): SQL {
  if (level.value === null) return sql`false`;
  const after = sql`${level.key.expression} ${sign(level.key.direction)} ${keyValue(level)}`;
  return level.key.isEverywhere ? after : sql`(${after} OR ${isEmpty(level.key)})`;
}

export function inDirection(given: Direction): SQL {
  return given === 'asc' ? sql`ASC` : sql`DESC`;
}

export function sign(given: Direction): SQL {
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
};

function isReadable(sqlType: string, value: string): boolean {
  if (value.includes('\u0000')) return false;
  if (sqlType === 'jsonb') return !value.includes(String.raw`\u0000`) && parseJson(value) !== undefined;
  if (isEnumType(sqlType)) return /^[a-z_]{1,40}$/u.test(value);
  return keyForms[sqlType]?.test(value) ?? true;
}

export function positionOf(order: ListOrder, cursor: string): Position {
  const position = decodeCursor(order.name, order.keys.length, cursor);
  const isPart = position.part === 'filled' || partsWithout(order).includes(position.part);
  const areReadable = order.keys.every((key, index) => {
    const value = position.keys[index];
    return typeof value !== 'string' || isReadable(key.sqlType, value);
  });
  if (isPart && areReadable) return position;
  throw new SatchelError('invalid', say`This place in the list is not known any more. Load the list again.`, {
    details: { field: 'cursor' },
  });
}
