import type { ObjectDescription } from '../objects/description.ts';
import { rowsById } from './rows-by-id.ts';

/**
 * Gives the records `$3` of one object the values they had before the import `$2` changed them, where they still have
 * those the import gave them. `$1` is the workspace. One row per record: what was restored, what somebody has changed since.
 */
export function restoreStatement({ object, table, columns, hasCustomFields }: ObjectDescription): string {
  const names = columns.map(({ column }) => column);
  names.push('deleted_at');
  if (hasCustomFields) names.push('custom_fields');
  if (object === 'opportunities') names.push('closed_at');
  return `
    WITH entries AS (
      SELECT h.record_id, h.field,
        coalesce((array_agg(h.old_value ORDER BY h.seq))[1], 'null') AS old_value,
        coalesce((array_agg(h.new_value ORDER BY h.seq DESC))[1], 'null') AS new_value
      FROM field_history AS h
      JOIN change_sets AS c ON c.workspace_id = h.workspace_id AND c.id = h.change_set_id
      WHERE h.workspace_id = $1 AND c.import_batch_id = $2::uuid AND c.source = 'import'
        AND h.object = '${table}' AND h.record_id = ANY ($3::uuid[]) AND h.field = ANY ('{${names.join(',')}}'::text[])
      GROUP BY h.record_id, h.field
    ),
    present AS (
      SELECT t.id, to_jsonb(t) AS fields FROM ${rowsById(table, '$3')} AS t
    ),
    patches AS (
      SELECT p.id,
        coalesce(jsonb_object_agg(e.field, e.old_value) FILTER (WHERE p.fields -> e.field = e.new_value), '{}') AS patch,
        bool_or(p.fields -> e.field <> e.new_value AND p.fields -> e.field <> e.old_value) AS is_kept
      FROM present AS p JOIN entries AS e ON e.record_id = p.id
      GROUP BY p.id
    ),
    restored AS (
      UPDATE ${table} AS t
      SET (${names.join(', ')}) = (SELECT ${names.map((name) => `b.${name}`).join(', ')} FROM jsonb_populate_record(t, p.patch) AS b)
      FROM patches AS p
      WHERE t.workspace_id = $1 AND t.id = p.id AND p.patch <> '{}'
      RETURNING t.id
    )
    SELECT p.id::text AS id, p.is_kept, EXISTS (SELECT FROM restored AS r WHERE r.id = p.id) AS is_restored FROM patches AS p`;
}
