import type { Identity, Tx } from '#db/engine/types.ts';
import type { RevertForecast } from '#shared/contract/imports.ts';
import { SatchelError } from '#shared/errors.ts';
import { type ImportBatchId, recordIdSchema } from '#shared/ids.ts';
import { inEnglish, type Message, say } from '#shared/message.ts';
import type { Application } from '../../context.ts';
import { readReferrers } from '../../data/referrers.ts';
import { importModules } from '../../objects/import-modules.ts';
import {
  type CreatedRecord,
  foreseenFieldsQuery,
  foreseenRecordsQuery,
  foreseenTables,
  reasonToKeep,
} from './blockers.ts';
import { changedAgain, restoreStatement } from './restore.ts';

/** A page keeps the engine for well under 50 ms. */
const pageSize = 500;
const maxSamples = 20;
const firstId = '00000000-0000-0000-0000-000000000000';

/**
 * What the revert of an import will remove, restore and leave, and why, custom fields included as in its report. Reads only, in background slices.
 * @throws SatchelError `not_found`
 */
export async function foreseeRevert(
  app: Application,
  identity: Identity,
  batchId: ImportBatchId,
  signal?: AbortSignal,
): Promise<RevertForecast> {
  const { workspaceId } = identity;
  const read = <T>(work: (tx: Tx) => Promise<T>) =>
    app.engine.transaction(
      {
        as: identity,
        priority: 'background',
        readOnly: true,
        label: 'import: foresee revert',
        ...(signal && { signal }),
      },
      work,
    );
  const [batch] = await read((tx) =>
    tx.query<{ may_purge: boolean }>(
      `SELECT satchel.can('record:purge') AS may_purge FROM import_batches WHERE workspace_id = $1 AND id = $2`,
      [workspaceId, batchId],
    ),
  );
  if (!batch) throw new SatchelError('not_found', say`There is no such import.`);
  const mayPurge = batch.may_purge;
  const kept = new Map<string, { name: string; reason: Message }>();
  const removable = new Set<string>();

  for (const table of foreseenTables) {
    const referrers = await read((tx) => readReferrers(tx, table));
    const sql = foreseenRecordsQuery(table, { mayPurge, referrers }, pageSize);
    for (let after = firstId; ; ) {
      const rows = await read((tx) =>
        tx.query<CreatedRecord>(sql, [workspaceId, after, batchId, [...kept.keys()]]),
      );
      for (const row of rows) {
        const reason = reasonToKeep(row);
        if (reason) {
          kept.set(row.id, { name: row.name, reason });
          removable.delete(row.id);
        } else if (mayPurge || !row.is_trashed) removable.add(row.id);
      }
      const last = rows.at(-1);
      if (!last || rows.length < pageSize) break;
      after = last.id;
    }
  }

  const restored = await foreseeRestored(read, identity, batchId, kept);
  // Last, as the revert removes them: they go with their last value.
  const fields = await read((tx) =>
    tx.query<CreatedRecord>(foreseenFieldsQuery(mayPurge), [
      workspaceId,
      [...restored],
      batchId,
      [...kept.keys()],
    ]),
  );
  for (const field of fields) {
    const reason = reasonToKeep(field);
    if (reason) kept.set(field.id, { name: field.name, reason });
    else removable.add(field.id);
  }
  const reasons = new Map<string, { message: Message; records: number }>();
  for (const { reason } of kept.values()) {
    const known = reasons.get(inEnglish(reason));
    if (known) known.records += 1;
    else reasons.set(inEnglish(reason), { message: reason, records: 1 });
  }
  return {
    removed: removable.size,
    restored: restored.size,
    kept: kept.size,
    reasons: [...reasons.values()].sort((a, b) => b.records - a.records),
    keptSamples: [...kept].slice(0, maxSamples).map(([id, { name, reason }]) => ({
      id: recordIdSchema.parse(id),
      name,
      reason,
    })),
  };
}

/** Records that the import changed: those that get their values back; those that somebody changed again are added to `kept`. */
async function foreseeRestored(
  read: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>,
  { workspaceId }: Identity,
  batchId: ImportBatchId,
  kept: Map<string, { name: string; reason: Message }>,
): Promise<ReadonlySet<string>> {
  const sets = await read((tx) =>
    tx.query<{ id: string }>(
      `SELECT id::text AS id FROM change_sets
       WHERE workspace_id = $1 AND import_batch_id = $2 AND source IN ('import', 'system')`,
      [workspaceId, batchId],
    ),
  );
  const restored = new Set<string>();
  for (const { id: changeSet } of sets) {
    for (const module of importModules) {
      const rows = await read(async (tx) => {
        const changed = await tx.query<{ id: string }>(
          `SELECT DISTINCT h.record_id::text AS id FROM field_history AS h
           JOIN ${module.name} AS r ON r.workspace_id = $1 AND r.id = h.record_id
           WHERE h.workspace_id = $1 AND h.change_set_id = $2 AND h.object = $3 AND h.operation <> 'insert'
             AND r.import_batch_id IS DISTINCT FROM $4::uuid`,
          [workspaceId, changeSet, module.name, batchId],
        );
        if (changed.length === 0) return [];
        const ids = changed.map(({ id }) => id);
        return tx.query<{ id: string; is_kept: boolean; is_restored: boolean }>(
          restoreStatement(module, true),
          [workspaceId, batchId, ids],
        );
      });
      for (const { id, is_kept, is_restored } of rows) {
        if (is_restored) restored.add(id);
        if (is_kept) kept.set(id, { name: '', reason: changedAgain });
      }
    }
  }
  return restored;
}
