import { returning } from '#db/row.ts';
import { sql } from '#db/sql.ts';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import type { Application, Identity } from '../context.ts';
import { newChangeSetId, openChangeSet } from '../data/change-set.ts';
import { queryOne } from '../data/statement.ts';

export interface WorkspaceSettings {
  readonly name: string;
  readonly currency: string;
  readonly timezone: string;
  readonly locale: string;
}

/**
 * Changes what is given of the workspace's name, currency, time zone and locale.
 * @throws SatchelError `forbidden`
 */
export async function changeWorkspace(
  app: Application,
  identity: Identity,
  { name, currency, timezone, locale }: { readonly [Key in keyof WorkspaceSettings]?: string | undefined },
): Promise<WorkspaceSettings> {
  return app.engine.transaction({ as: identity, label: 'change workspace' }, async (tx) => {
    await openChangeSet(tx, identity, newChangeSetId(app.ids), { label: say`Changed the workspace` });
    const changed = await queryOne(
      tx,
      returning({
        name: 'workspaces.name',
        currency: 'workspaces.currency',
        timezone: 'workspaces.timezone',
        locale: 'workspaces.locale',
      }),
      sql`
        UPDATE workspaces w
        SET name = coalesce(${name ?? null}, w.name), currency = coalesce(${currency ?? null}, w.currency),
          timezone = coalesce(${timezone ?? null}, w.timezone), locale = coalesce(${locale ?? null}, w.locale)
        WHERE w.id = ${identity.workspaceId}::uuid
        RETURNING w.name, w.currency, w.timezone, w.locale`,
    );
    if (!changed) {
      throw new SatchelError('forbidden', say`Your role does not allow you to change the workspace.`);
    }
    return changed;
  });
}
