import type { Identity, Tx } from '#db/engine/types.ts';
import { type SQL, sql } from '#db/sql.ts';
import { SatchelError } from '#shared/errors.ts';
import type { ImportBatchId } from '#shared/ids.ts';
import { say, term } from '#shared/message.ts';
import type { FieldDefinition } from '#shared/objects/objects.ts';
import { executeStatement, list } from '../data/statement.ts';
import type { RecordValues } from './record-values.ts';

/**
 * The one place that writes rows of an object: one row for a person, hundreds for an import. Values cross as one JSON
 * parameter that PostgreSQL reads by the columns' types, so that a statement's text depends on its columns alone.
 */

/** Values by column. What is left out of a row is written as no value. */
export type Row = Readonly<Record<string, unknown>>;

export interface RowOf extends Row {
  readonly id: string;
}

/** A table whose rows are written: an object's, or that of its children. */
export interface WrittenTable {
  readonly name: string;
  readonly fields: readonly Pick<FieldDefinition, 'key' | 'column' | 'sqlType' | 'isReadOnly'>[];
}

export const customColumn = 'custom_fields';

/**
 * The values of a record's properties by column. An empty text is stored as no value.
 * @throws SatchelError `invalid` naming a property that is not a field, or one that is not a person's to set
 */
export function rowOf(table: WrittenTable, values: RecordValues): Row {
  const row: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(values)) {
    if (value === undefined) continue;
    if (key === 'customFields') row[customColumn] = value;
    else row[writableColumn(table, key)] = value === '' ? null : value;
  }
  return row;
}

function writableColumn(table: WrittenTable, key: string): string {
  const field = table.fields.find((candidate) => candidate.key === key);
  if (field && !field.isReadOnly) return field.column;
  throw new SatchelError('invalid', say`"${key}" cannot be set on ${term(table.name)}.`, {
    details: { field: key },
  });
}

/**
 * Inserts rows with these columns beside their ids.
 * @returns the number of rows inserted
 */
export async function insertRows(
  tx: Tx,
  table: WrittenTable,
  identity: Identity,
  rows: readonly RowOf[],
  columns: ReadonlySet<string>,
  importBatchId?: ImportBatchId,
): Promise<number> {
  const written = [...columns];
  const batch = importBatchId === undefined ? sql`` : sql`, import_batch_id`;
  const batchId = importBatchId === undefined ? sql`` : sql`, ${importBatchId}::uuid`;
  const names = written.map((column) => sql`, ${sql.identifier(column)}`);
  const values = written.map((column) =>
    column === customColumn
      ? sql`, jsonb_strip_nulls(coalesce(g.custom_fields, '{}'))`
      : sql`, g.${sql.identifier(column)}`,
  );
  return executeStatement(
    tx,
    sql`
      INSERT INTO ${sql.identifier(table.name)} (workspace_id, id${batch}${sql.join(names, sql``)})
      SELECT ${identity.workspaceId}::uuid, g.id${batchId}${sql.join(values, sql``)}
      FROM json_to_recordset(${JSON.stringify(rows)}::json) g (id uuid${typed(table, written)})`,
  );
}

/**
 * Gives each live row with one of the ids the same values. Row-level security leaves out those the person may not change.
 * @returns the number of rows that now have them
 */
export async function updateAlike(
  tx: Tx,
  table: WrittenTable,
  identity: Identity,
  ids: readonly string[],
  row: Row,
): Promise<number> {
  const columns = Object.keys(row);
  return executeStatement(
    tx,
    sql`
      UPDATE ${sql.identifier(table.name)} r
      SET ${assignments(columns)}
      FROM json_to_recordset(${JSON.stringify([row])}::json) g (${typed(table, columns, sql``)})
      WHERE r.workspace_id = ${identity.workspaceId}::uuid AND r.id = ANY(${list(ids)}::uuid[])
        AND r.deleted_at IS NULL`,
  );
}

/**
 * Gives each row its own values, all of the same columns. Rows in `restored` leave the trash with that; others that lie
 * there stay as they are.
 * @returns the number of rows that now have them
 */
export async function updateEach(
  tx: Tx,
  table: WrittenTable,
  identity: Identity,
  rows: readonly RowOf[],
  columns: ReadonlySet<string>,
  restored: readonly string[] = [],
): Promise<number> {
  const written = [...columns];
  const restore = restored.length > 0 ? sql`, deleted_at = NULL` : sql``;
  const isRestored = restored.length > 0 ? sql`OR r.id = ANY(${list(restored)}::uuid[])` : sql``;
  return executeStatement(
    tx,
    sql`
      UPDATE ${sql.identifier(table.name)} r
      SET ${assignments(written)}${restore}
      FROM json_to_recordset(${JSON.stringify(rows)}::json) g (id uuid${typed(table, written)})
      WHERE r.workspace_id = ${identity.workspaceId}::uuid AND r.id = g.id
        AND (r.deleted_at IS NULL ${isRestored})`,
  );
}

/** Custom fields are merged key by key: one given as null is removed, one left out is kept. */
function assignments(columns: readonly string[]): SQL {
  const set = columns.map((column) =>
    column === customColumn
      ? sql`custom_fields = jsonb_strip_nulls(r.custom_fields || coalesce(g.custom_fields, '{}'))`
      : sql`${sql.identifier(column)} = g.${sql.identifier(column)}`,
  );
  return sql.join(set, sql`, `);
}

/** The columns with their types, as the definition of a record set says them. */
function typed(table: WrittenTable, columns: readonly string[], before: SQL = sql`, `): SQL {
  const definitions = columns.map((column) => {
    const type = column === customColumn ? 'jsonb' : sqlTypeOf(table, column);
    return sql`${sql.identifier(column)} ${sql.raw(type)}`;
  });
  return definitions.length === 0 ? sql`` : sql`${before}${sql.join(definitions, sql`, `)}`;
}

function sqlTypeOf(table: WrittenTable, column: string): string {
  const field = table.fields.find((candidate) => candidate.column === column);
  if (!field)
    throw new SatchelError(
      'internal',
      say`A statement writes the unknown column ${column} of ${table.name}.`,
    );
  return field.sqlType;
}
