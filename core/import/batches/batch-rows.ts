import type { Identity, Tx } from '#db/engine/types.ts';
import { returning, typed } from '#db/row.ts';
import type { ImportPlan } from '#shared/contract/imports.ts';
import { SatchelError } from '#shared/errors.ts';
import type { ImportBatchId } from '#shared/ids.ts';
import { type Message, say } from '#shared/message.ts';
import { Tally, type TallyFacts } from '../run/tally.ts';
import { batchPlanSchema, batchStateSchema, type Cursor, startCursor } from './batch-state.ts';

/** The row of an import in `import_batches`. */

export async function insertBatch(
  tx: Tx,
  identity: Identity,
  id: ImportBatchId,
  plan: ImportPlan,
  startedAt: string,
): Promise<void> {
  const imported = plan.files.filter(({ object }) => object !== null);
  const rowCounts = imported.map(({ rowCount }) => rowCount);
  const rowsTotal = rowCounts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
  await tx.execute(
    `INSERT INTO import_batches
       (workspace_id, id, user_id, file_names, objects, status, mapping, options, counts, rows_total, started_at)
     VALUES ($1, $2, $3, $4, $5, 'running', $6, $7, $8, $9, $10)`,
    [
      identity.workspaceId,
      id,
      identity.userId,
      imported.map(({ fileName }) => fileName),
      [...new Set(imported.map(({ object }) => object))],
      { plan },
      { cursor: startCursor() },
      { ...new Tally().facts() },
      rowsTotal,
      startedAt,
    ],
  );
}

/** Writes where an import stands, in the transaction of the slice that brought it there. */
export async function saveProgress(
  tx: Tx,
  identity: Identity,
  id: ImportBatchId,
  cursor: Cursor,
  tally: Tally,
): Promise<void> {
  const totals = tally.totals();
  await tx.execute(
    `UPDATE import_batches
     SET options = $3, counts = $4, created_count = $5, updated_count = $6, skipped_count = $7, failed_count = $8
     WHERE workspace_id = $1 AND id = $2`,
    [
      identity.workspaceId,
      id,
      { cursor },
      { ...tally.facts() },
      totals.created,
      totals.updated,
      totals.skipped,
      totals.failed,
    ],
  );
}

export type BatchEnd =
  | { readonly status: 'completed' | 'cancelled' }
  | { readonly status: 'failed'; readonly error: Message };

export async function endBatch(
  tx: Tx,
  identity: Identity,
  id: ImportBatchId,
  end: BatchEnd,
  at: string,
  errorFile: string | null,
): Promise<void> {
  await tx.execute(
    `UPDATE import_batches
     SET status = $3::import_status, finished_at = $4, error_message = $5::jsonb, error_file = $6
     WHERE workspace_id = $1 AND id = $2`,
    [
      identity.workspaceId,
      id,
      end.status,
      at,
      end.status === 'failed' ? JSON.stringify(end.error) : null,
      errorFile,
    ],
  );
}

export async function setStatus(
  tx: Tx,
  identity: Identity,
  id: ImportBatchId,
  status: 'running' | 'reverting',
): Promise<void> {
  await tx.execute(
    `UPDATE import_batches SET status = $3::import_status, error_message = NULL WHERE workspace_id = $1 AND id = $2`,
    [identity.workspaceId, id, status],
  );
}

export interface StoredBatch {
  readonly status: string;
  readonly plan: ImportPlan;
  readonly cursor: Cursor;
  readonly tally: Tally;
}

/** @throws SatchelError `not_found` */
export async function readBatch(tx: Tx, identity: Identity, id: ImportBatchId): Promise<StoredBatch> {
  const [row] = await tx.rows(
    returning({
      status: 'import_batches.status',
      mapping: 'import_batches.mapping',
      options: 'import_batches.options',
      counts: typed<Partial<TallyFacts>>('import_batches.counts'),
    }),
    `SELECT status, mapping, options, counts FROM import_batches WHERE workspace_id = $1 AND id = $2`,
    [identity.workspaceId, id],
  );
  if (!row) throw new SatchelError('not_found', say`There is no such import.`);
  return {
    status: row.status,
    plan: batchPlanSchema.parse(row.mapping).plan,
    cursor: batchStateSchema.parse(row.options).cursor,
    tally: Tally.from(row.counts),
  };
}
