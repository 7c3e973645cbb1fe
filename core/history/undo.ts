import { sql } from 'drizzle-orm';
import type { Identity, Tx } from '#db/engine/types.ts';
import { SatchelError } from '#shared/errors.ts';
import type { ChangeSetId } from '#shared/ids.ts';
import type { Application } from '../context.ts';
import { continueChangeSet, newChangeSetId, openChangeSet } from '../records/change-set.ts';
import { executeStatement, list, queryOne, queryRows } from '../records/statement.ts';
import { revertFieldsQuery, trashMadeQuery } from './undo-query.ts';

/** How many entries of the history are taken back at a time, so that a slice holds the engine shortly. */
const entriesPerSlice = 500;

/** The tables whose changes can be taken back: those with an id and a trash. */
const undoableTables: readonly string[] = [
  'accounts',
  'contacts',
  'leads',
  'products',
  'opportunities',
  'quotes',
  'quote_line_items',
  'cases',
  'activities',
  'notes',
  'tasks',
  'documents',
  'tags',
  'saved_views',
  'custom_field_definitions',
];

export interface Undone {
  /** The change set that took it back; undoing that one redoes. */
  readonly changeSetId: ChangeSetId;
  /** Fields set back, and records moved to the trash that the change set had made. */
  readonly undone: number;
  /** Changed again since, gone for good, no longer the person's to change, or against a rule by now. */
  readonly skipped: number;
}

interface Entry {
  readonly seq: bigint;
  readonly object: string;
  readonly record_id: string;
  readonly operation: string;
  readonly field: string | null;
}

/**
 * Takes a change set back, newest entry first, in slices. A record that it made goes to the trash; a field goes back to
 * its value before, unless it was changed again since: then it is left as it is. What was removed for good stays so.
 * @throws SatchelError `not_found`; `conflict` where it is undone already; `forbidden` where it is somebody else's and
 * the role does not allow undoing the changes of others
 */
export async function undoChangeSet(
  app: Application,
  identity: Identity,
  changeSetId: ChangeSetId,
): Promise<Undone> {
  const undo = { app, identity, changeSetId, undoId: newChangeSetId(app.ids) };
  let slice = await firstSlice(undo);
  const counts = { undone: 0, skipped: 0 };
  for (;;) {
    counts.undone += slice.undone;
    counts.skipped += countChanges(slice.entries) - slice.undone;
    const below = slice.entries.at(-1)?.seq;
    if (below === undefined) return { changeSetId: undo.undoId, ...counts };
    const entries = await undo.app.engine.transaction(
      { as: identity, readOnly: true, priority: 'background', label: 'read what to undo' },
      (tx) => entriesBelow(tx, undo, below),
    );
    slice = { entries, undone: await takeBackInSlices(undo, entries) };
  }
}

/**
 * The newest entries, taken back in the same transaction that marks the change set as undone: a small change is undone
 * wholly or not at all, whatever happens meanwhile.
 */
async function firstSlice(undo: Undo): Promise<{ entries: readonly Entry[]; undone: number }> {
  const { app, identity } = undo;
  try {
    return await app.engine.transaction({ as: identity, label: 'undo' }, async (tx) => {
      await beginUndo(tx, undo);
      const entries = await entriesBelow(tx, undo, null);
      return { entries, undone: await takeBack(tx, undo, entries) };
    });
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const entries = await app.engine.transaction({ as: identity, label: 'undo' }, async (tx) => {
      await beginUndo(tx, undo);
      return entriesBelow(tx, undo, null);
    });
    return { entries, undone: await takeBackInSlices(undo, entries) };
  }
}

interface Undo {
  readonly app: Application;
  readonly identity: Identity;
  readonly changeSetId: ChangeSetId;
  readonly undoId: ChangeSetId;
}

async function beginUndo(tx: Tx, { identity, changeSetId, undoId }: Undo): Promise<void> {
  const found = await queryOne<{ label: string | null; undone_by: string | null; undoes: string | null }>(
    tx,
    sql`
      SELECT c.label, c.undone_by, c.undoes
      FROM change_sets c
      WHERE c.workspace_id = ${identity.workspaceId}::uuid AND c.id = ${changeSetId}::uuid`,
  );
  if (!found) throw new SatchelError('not_found', 'This change is not known.');
  if (found.undone_by) throw new SatchelError('conflict', 'This change was undone already.');
  await openChangeSet(tx, identity, undoId, {
    label: undoLabel(found.label, found.undoes),
    undoes: changeSetId,
  });
  const marked = await executeStatement(
    tx,
    sql`
      UPDATE change_sets c
      SET undone_by = ${undoId}::uuid
      WHERE c.workspace_id = ${identity.workspaceId}::uuid AND c.id = ${changeSetId}::uuid AND c.undone_by IS NULL`,
  );
  if (marked === 0)
    throw new SatchelError('forbidden', 'Your role does not allow you to undo changes of others.');
  // Redone: what was undone can be undone again.
  if (found.undoes) {
    await executeStatement(
      tx,
      sql`
        UPDATE change_sets c
        SET undone_by = NULL
        WHERE c.workspace_id = ${identity.workspaceId}::uuid AND c.id = ${found.undoes}::uuid`,
    );
  }
}

