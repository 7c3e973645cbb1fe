import { bool, filled, jsonb, nullable, type RowShape, returningFields, text, uuid } from '#db/row.ts';
import {
  type ImportColumn,
  type ImportModule,
  nameKind,
  sourceIdKind,
} from '../../../objects/import-module.ts';
import type { Custom } from '../matching/candidates.ts';

/** The SQL of an import. Identifiers come from the modules of the objects only. */

/** How a column is read back as the plain text that rows hold. */
function asText({ column, sqlType }: ImportColumn): string {
  return sqlType.startsWith('numeric') ? `trim_scale(${column})::text` : `${column}::text`;
}

const referenceOf = `
  SELECT refs.source_id FROM import_references AS refs
  WHERE refs.workspace_id = $1 AND refs.record_id = t.id AND refs.system = $3 AND refs.object = $4
    AND refs.source_id = ANY ($2)
  LIMIT 1`;

/** A stub stays one until a file completes it or a person changes it. */
const isStub = `
  EXISTS (
    SELECT FROM import_stubs AS stub
    WHERE stub.workspace_id = $1 AND stub.record_id = t.id AND stub.completed_by IS NULL
      AND NOT EXISTS (
        SELECT FROM field_history AS h
        JOIN change_sets AS c ON c.workspace_id = h.workspace_id AND c.id = h.change_set_id
        WHERE h.workspace_id = $1 AND h.record_id = t.id AND c.import_batch_id IS NULL
      )
  )`;

/**
 * Finds records by keys of one kind. `$1` workspace, `$2` keys; source ids also `$3` system, `$4` object. Of several that
 * match a row equally well the first is taken: the oldest, whatever the plan.
 */
export function candidateQueries(module: ImportModule, kind: string): string[] {
  const { name: table, columns, hasCustomFields } = module;
  const select = `
    SELECT id, deleted_at IS NOT NULL AS is_trashed, import_batch_id AS batch_id,
      ${isStub} AS is_stub, name_key, ${hasCustomFields ? 'custom_fields' : `'{}'::jsonb AS custom_fields`},
      ${columns.map((column) => `${asText(column)} AS ${column.column}`).join(', ')}${
        kind === sourceIdKind ? `, (${referenceOf}) AS source_id` : ''
      }
    FROM ${table} AS t
    WHERE workspace_id = $1`;
  if (kind === sourceIdKind) {
    return [
      `${select} AND id IN (
        SELECT record_id FROM import_references
        WHERE workspace_id = $1 AND system = $3 AND object = $4 AND source_id = ANY ($2)
      ) ORDER BY id`,
    ];
  }
  const rule = module.matchKeys.find((candidate) => candidate.kind === kind);
  if (rule === undefined) return [];
  const isFound = `${rule.sql} = ANY ($2) ORDER BY id`;
  // Names are indexed for live records; the trash is small and has an index of its own.
  if (kind === nameKind)
    return [
      `${select} AND deleted_at IS NULL AND ${isFound}`,
      `${select} AND deleted_at IS NOT NULL AND ${isFound}`,
    ];
  return [`${select} ${rule.filled === undefined ? '' : `AND ${rule.filled} IS NOT NULL`} AND ${isFound}`];
}

/** A row of `candidateQueries`; the object's columns are beside these, as text. */
export interface CandidateRow {
  readonly id: string;
  readonly is_trashed: boolean;
  readonly is_stub: boolean;
  readonly batch_id: string | null;
  readonly name_key: string;
  readonly custom_fields: Custom;
  /** Only where records were looked for by it. */
  readonly source_id?: string;
  readonly [column: string]: unknown;
}

/** What `candidateQueries` select. */
export function candidateRow({ columns }: ImportModule, kind: string): RowShape<CandidateRow> {
  return returningFields({
    id: uuid,
    is_trashed: bool,
    batch_id: nullable(uuid),
    is_stub: bool,
    name_key: filled(text),
    custom_fields: jsonb(),
    ...Object.fromEntries(columns.map(({ column }) => [column, nullable(text)])),
    ...(kind === sourceIdKind && { source_id: filled(text) }),
  });
}

export const keepReferences = `
  INSERT INTO import_references (workspace_id, system, object, source_id, record_id, import_batch_id)
  SELECT $1::uuid, $3, $4, r.source_id, r.record_id, $5::uuid
  FROM json_to_recordset($2::json) AS r (source_id text, record_id uuid)
  ON CONFLICT (workspace_id, system, object, source_id)
  DO UPDATE SET record_id = excluded.record_id WHERE import_references.record_id <> excluded.record_id`;

export const insertStubs = `
  INSERT INTO import_stubs (workspace_id, record_id, object, import_batch_id)
  SELECT $1::uuid, r.id, $3, $4::uuid FROM unnest($2::uuid[]) AS r (id)`;

export const completeStubs = `
  UPDATE import_stubs SET completed_by = $3::uuid
  WHERE workspace_id = $1 AND record_id = ANY ($2::uuid[]) AND completed_by IS NULL`;
