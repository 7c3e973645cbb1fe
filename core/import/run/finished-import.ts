import { newChangeSetId, openChangeSet } from '../../data/change-set.ts';
import type { FinishedImport } from '../../objects/import-module.ts';
import type { ImportContext } from './import-context.ts';
import { readInBackground } from './linking/look-up.ts';

/** What an object may read and change once all rows of an import are in; what it changes is reverted with the import. */
export function finishedImport(context: ImportContext, signal: AbortSignal): FinishedImport {
  const { app, identity, batchId } = context;
  return {
    identity,
    batchId,
    read: (row, sql, params) => readInBackground(context, signal, (tx) => tx.rows(row, sql, params)),
    async change(label, work) {
      signal.throwIfAborted();
      return app.engine.transaction(
        { as: identity, priority: 'background', source: 'system', signal, label: 'import: what follows' },
        async (tx) => {
          await openChangeSet(tx, identity, newChangeSetId(app.ids), {
            label,
            source: 'system',
            importBatchId: batchId,
          });
          return work(tx);
        },
      );
    },
  };
}
