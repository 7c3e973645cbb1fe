import { type Message, say } from '#shared/message.ts';
import type { Referrer } from '../../data/referrers.ts';
import { importModules } from '../../objects/import-modules.ts';
import { rowsById } from './rows-by-id.ts';

/** What refers to others first. */
const lastFirst = importModules.toReversed();

const customFields = 'custom_field_definitions';

/** Tables whose rows an import makes, in the names of the history, and the name of a row in SQL. */
const shownNames: ReadonlyMap<string, string> = new Map([
  ...lastFirst.flatMap(({ name, shownName, companionTables }) => [
    ...companionTables.map((companion) => [companion.table, companion.shownName] as const),
    [name, shownName] as const,
  ]),
  [customFields, 'label'],
]);
export const revertibleTables: readonly string[] = [...shownNames.keys()];

/**
 * The tables of records in the order in which it is foreseen what stays of them: what stays keeps what it refers to. An
 * object and its companions refer to each other, so it is gone through twice.
 */
export const foreseenTables: readonly string[] = lastFirst.flatMap(({ name, companionTables }) => {
  const companions = companionTables.map(({ table }) => table);
  return companions.length > 0 ? [name, ...companions, name] : [name];
});

const partlyHidden = new Set<string>(
  importModules.filter(({ isPartlyHidden }) => isPartlyHidden).map(({ name }) => name),
);

/** Custom fields are used while any record of their object has a value for them; `stays` narrows which records `r` count. */
function isFieldUsed(stays = ''): string {
  const objects = importModules.filter(({ hasCustomFields }) => hasCustomFields);
  const tables = objects.map(
    ({ name: table }) =>
      `WHEN '${table}' THEN EXISTS (SELECT FROM ${table} AS r WHERE r.workspace_id = t.workspace_id AND r.custom_fields -> t.key IS NOT NULL ${stays})`,
  );
  return `CASE t.object::text ${tables.join(' ')} ELSE true END`;
}

/** Asked once a statement: most of what could refer to a record does not exist at all right after an import. */
function isInUse(table: string): string {
  return `(SELECT EXISTS (SELECT FROM ${table} AS u WHERE u.workspace_id = $1))`;
}

/**
 * How records are removed. Moved to the trash, they take no link from anything that is in the trash itself: what the
 * same revert moved there before does not keep them.
 */
export interface Removal {
  readonly mayPurge: boolean;
  /** What refers to the records of the table; nothing to a custom field. */
  readonly referrers: readonly Referrer[];
  /** The revert is only foreseen: its own rows are all there yet, and of them just those of the list `$4` will stay. */
  readonly isForeseen?: boolean;
}

/**
 * Where something points at a record, the record stays, because removing it would take a link, or a whole opportunity, from
 * what somebody made since. Imported rows that pointed at it are gone by then (the newest are removed first), unless
 * they stay themselves; rows of the same table are removed together with it.
 */
function isReferenced(table: string, { mayPurge, referrers, isForeseen = false }: Removal): string {
  if (table === customFields) return isFieldUsed();
  const parts = referrers.map(({ table: other, column, hasTrash }) => {
    const isLive = mayPurge || !hasTrash ? '' : 'AND r.deleted_at IS NULL';
    if (other === table) {
      return `EXISTS (SELECT FROM ${other} AS r WHERE r.workspace_id = $1 AND r.${column} = t.id ${isLive}
         AND r.import_batch_id IS DISTINCT FROM $3::uuid OFFSET 0)`;
    }
    const isOfImport = shownNames.has(other);
    const stays =
      isForeseen && isOfImport
        ? 'AND (r.import_batch_id IS DISTINCT FROM $3::uuid OR r.id = ANY ($4::uuid[]))'
        : '';
    return `(${isInUse(other)} AND EXISTS (
      SELECT FROM ${other} AS r WHERE r.workspace_id = $1 AND r.${column} = t.id ${isLive} ${stays} OFFSET 0))`;
  });
  return parts.length === 0 ? 'false' : parts.join('\n OR ');
}

/** What another import changed and its own revert took back is no change; nor is what only follows from an import. */
const isTakenBack = `EXISTS (
                SELECT FROM import_batches AS b
                WHERE b.workspace_id = $1 AND b.id = c.import_batch_id AND b.status IN ('reverted', 'partly_reverted')
              )`;

/**
 * Of the records `$2` that the import `$3` made, those that are still there: whether a field has another value than
 * before the first change somebody made since (a change that was undone is none), and whether something points at them.
 * `$1` is the workspace. `OFFSET 0` keeps each question one search of an index: without
 * it the whole history would be read into a hash table, for every slice.
 */
