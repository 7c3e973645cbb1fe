import type { ChangeSource, Identity, Tx } from '#db/engine/types.ts';
import { sql } from '#db/sql.ts';
import { type ChangeSetId, changeSetIdSchema, type ImportBatchId } from '#shared/ids.ts';
import type { Message } from '#shared/message.ts';
import type { IdSource } from '#shared/runtime.ts';
import { callFunction } from './statement.ts';

/** One business action in the history: what the toast that offers to undo it says. */
export interface ChangeSetFacts {
  readonly label: Message;
  /** `system` for what follows from the rows of an import without being in any of them. */
  readonly source?: ChangeSource;
  readonly importBatchId?: ImportBatchId;
  /** The change set that this one takes back. */
  readonly undoes?: ChangeSetId;
}

export function newChangeSetId(ids: IdSource): ChangeSetId {
  return changeSetIdSchema.parse(ids.next());
}

/** Makes the change set; what the transaction changes from here on belongs to it. */
export async function openChangeSet(
  tx: Tx,
  identity: Identity,
  id: ChangeSetId,
  facts: ChangeSetFacts,
): Promise<void> {
  await callFunction(
    tx,
    sql`
      WITH made AS (
        INSERT INTO change_sets (workspace_id, id, user_id, source, label, undoes, import_batch_id)
        VALUES (
          ${identity.workspaceId}::uuid, ${id}::uuid, ${identity.userId}::uuid,
          ${facts.source ?? 'person'}::change_source, ${JSON.stringify(facts.label)}::jsonb, ${facts.undoes ?? null}::uuid,
          ${facts.importBatchId ?? null}::uuid
        )
        RETURNING id
      )
      SELECT satchel.continue_change_set(m.id) FROM made m`,
  );
}

/** A further transaction of an action that is done in slices. */
export async function continueChangeSet(tx: Tx, id: ChangeSetId): Promise<void> {
  await callFunction(tx, sql`SELECT satchel.continue_change_set(${id}::uuid)`);
}
