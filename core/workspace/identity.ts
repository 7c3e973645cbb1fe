import type { Engine, Identity } from '#db/engine/types.ts';
import { returning, typed } from '#db/row.ts';
import type { UserId, WorkspaceId } from '#shared/ids.ts';

/** Who sits at this computer, looked up once: it changes only when the workspace is created. */
export interface LocalIdentity {
  /** Null until there is a workspace. */
  current(): Promise<Identity | null>;
}

export function localIdentity(engine: Engine): LocalIdentity {
  let known: Promise<Identity | null> | undefined;
  return {
    current() {
      known ??= findLocalPerson(engine).then(
        (identity) => {
          if (!identity) known = undefined;
          return identity;
        },
        (error: unknown) => {
          known = undefined;
          throw error;
        },
      );
      return known;
    },
  };
}

async function findLocalPerson(engine: Engine): Promise<Identity | null> {
  const [person] = await engine.transaction({ as: 'system', readOnly: true, label: 'identity' }, (tx) =>
    tx.rows(
      returning({ workspace_id: typed<WorkspaceId>('users.workspace_id'), id: typed<UserId>('users.id') }),
      `SELECT u.workspace_id, u.id
       FROM users u
       JOIN workspaces w ON w.id = u.workspace_id
       WHERE u.is_local AND u.deleted_at IS NULL
       ORDER BY w.created_at, w.id
       LIMIT 1`,
    ),
  );
  return person ? { workspaceId: person.workspace_id, userId: person.id } : null;
}
