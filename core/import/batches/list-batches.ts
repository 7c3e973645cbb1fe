import type { Identity, Tx } from '#db/engine/types.ts';
import { nullable, type RowValue, returning, text, timestamptz, typed } from '#db/row.ts';
import { type ImportBatch, importBatchStatusSchema } from '#shared/contract/imports.ts';
import type { ImportBatchId } from '#shared/ids.ts';
import { messageSchema } from '#shared/message.ts';
import { errorFileReports } from '../run/error-files.ts';
import type { TallyFacts } from '../run/tally.ts';
import { batchDirectory } from './batch-paths.ts';
import { batchStateSchema } from './batch-state.ts';

const batchRow = returning({
  id: typed<ImportBatchId>('import_batches.id'),
  file_names: 'import_batches.file_names',
  status: 'import_batches.status',
  counts: typed<Partial<TallyFacts>>('import_batches.counts'),
  options: 'import_batches.options',
  error_message: 'import_batches.error_message',
  started_at: timestamptz,
  finished_at: 'import_batches.finished_at',
  reverted_at: 'import_batches.reverted_at',
  user_name: nullable(text),
});

/** The imports that the person may see, newest first. */
export async function listBatches(
  tx: Tx,
  identity: Identity,
  limit: number,
  where: { readonly dataDir: string; readonly isRunning: (id: ImportBatchId) => boolean },
): Promise<ImportBatch[]> {
  const rows = await tx.rows(
    batchRow,
    `SELECT b.id, b.file_names, b.status, b.counts, b.options, b.error_message,
       coalesce(b.started_at, b.created_at) AS started_at, b.finished_at, b.reverted_at,
       coalesce(u.full_name, u.email) AS user_name
     FROM import_batches AS b
     LEFT JOIN users AS u ON u.workspace_id = b.workspace_id AND u.id = b.user_id
     WHERE b.workspace_id = $1
     ORDER BY b.created_at DESC, b.id DESC
     LIMIT $2`,
    [identity.workspaceId, limit],
  );
  return rows.map((row) => batchOf(row, where));
}

function batchOf(
  row: RowValue<typeof batchRow>,
  { dataDir, isRunning }: { readonly dataDir: string; readonly isRunning: (id: ImportBatchId) => boolean },
): ImportBatch {
  const isInterrupted = (row.status === 'running' || row.status === 'pending') && !isRunning(row.id);
  const status = importBatchStatusSchema.parse(isInterrupted ? 'interrupted' : row.status);
  const state = batchStateSchema.safeParse(row.options);
  return {
    id: row.id,
    fileNames: row.file_names,
    status,
    counts: row.counts.counts ?? {},
    userName: row.user_name,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    revertedAt: row.reverted_at,
    error: messageSchema.safeParse(row.error_message).data ?? null,
    errorFiles: errorFileReports(batchDirectory(dataDir, row.id), state.data?.cursor.errorFiles ?? []),
    canRevert: status !== 'running' && status !== 'reverted',
    canResume: state.success && ['interrupted', 'cancelled', 'failed'].includes(status),
  };
}
