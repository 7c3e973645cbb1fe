import { type SQL, sql } from '#db/sql.ts';
import { referencedName } from '../data/reference.ts';
import { columnOf, list } from '../data/statement.ts';
import type { RecordObject } from './record-object.ts';

/** Properties of every record that are not fields of its own, and their columns. */
const systemProperties = {
  id: 'id',
  customFields: 'custom_fields',
  importBatchId: 'import_batch_id',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
  deletedAt: 'deleted_at',
} as const;

/** The select list that names each column as the record's property, references with their display names. */
export function recordColumns(object: RecordObject): SQL {
  const fields = object.fields.flatMap((field) => [
    sql`${columnOf('r', field.column)} AS ${sql.identifier(field.key)}`,
    ...(field.target && field.displayKey
      ? [sql`${referencedName(field.target, 'r', field.column)} AS ${sql.identifier(field.displayKey)}`]
      : []),
  ]);
  const isField = (property: string) => object.fields.some((field) => field.key === property);
  const system = Object.entries(systemProperties)
    .filter(([property]) => !isField(property))
    .map(([property, column]) => sql`${columnOf('r', column)} AS ${sql.identifier(property)}`);
  return sql.join([...fields, ...system], sql`, `);
}

/** Whole records by their ids, in no order; trashed ones too. */
export function recordsByIdsQuery(object: RecordObject, workspaceId: string, ids: readonly string[]): SQL {
  return sql`
    SELECT ${recordColumns(object)}
    FROM ${sql.identifier(object.name)} r
    WHERE r.workspace_id = ${workspaceId}::uuid AND r.id = ANY(${list(ids)}::uuid[])`;
}