function undoLabel(label: string | null, undoes: string | null): string {
  if (label === null) return undoes ? 'Redid a change' : 'Undid a change';
  return undoes ? label.replace(/^Undid: /, 'Redid: ') : `Undid: ${label.replace(/^Redid: /, '')}`;
}

/** The next entries below `below`, newest first; the changes of one record by one statement are not torn apart. */
async function entriesBelow(
  tx: Tx,
  { identity, changeSetId }: Undo,
  below: bigint | null,
): Promise<readonly Entry[]> {
  const entries = await queryRows<Entry>(
    tx,
    sql`
      SELECT h.seq, h.object, h.record_id, h.operation::text AS operation, h.field
      FROM field_history h
      WHERE h.workspace_id = ${identity.workspaceId}::uuid AND h.change_set_id = ${changeSetId}::uuid
        ${below === null ? sql`` : sql`AND h.seq < ${below}::bigint`}
      ORDER BY h.seq DESC
      LIMIT ${entriesPerSlice}`,
  );
  if (entries.length < entriesPerSlice) return entries;
  const last = entries.at(-1)?.record_id;
  const whole = entries.filter((entry) => entry.record_id !== last);
  return whole.length > 0 ? whole : entries;
}

/**
 * Takes entries back in a transaction of their own. Where the database refuses (an old reference is gone for good, a
 * rule was made since), they are halved until what cannot be taken back stands alone; that is skipped.
 */
async function takeBackInSlices(undo: Undo, entries: readonly Entry[]): Promise<number> {
  if (entries.length === 0) return 0;
  try {
    return await undo.app.engine.transaction(
      { as: undo.identity, priority: 'background', label: 'undo' },
      async (tx) => {
        await continueChangeSet(tx, undo.undoId);
        return takeBack(tx, undo, entries);
      },
    );
  } catch (error) {
    const records = [...new Set(entries.map((entry) => entry.record_id))];
    if (!isRefusal(error)) throw error;
    if (records.length < 2) return 0;
    const firstHalf = new Set(records.slice(0, Math.ceil(records.length / 2)));
    const first = entries.filter((entry) => firstHalf.has(entry.record_id));
    const second = entries.filter((entry) => !firstHalf.has(entry.record_id));
    return (await takeBackInSlices(undo, first)) + (await takeBackInSlices(undo, second));
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof SatchelError && ['invalid', 'conflict', 'forbidden'].includes(error.code);
}

/** @returns the number of changes taken back */
async function takeBack(tx: Tx, undo: Undo, entries: readonly Entry[]): Promise<number> {
  const { identity, changeSetId } = undo;
  let undone = 0;
  for (const table of undoableTables) {
    const ofTable = entries.filter((entry) => entry.object === table);
    const [newest, oldest] = [ofTable.at(0), ofTable.at(-1)];
    if (!newest || !oldest) continue;
    const range = {
      from: oldest.seq,
      to: newest.seq,
      recordIds: [...new Set(ofTable.map((entry) => entry.record_id))],
    };
    const columns = await knownColumns(tx, table, ofTable);
    if (columns.length > 0) {
      const rows = await queryRows<{ fields: number }>(
        tx,
        revertFieldsQuery(identity, changeSetId, table, columns, range),
      );
      undone += rows.reduce((sum, row) => sum + row.fields, 0);
    }
    if (ofTable.some((entry) => entry.operation === 'insert')) {
      undone += await executeStatement(tx, trashMadeQuery(identity, changeSetId, table, range));
    }
  }
  return undone;
}

/** The fields in the entries that are columns of the table: what the history calls a field was one when it was written. */
async function knownColumns(tx: Tx, table: string, entries: readonly Entry[]): Promise<string[]> {
  const fields = [...new Set(entries.map((entry) => entry.field).filter((field) => field !== null))];
  if (fields.length === 0) return [];
  const columns = await queryRows<{ name: string }>(
    tx,
    sql`
      SELECT a.attname::text AS name
      FROM pg_attribute a
      WHERE a.attrelid = ${`public.${table}`}::regclass AND a.attnum > 0 AND NOT a.attisdropped
        AND a.attgenerated = '' AND a.attname = ANY(${list(fields)}::text[])
      ORDER BY a.attnum`,
  );
  return columns.map((column) => column.name);
}

/** A field that several statements of the change set changed counts once, and so does a record made or removed. */
function countChanges(entries: readonly Entry[]): number {
  return new Set(
    entries.map((entry) => `${entry.object} ${entry.record_id} ${entry.field ?? entry.operation}`),
  ).size;
}
