import { say } from '#shared/message.ts';
import type { ImportModule } from '../../objects/import-module.ts';
import { rowsById } from './rows-by-id.ts';

/** The history names a custom field `custom_fields.<key>`. */
const isCustom = `e.field LIKE 'custom\\_fields.%'`;
const customKey = `split_part(e.field, '.', 2)`;

/** Why a record keeps a value that the import gave it. */
export const changedAgain = say`It was changed again since the import.`;

/**
 * Gives the records `$3` of one object the values they had before the import `$2` changed them, where they still have
 * those the import gave them, custom fields one by one. `$1` is the workspace. No column is named but those an import
 * writes, since of users others may not be read. One row per record: what was restored, what somebody has changed since.
 * `isForeseen`: only tells, and changes nothing.
 */
export function restoreStatement(module: ImportModule, isForeseen = false): string {
  const { name: table, columns, following, hasCustomFields } = module;
  const typed = [...columns, ...following].map(({ column, sqlType }) => [column, sqlType] as const);
  typed.push(['deleted_at', 'timestamptz']);
  const names = typed.map(([name]) => name);
  const read = ['id', ...names, ...(hasCustomFields ? ['custom_fields'] : [])].map((name) => `r.${name}`);
  const customFields = hasCustomFields
    ? {
        entries: `OR h.field LIKE 'custom\\_fields.%'`,
        present: `|| coalesce((SELECT jsonb_object_agg('custom_fields.' || c.key, c.value) FROM jsonb_each(t.custom_fields) AS c), '{}')`,
        assignment: ', custom_fields = (t.custom_fields - p.custom_gone) || p.custom_patch',
      }
    : { entries: '', present: '', assignment: '' };
  const patches = `
    WITH entries AS (
      SELECT h.record_id, h.field,
        (array_agg(h.old_value ORDER BY h.seq))[1] AS old_value, (array_agg(h.new_value ORDER BY h.seq DESC))[1] AS new_value
      FROM field_history AS h
      JOIN change_sets AS c ON c.workspace_id = h.workspace_id AND c.id = h.change_set_id
      WHERE h.workspace_id = $1 AND c.import_batch_id = $2::uuid AND c.source IN ('import', 'system')
        AND h.object = '${table}' AND h.record_id = ANY ($3::uuid[])
        AND (h.field = ANY ('{${names.join(',')}}'::text[]) ${customFields.entries})
      GROUP BY h.record_id, h.field
    ),
    present AS (
      SELECT t.id, to_jsonb(t) ${customFields.present} AS fields FROM ${rowsById(table, '$3', read.join(', '))} AS t
    ),
    compared AS (
      SELECT p.id, e.*, coalesce(p.fields -> e.field, 'null') = coalesce(e.new_value, 'null') AS is_same,
        coalesce(p.fields -> e.field, 'null') = coalesce(e.old_value, 'null') AS is_restored_already
      FROM present AS p JOIN entries AS e ON e.record_id = p.id
    ),
    patches AS (
      SELECT e.id,
        coalesce(jsonb_object_agg(e.field, e.old_value) FILTER (WHERE e.is_same AND NOT ${isCustom}), '{}') AS patch,
        coalesce(jsonb_object_agg(${customKey}, e.old_value) FILTER (WHERE e.is_same AND ${isCustom} AND e.old_value IS NOT NULL), '{}')
          AS custom_patch,
        coalesce(array_agg(${customKey}) FILTER (WHERE e.is_same AND ${isCustom} AND e.old_value IS NULL), '{}') AS custom_gone,
        bool_or(e.is_same) AS has_patch,
        bool_or(NOT e.is_same AND NOT e.is_restored_already) AS is_kept
      FROM compared AS e
      GROUP BY e.id
    )`;
  if (isForeseen)
    return `${patches} SELECT p.id::text AS id, p.is_kept, p.has_patch AS is_restored FROM patches AS p`;
  return `${patches},
    restored AS (
      UPDATE ${table} AS t
      SET ${names.map((name) => `${name} = CASE WHEN p.patch ? '${name}' THEN b.${name} ELSE t.${name} END`).join(', ')}
        ${customFields.assignment}
      FROM patches AS p
      CROSS JOIN LATERAL jsonb_to_record(p.patch) AS b (${typed.map(([name, type]) => `${name} ${type}`).join(', ')})
      WHERE t.workspace_id = $1 AND t.id = p.id AND p.has_patch
      RETURNING t.id
    )
    SELECT p.id::text AS id, p.is_kept, EXISTS (SELECT FROM restored AS r WHERE r.id = p.id) AS is_restored FROM patches AS p`;
}
