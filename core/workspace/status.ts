import type { Engine, Identity, Tx } from '#db/engine/types.ts';
import { bool, jsonb, nullable, returning, text } from '#db/row.ts';
import { type Person, personSchema, type WorkspaceStatus } from '#shared/contract/workspace.ts';
import { SatchelError } from '#shared/errors.ts';
import { userIdSchema } from '#shared/ids.ts';
import { say } from '#shared/message.ts';
import { definitionOf, type ObjectName, objectNames } from '#shared/objects/objects.ts';
import { fold } from '#shared/text/fold.ts';
import { demoSetting } from '../demo/demo-setting.ts';

type Scope = 'own' | 'team' | 'all';

/** What the app opens with: the workspace, who works in it and what they may do; or the first run. */
export async function workspaceStatus(engine: Engine, identity: Identity | null): Promise<WorkspaceStatus> {
  if (!identity) return { state: 'first_run' };
  return engine.transaction({ as: identity, readOnly: true, label: 'workspace status' }, async (tx) => {
    const [row] = await tx.rows(
      returning({
        name: 'workspaces.name',
        currency: 'workspaces.currency',
        timezone: 'workspaces.timezone',
        locale: 'workspaces.locale',
        is_demo: bool,
        permissions: nullable(jsonb<Record<string, Scope>>()),
      }),
      `SELECT w.name, w.currency, w.timezone, w.locale,
         EXISTS (SELECT FROM settings s WHERE s.workspace_id = w.id AND s.key = $2) AS is_demo,
         (SELECT jsonb_object_agg(g.permission_name, g.scope)
          FROM (SELECT p.permission_name, max(rp.scope) AS scope
                FROM user_roles ur
                JOIN role_permissions rp USING (workspace_id, role_id)
                JOIN permissions p ON p.workspace_id = rp.workspace_id AND p.id = rp.permission_id
                WHERE ur.workspace_id = w.id AND ur.user_id = $3
                GROUP BY p.permission_name) AS g) AS permissions
       FROM workspaces w
       WHERE w.id = $1`,
      [identity.workspaceId, demoSetting, identity.userId],
    );
    const [person] = await selectPeople(tx, 'u.id = $2', [identity.workspaceId, identity.userId]);
    if (!row || !person) {
      throw new SatchelError('forbidden', say`You have no access to this workspace any more.`);
    }
    return {
      state: 'ready',
      workspace: {
        id: identity.workspaceId,
        name: row.name,
        currency: row.currency,
        timezone: row.timezone,
        locale: row.locale,
        isDemo: row.is_demo,
      },
      person,
      permissions: contractPermissions(row.permissions ?? {}),
    };
  });
}

/** The database names permissions by one record (`contact:delete`), the contract by the object (`contacts:delete`). */
const objectOf = new Map<string, ObjectName>(objectNames.map((name) => [definitionOf(name).singular, name]));

function contractPermissions(stored: Record<string, Scope>): Record<string, Scope> {
  return Object.fromEntries(
    Object.entries(stored).map(([name, scope]) => {
      const [object = '', action = ''] = name.split(':');
      return [`${objectOf.get(object) ?? object}:${action}`, scope];
    }),
  );
}

/** People of the workspace by name, those who left last. */
export async function listPeople(engine: Engine, identity: Identity, search: string): Promise<Person[]> {
  return engine.transaction({ as: identity, readOnly: true, label: 'people' }, (tx) =>
    selectPeople(
      tx,
      `($2 = '' OR satchel.fold(coalesce(u.full_name, concat_ws(' ', u.first_name, u.last_name)))
                   LIKE '%' || $2 || '%')`,
      [identity.workspaceId, fold(search).replaceAll(/[\\%_]/g, String.raw`\$&`)],
    ),
  );
}

async function selectPeople(
  tx: Pick<Tx, 'rows'>,
  condition: string,
  params: readonly string[],
): Promise<Person[]> {
  const rows = await tx.rows(
    returning({
      id: 'users.id',
      full_name: text,
      email: 'users.email',
      team_name: nullable('teams.name'),
      is_active: 'users.is_active',
    }),
    `SELECT u.id,
       coalesce(u.full_name, nullif(concat_ws(' ', u.first_name, u.last_name), ''), u.email) AS full_name,
       u.email, t.name AS team_name, u.is_active
     FROM users u
     LEFT JOIN teams t ON t.workspace_id = u.workspace_id AND t.id = u.team_id AND t.deleted_at IS NULL
     WHERE u.workspace_id = $1 AND u.deleted_at IS NULL AND ${condition}
     ORDER BY u.is_active DESC, full_name, u.id
     LIMIT 500`,
    params,
  );
  return rows.map((row) =>
    personSchema.parse({
      id: userIdSchema.parse(row.id),
      fullName: row.full_name,
      email: row.email,
      teamName: row.team_name,
      isActive: row.is_active,
    }),
  );
}
