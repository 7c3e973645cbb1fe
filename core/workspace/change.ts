import { sql } from '#db/sql.ts';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import type { Application, Identity } from '../context.ts';
import { newChangeSetId, openChangeSet } from '../data/change-set.ts';
import { executeStatement } from '../data/statement.ts';

/**
 * Renames the workspace, or chooses the currency of amounts that name none.
 * @throws SatchelError `forbidden`
 */
export async function changeWorkspace(
  app: Application,
  identity: Identity,
  { name, currency }: { readonly name: string; readonly currency: string },
): Promise<void> {
  await app.engine.transaction({ as: identity, label: 'change workspace' }, async (tx) => {
    await openChangeSet(tx, identity, newChangeSetId(app.ids), { label: say`Changed the workspace` });
    const changed = await executeStatement(
      tx,
      sql`UPDATE workspaces w SET name = ${name}, currency = ${currency} WHERE w.id = ${identity.workspaceId}::uuid`,
    );
    if (changed === 0) {
      throw new SatchelError('forbidden', say`Your role does not allow you to change the workspace.`);
    }
  });
}
