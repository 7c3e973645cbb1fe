import { returning } from '#db/row.ts';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import { machineRegion } from '#shared/time-zones.ts';
import type { Application } from '../context.ts';

export interface NewWorkspace {
  readonly name: string;
  readonly personName: string;
  readonly currency: string;
  /** Those of this machine, unless given. */
  readonly timezone?: string | undefined;
  readonly locale?: string | undefined;
}

/**
 * Sets up this data directory's workspace: its person (an administrator), the roles and the stages, in one transaction.
 *
 * @throws SatchelError `conflict` when there is one already
 */
export async function createWorkspace(app: Application, workspace: NewWorkspace): Promise<void> {
  const machine = machineRegion();
  await app.engine.transaction({ as: 'system', source: 'system', label: 'create workspace' }, async (tx) => {
    const [existing] = await tx.rows(
      returning({ name: 'workspaces.name' }),
      'SELECT name FROM workspaces LIMIT 1',
    );
    if (existing) {
      throw new SatchelError(
        'conflict',
        say`This data directory already holds the workspace “${existing.name}”.`,
      );
    }
    await tx.query(
      `SELECT satchel.seed_workspace(
         workspace => $1, workspace_name => $2, person => $3, person_name => $4, workspace_currency => $5,
         workspace_timezone => $6, workspace_locale => $7)`,
      [
        app.ids.next(),
        workspace.name,
        app.ids.next(),
        workspace.personName,
        workspace.currency,
        workspace.timezone ?? machine.timezone,
        workspace.locale ?? machine.locale,
      ],
    );
  });
}
