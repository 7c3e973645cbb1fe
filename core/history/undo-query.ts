import { type SQL, sql } from 'drizzle-orm';
import type { Identity } from '#db/engine/types.ts';
import type { ChangeSetId } from '#shared/ids.ts';
import { columnOf, list } from '../records/statement.ts';

/** Some of a change set's entries: a run of sequence numbers, both ends included, as far as they are of these records. */
export interface EntryRange {
  readonly from: bigint;
  readonly to: bigint;
  readonly recordIds: readonly string[];
}

function inRange(identity: Identity, changeSetId: ChangeSetId, table: string, range: EntryRange): SQL {
  return sql`h.workspace_id = ${identity.workspaceId}::uuid AND h.change_set_id = ${changeSetId}::uuid
        AND h.seq BETWEEN ${range.from}::bigint AND ${range.to}::bigint
        AND h.object = ${table} AND h.record_id = ANY(${list(range.recordIds)}::uuid[])`;
}

/**
 * Gives the fields of one table's records the values they had before the entries, where they still have the value the
 * entries gave them. One UPDATE for all fields, since a rule between two of them (a contact's name or email) must hold
 * after each statement. Custom fields are taken back key by key.
 * Answers one row per changed record, with the number of its fields that were taken back.
 * @param table one of `undoableTables`
 * @param columns the fields in the entries, each checked to be a column of the table
 */
export function revertFieldsQuery(
  identity: Identity,
  changeSetId: ChangeSetId,
  table: string,
  columns: readonly string[],
  range: EntryRange,
): SQL {
  const plain = columns.filter((column) => column !== 'custom_fields');
  const current = sql.join(
    plain.map((column) => sql`${column}::text, to_jsonb(${columnOf('r', column)})`),
    sql`, `,
  );
  const names = sql.join(
    columns.map((column) => sql`${sql.identifier(column)}`),
    sql`, `,
  );
  const restored = sql.join(
    columns.map((column) => columnOf('before', column)),
    sql`, `,
  );
  return sql`
    WITH entries AS (
      SELECT
        h.record_id, h.field,
        (array_agg(h.old_value ORDER BY h.seq))[1] AS old_value,
        (array_agg(h.new_value ORDER BY h.seq DESC))[1] AS new_value
      FROM field_history h
      WHERE ${inRange(identity, changeSetId, table, range)} AND h.field IS NOT NULL
      GROUP BY h.record_id, h.field
    ),
    wanted AS (
      SELECT
        record_id,
        jsonb_object_agg(field, coalesce(old_value, 'null')) AS olds,
        jsonb_object_agg(field, coalesce(new_value, 'null')) AS news
      FROM entries
      GROUP BY record_id
    ),
    planned AS (
      SELECT r.id, fields.patch || custom.patch AS patch
      FROM wanted w
      JOIN ${sql.identifier(table)} r ON r.workspace_id = ${identity.workspaceId}::uuid AND r.id = w.record_id
      CROSS JOIN LATERAL (
        SELECT coalesce(jsonb_object_agg(f.key, w.olds -> f.key), '{}') AS patch
        FROM jsonb_each(jsonb_build_object(${current})) f
        WHERE w.news -> f.key = f.value
      ) fields
      ${columns.includes('custom_fields') ? customPatch : sql`CROSS JOIN (SELECT '{}'::jsonb AS patch) custom`}
    )
    UPDATE ${sql.identifier(table)} r
    SET (${names}) = (SELECT ${restored} FROM jsonb_populate_record(r, planned.patch) before)
    FROM planned
    WHERE r.workspace_id = ${identity.workspaceId}::uuid AND r.id = planned.id AND planned.patch <> '{}'
    RETURNING (SELECT count(*) FROM jsonb_object_keys(planned.patch))::integer AS fields`;
}

/** The custom fields with each key that still has its new value set back, or none where no key has. */
const customPatch = sql`
      CROSS JOIN LATERAL (
        SELECT CASE
          WHEN count(*) = 0 THEN '{}'
          ELSE jsonb_build_object(
            'custom_fields',
            (r.custom_fields - array_agg(k.key))
              || coalesce(
                jsonb_object_agg(k.key, w.olds -> 'custom_fields' -> k.key)
                  FILTER (WHERE w.olds -> 'custom_fields' ? k.key),
                '{}'
              )
          )
        END AS patch
        FROM jsonb_object_keys((w.olds -> 'custom_fields') || (w.news -> 'custom_fields')) k (key)
        WHERE w.olds -> 'custom_fields' -> k.key IS DISTINCT FROM w.news -> 'custom_fields' -> k.key
          AND r.custom_fields -> k.key IS NOT DISTINCT FROM w.news -> 'custom_fields' -> k.key
      ) custom`;

/** Moves the records that the entries made to the trash, those that do not lie there yet. */
export function trashMadeQuery(
  identity: Identity,
  changeSetId: ChangeSetId,
  table: string,
  range: EntryRange,
): SQL {
  return sql`
    UPDATE ${sql.identifier(table)} r
    SET deleted_at = now()
    FROM field_history h
    WHERE ${inRange(identity, changeSetId, table, range)} AND h.operation = 'insert'
      AND r.workspace_id = h.workspace_id AND r.id = h.record_id AND r.deleted_at IS NULL`;
}
