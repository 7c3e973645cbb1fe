import type { ImportObject } from '#shared/contract/import-targets.ts';
import type { ImportColumn, MatchKind, ObjectDescription } from '../../../objects/import-description.ts';

/** The SQL of an import. Identifiers come from the descriptions of the objects only. */

/** How a column is read back as the plain text that rows hold. */
function asText({ column, sqlType }: ImportColumn): string {
  return sqlType.startsWith('numeric') ? `trim_scale(${column})::text` : `${column}::text`;
}

function nameExpression(object: ImportObject): string {
  return object === 'people'
    ? `satchel.fold(coalesce(full_name, nullif(btrim(coalesce(first_name, '') || ' ' || coalesce(last_name, '')), ''), email))`
    : 'name_key';
}

/** What a record is matched by. Each is an indexed column or expression. */
export const keyExpressions: Readonly<Record<ImportObject, Partial<Record<MatchKind, string>>>> = {
  // A workspace has few people: they are all read.
  people: { email: 'lower(email)', name: nameExpression('people') },
  accounts: { domain: 'lower(domain)', name: 'name_key' },
  products: { sku: 'lower(sku)', name: 'name_key' },
  contacts: { email: 'lower(email)', name: 'name_key' },
  opportunities: { external_ref: 'external_ref', name: 'name_key' },
};

/** Columns whose index leaves out empty values: the condition has to say so too. */
const partialOn: Partial<Record<MatchKind, string>> = {
  email: 'email',
  domain: 'domain',
  sku: 'sku',
  external_ref: 'external_ref',
};

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
export function candidateQueries(description: ObjectDescription, kind: MatchKind): string[] {
  const { object, table, columns, hasCustomFields } = description;
  const select = `
    SELECT id::text AS id, deleted_at IS NOT NULL AS is_trashed, import_batch_id::text AS batch_id,
      ${isStub} AS is_stub, ${nameExpression(object)} AS name_key, ${hasCustomFields ? 'custom_fields' : `'{}'::jsonb AS custom_fields`},
      ${columns.map((column) => `${asText(column)} AS ${column.column}`).join(', ')}${
        kind === 'source_id' ? `, (${referenceOf}) AS source_id` : ''
      }
    FROM ${table} AS t
    WHERE workspace_id = $1`;
  if (kind === 'source_id') {
    return [
      `${select} AND id IN (
        SELECT record_id FROM import_references
        WHERE workspace_id = $1 AND system = $3 AND object = $4 AND source_id = ANY ($2)
      ) ORDER BY id`,
    ];
  }
  const key = keyExpressions[object][kind];
  if (key === undefined) return [];
  const filled = partialOn[kind];
  if (filled !== undefined) return [`${select} AND ${filled} IS NOT NULL AND ${key} = ANY ($2) ORDER BY id`];
  if (object === 'people') return [`${select} AND ${key} = ANY ($2) ORDER BY id`];
  // Names are indexed for live records; the trash is small and has an index of its own.
  return [
    `${select} AND deleted_at IS NULL AND ${key} = ANY ($2) ORDER BY id`,
    `${select} AND deleted_at IS NOT NULL AND ${key} = ANY ($2) ORDER BY id`,
  ];
}

/**
 * Inserts rows given as JSON in `$2`; `$1` workspace, `$3` batch. Columns that are not among `filled` are left out, since
 * each costs something in each row.
 */
export function insertStatement(description: ObjectDescription, filled: ReadonlySet<string>): string {
  const { table, hasCustomFields } = description;
  const columns = description.columns.filter(({ column }) => filled.has(column));
  const names = columns.map(({ column }) => column);
  const typed = columns.map(({ column, sqlType }) => `${column} ${sqlType}`);
  const custom = hasCustomFields ? ', custom_fields' : '';
  return `
    INSERT INTO ${table} (workspace_id, id, import_batch_id, ${names.join(', ')}${custom})
    SELECT $1::uuid, r.id, $3::uuid, ${names.map((name) => `r.${name}`).join(', ')}${custom ? ', r.custom_fields' : ''}
    FROM json_to_recordset($2::json) AS r (id uuid, ${typed.join(', ')}${custom ? ', custom_fields jsonb' : ''})`;
}

/**
 * Updates records with the rows given as JSON in `$2`, each with all its columns as they are to be but those `left` as
 * they are; `$1` workspace.
 */
export function updateStatement(description: ObjectDescription, left: readonly string[]): string {
  const { table, hasCustomFields } = description;
  const columns = description.columns.filter(({ key }) => !left.includes(key));
  const assignments = columns.map(({ column }) => `${column} = r.${column}`);
  const typed = columns.map(({ column, sqlType }) => `${column} ${sqlType}`);
  if (hasCustomFields) assignments.push('custom_fields = r.custom_fields');
  return `
    UPDATE ${table} AS t
    SET ${assignments.join(', ')}, deleted_at = CASE WHEN r.is_restored THEN NULL ELSE t.deleted_at END
    FROM json_to_recordset($2::json) AS r (
      id uuid, is_restored boolean, ${typed.join(', ')}${hasCustomFields ? ', custom_fields jsonb' : ''}
    )
    WHERE t.workspace_id = $1::uuid AND t.id = r.id`;
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

export const foldNames = `SELECT name, satchel.fold(name) AS key FROM unnest($1::text[]) AS name`;