export function createdRecordsQuery(table: string, removal: Removal): string {
  const isField = table === customFields;
  const columns = `r.id, r.deleted_at IS NOT NULL AS is_trashed, ${shownNames.get(table) ?? 'NULL'} AS name${isField ? ', r.workspace_id, r.object, r.key' : ''}`;
  return `
    SELECT t.id::text AS id, t.name, t.is_trashed, ${isChanged(table)} AS is_changed,
      (${isReferenced(table, removal)}) AS is_referenced
    FROM ${rowsById(table, '$2', columns)} AS t`;
}

/**
 * The same of the records that the import `$3` made, page by page, `$2` being the last id of the page before: what a
 * revert will find. `$4`: what is known to stay, which is not looked at again. Only what was written again after it was made is looked for in the history.
 */
export function foreseenRecordsQuery(table: string, removal: Removal, pageSize: number): string {
  return `
    SELECT t.id::text AS id, t.name, t.is_trashed, t.is_touched AND ${isChanged(table)} AS is_changed,
      (${isReferenced(table, { ...removal, isForeseen: true })}) AS is_referenced
    FROM (
      SELECT r.id, r.deleted_at IS NOT NULL AS is_trashed, ${shownNames.get(table) ?? 'NULL'} AS name,
        r.updated_at <> r.created_at OR r.deleted_at IS NOT NULL AS is_touched
      FROM ${table} AS r
      WHERE r.workspace_id = $1 AND r.import_batch_id = $3::uuid AND r.id > $2::uuid AND r.id <> ALL ($4::uuid[])
      ORDER BY r.id LIMIT ${pageSize}
    ) AS t
    ORDER BY t.id`;
}

/**
 * The same of the custom fields that the import `$3` made, once it is known which records will stay (`$4`) and which will
 * have the values from before the import again (`$2`). In the trash records keep their values.
 */
export function foreseenFieldsQuery(mayPurge: boolean): string {
  const isLeft = mayPurge
    ? 'AND (r.import_batch_id IS DISTINCT FROM $3::uuid OR r.id = ANY ($4::uuid[]))'
    : '';
  return `
    SELECT t.id::text AS id, t.label AS name, t.deleted_at IS NOT NULL AS is_trashed,
      ${isChanged(customFields)} AS is_changed,
      (${isFieldUsed(`${isLeft} AND (r.id <> ALL ($2::uuid[]) OR r.id = ANY ($4::uuid[]))`)}) AS is_referenced
    FROM custom_field_definitions AS t
    WHERE t.workspace_id = $1 AND EXISTS (
      SELECT FROM field_history AS h
      JOIN change_sets AS c ON c.workspace_id = $1 AND c.id = h.change_set_id
      WHERE h.workspace_id = $1 AND h.record_id = t.id AND h.object = 'custom_field_definitions' AND h.operation = 'insert'
        AND c.import_batch_id = $3::uuid AND c.source IN ('import', 'system')
    )`;
}

function isChanged(table: string): string {
  return `EXISTS (
        SELECT FROM field_history AS h
        WHERE h.workspace_id = $1 AND h.record_id = t.id AND h.object = '${table}' AND h.operation <> 'insert'
          AND (
            SELECT c.import_batch_id FROM change_sets AS c WHERE c.workspace_id = $1 AND c.id = h.change_set_id
              AND (c.import_batch_id = $3::uuid OR c.import_batch_id IS NOT NULL AND c.source = 'system' OR ${isTakenBack})
          ) IS NULL
        GROUP BY h.field
        HAVING coalesce((array_agg(h.old_value ORDER BY h.seq))[1], 'null')
          <> coalesce((array_agg(h.new_value ORDER BY h.seq DESC))[1], 'null')
        OFFSET 0
      )`;
}

/**
 * Removes the records `$2`, for good or into the trash: by their places in the table, which hold for one transaction.
 * Where part of the columns is hidden, as of users, the places are too; of such records there are few.
 */
export function removeStatement(table: string, mayPurge: boolean): string {
  const isOneOfThem = partlyHidden.has(table)
    ? 'id = ANY ($2::uuid[])'
    : `ctid = ANY (ARRAY (SELECT f.ctid FROM ${rowsById(table, '$2', 'r.ctid')} AS f))`;
  return mayPurge
    ? `DELETE FROM ${table} WHERE workspace_id = $1 AND ${isOneOfThem}`
    : `UPDATE ${table} SET deleted_at = now() WHERE workspace_id = $1 AND ${isOneOfThem} AND deleted_at IS NULL`;
}

/** A record that the import made, as `createdRecordsQuery` tells of it. */
export interface CreatedRecord {
  readonly id: string;
  readonly name: string;
  readonly is_trashed: boolean;
  readonly is_changed: boolean;
  readonly is_referenced: boolean;
}

/** Why a record that the import made stays; null when it goes. */
export function reasonToKeep({ is_changed, is_referenced }: CreatedRecord): Message | null {
  if (is_changed) return say`It was changed since the import.`;
  return is_referenced ? say`Something that stays is linked to it.` : null;
}
