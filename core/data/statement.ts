import type { PlanKind, SqlValue, Tx } from '#db/engine/types.ts';
import type { RowShape } from '#db/row.ts';
import { type SQL, sql } from '#db/sql.ts';

/** A query as the engine takes it. */
export interface Statement {
  readonly text: string;
  readonly params: readonly SqlValue[];
}

export function statement(query: SQL): Statement {
  // The template types parameters as unknown; the only way into a fragment is a value of ours, all of them SqlValue.
  return { text: query.text, params: query.values as SqlValue[] };
}

/** The rows as they are declared. */
export async function queryRows<Value extends object>(
  tx: Tx,
  row: RowShape<Value>,
  query: SQL,
  plan?: PlanKind,
): Promise<Value[]> {
  const { text, params } = statement(query);
  return tx.rows(row, text, params, plan);
}

export async function queryOne<Value extends object>(
  tx: Tx,
  row: RowShape<Value>,
  query: SQL,
  plan?: PlanKind,
): Promise<Value | undefined> {
  const [first] = await queryRows(tx, row, query, plan);
  return first;
}

/** For a function of the database that is called for what it does. */
export async function callFunction(tx: Tx, query: SQL): Promise<void> {
  const { text, params } = statement(query);
  await tx.query(text, params);
}

/** @returns the number of rows changed */
export async function executeStatement(tx: Tx, query: SQL): Promise<number> {
  const { text, params } = statement(query);
  return tx.execute(text, params);
}

/** One array parameter, e.g. `id = ANY(${list(ids)}::uuid[])`. */
export function list(values: readonly SqlValue[]): SQL {
  return sql`${values}`;
}

/** A JSON parameter. Given as text, since an array would be taken for a PostgreSQL array. */
export function json(value: unknown): SQL {
  return sql`${JSON.stringify(value)}::text::jsonb`;
}

/** A whole number in the text, where a plan that is kept depends on it: how many rows are wanted. */
export function whole(value: number): SQL {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a whole number`);
  return sql.raw(String(value));
}

/** A column of the table under its alias in the query. */
export function columnOf(alias: string, column: string): SQL {
  return sql`${sql.identifier(alias)}.${sql.identifier(column)}`;
}

export function allOf(conditions: readonly SQL[]): SQL {
  if (conditions.length === 0) return sql`true`;
  return sql`(${sql.join([...conditions], sql` AND `)})`;
}

export function anyOf(conditions: readonly SQL[]): SQL {
  if (conditions.length === 0) return sql`false`;
  return sql`(${sql.join([...conditions], sql` OR `)})`;
}
