import type { Identity, Tx } from '#db/engine/types.ts';
import type { ImportBatchId } from '#shared/ids.ts';
import type { Message } from '#shared/message.ts';
import type { Application } from '../../context.ts';

/**
 * Makes the change set of one slice of a batch; what the transaction changes from here on belongs to it. Its source is
 * `system` for what follows from the rows of an import without being in any of them.
 */
export async function openChangeSet(
  tx: Tx,
  batch: { readonly app: Application; readonly identity: Identity; readonly batchId: ImportBatchId },
  label: Message,
  source: 'import' | 'system' = 'import',
): Promise<void> {
  const { workspaceId, userId } = batch.identity;
  await tx.query(
    `WITH made AS (
       INSERT INTO change_sets (workspace_id, id, user_id, source, label, import_batch_id)
       VALUES ($1::uuid, $2::uuid, $3::uuid, $6::change_source, $4::jsonb, $5::uuid)
       RETURNING id
     )
     SELECT satchel.continue_change_set(id) FROM made`,
    [workspaceId, batch.app.ids.next(), userId, JSON.stringify(label), batch.batchId, source],
  );
}
