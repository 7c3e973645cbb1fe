import type { PgTable } from 'drizzle-orm/pg-core';
import type * as schema from './schema/schema.ts';

/**
 * What a statement returns is declared beside it: each column of the result as a column of a table (`users.full_name`),
 * whose type and nullability the schema knows, or as a kind of value. The declaration is what TypeScript infers the rows'
 * type from, and what tests compare with PostgreSQL's description of the statement. Of Drizzle only
 * types are named here: its many modules would slow every start.
 */
export interface RowShape<Value extends object> {
  /** Of each a kind, or the column of a table by its name. */
  readonly columns: Readonly<Record<string, Kind | string>>;
  /** Only carries the type of the rows. */
  readonly value?: Value;
}

export interface Kind<Value = unknown> {
  /** A column of a table, or PostgreSQL's name of a type. */
  readonly type: string;
  readonly isNullable: boolean;
  /** The statement chose rows that have the column, which may be empty in others. */
  readonly isChosen?: boolean;
  /** Only carries the type of the value. */
  readonly value?: Value;
}

type Tables = {
  [Name in keyof typeof schema as (typeof schema)[Name] extends PgTable
    ? (typeof schema)[Name]['_']['name']
    : never]: (typeof schema)[Name] extends PgTable ? (typeof schema)[Name]['_']['columns'] : never;
};
type ColumnsOf<Table extends keyof Tables> = {
  [Key in keyof Tables[Table] as NameOf<Tables[Table][Key]>]: DataOf<Tables[Table][Key]>;
};
type NameOf<Column> = Column extends { _: { name: infer Name extends string } } ? Name : never;
type DataOf<Column> = Column extends { _: { data: infer Data; notNull: infer NotNull } }
  ? NotNull extends true
    ? Data
    : Data | null
  : never;

/** Each column of each table of the schema, as `table.column`. */
export type ColumnName = {
  [Table in keyof Tables]: `${Table}.${keyof ColumnsOf<Table> & string}`;
}[keyof Tables];

type Declared = Kind | ColumnName;
export type ValueOf<Of extends Declared> =
  Of extends Kind<infer Value>
    ? Value
    : Of extends `${infer Table extends keyof Tables}.${infer Column}`
      ? ColumnsOf<Table>[Column & keyof ColumnsOf<Table>]
      : never;

type ValuesOf<Columns extends Readonly<Record<string, Declared>>> = {
  -readonly [Name in keyof Columns]: ValueOf<Columns[Name]>;
};

export function returning<const Columns extends Readonly<Record<string, Declared>>>(
  columns: Columns,
): RowShape<ValuesOf<Columns>> {
  return { columns };
}

/** A row whose columns are put together from definitions of ours, which know the type of the whole. */
export function returningFields<Value extends object>(columns: RowShape<Value>['columns']): RowShape<Value> {
  return { columns };
}

export type RowValue<Of> = Of extends RowShape<infer Value> ? Value : never;

function kind<Value>(type: string): Kind<Value> {
  return { type, isNullable: false };
}

export const bool = kind<boolean>('boolean');
export const int4 = kind<number>('integer');
export const int8 = kind<bigint>('bigint');
/** The answer of EXPLAIN. */
export const plainJson = kind<unknown>('json');
export const numeric = kind<string>('numeric');
export const text = kind<string>('text');
export const timestamptz = kind<string>('timestamp with time zone');
export const uuid = kind<string>('uuid');

/** A JSON document; what stands in it is for the caller to know or to check. */
export function jsonb<Value = unknown>(): Kind<Value> {
  return kind<Value>('jsonb');
}

export function arrayOf<Value>(element: Kind<Value>): Kind<Value[]> {
  return kind<Value[]>(`${element.type}[]`);
}

/** Where the statement may leave the value out, as an outer join does. */
export function nullable<const Of extends Declared>(of: Of): Kind<ValueOf<Of> | null> {
  return { type: typeof of === 'string' ? of : of.type, isNullable: true };
}

/** A column that may be empty, of rows that the statement chose for having it; or one that no rule, but its making fills. */
export function filled<const Of extends Declared>(of: Of): Kind<NonNullable<ValueOf<Of>>> {
  return { type: typeof of === 'string' ? of : of.type, isNullable: false, isChosen: true };
}

/** What is known of the values beyond their type: the brand of an id, the words that a text may be. */
export function typed<Value>(of: Declared): Kind<Value> {
  return { type: typeof of === 'string' ? of : of.type, isNullable: false };
}
