import { nullable, type RowShape, returningFields, text } from '#db/row.ts';
import { type SQL, sql } from '#db/sql.ts';
import type { FieldDefinition, ObjectName, RecordOf } from '#shared/objects/objects.ts';
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

/** The select list of a whole row: its fields and what every record has. */
export function recordColumns(object: RecordObject): SQL {
  const isField = (property: string) => object.fields.some((field) => field.key === property);
  const system = Object.entries(systemProperties)
    .filter(([property]) => !isField(property))
    .map(([property, column]) => sql`${columnOf('r', column)} AS ${sql.identifier(property)}`);
  return sql.join([selectList(object.fields), ...system], sql`, `);
}

/** What `recordColumns` selects. */
export function recordRow<Name extends ObjectName>(object: RecordObject<Name>): RowShape<RecordOf<Name>> {
  const system = Object.entries(systemProperties).map(([property, column]) => [
    property,
    `${object.name}.${column}`,
  ]);
  return returningFields({
    ...Object.fromEntries(system),
    ...selectedColumns(object.name, object.fields),
  });
}

/** What `selectList` selects from the table. */
export function selectedColumns(
  table: string,
  fields: readonly FieldDefinition[],
): RowShape<object>['columns'] {
  return Object.fromEntries(
    fields.flatMap((field) => [
      [field.key, `${table}.${field.column}`],
      ...(field.target && field.displayKey ? [[field.displayKey, nullable(text)]] : []),
    ]),
  );
}

/** Each field's column of the row `r` as the record's property, references with their display names. */
export function selectList(fields: readonly FieldDefinition[]): SQL {
  const columns = fields.flatMap((field) => [
    sql`${columnOf('r', field.column)} AS ${sql.identifier(field.key)}`,
    ...(field.target && field.displayKey
      ? [sql`${referencedName(field.target, 'r', field.column)} AS ${sql.identifier(field.displayKey)}`]
      : []),
  ]);
  return sql.join(columns, sql`, `);
}

/** Whole records by their ids, in no order; trashed ones too. */
export function recordsByIdsQuery(object: RecordObject, workspaceId: string, ids: readonly string[]): SQL {
  return sql`
    SELECT ${recordColumns(object)}
    FROM ${sql.identifier(object.name)} r
    WHERE r.workspace_id = ${workspaceId}::uuid AND r.id = ANY(${list(ids)}::uuid[])`;
}
