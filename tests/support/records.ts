import { createRouterClient } from '@orpc/server';
import type { Application, Storage } from '#core/context.ts';
import { WorkspaceKeys } from '#core/platform/personal-keys.ts';
import { router } from '#core/router.ts';
import type { Engine, Identity } from '#db/engine/types.ts';
import { userIdSchema, workspaceIdSchema } from '#shared/ids.ts';
import { systemClock, systemIds, systemRandom } from '#shared/runtime.ts';
import { noStorage } from './no-storage.ts';
import { testPorts } from './ports.ts';
import { receivedOutput } from './received-output.ts';
import { testServices } from './services.ts';

/** An application on a test's engine. */
export function testApplication(engine: Engine, dataDir = '', ports = testPorts()): Application {
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  return {
    engine,
    clock: systemClock,
    ids: systemIds,
    random: systemRandom,
    log,
    ports,
    personal: new WorkspaceKeys(engine, ports.secrets),
    dataDir,
  };
}

/** A new workspace with its first person, an administrator. */
export async function seedWorkspace(engine: Engine, currency = 'USD'): Promise<Identity> {
  const identity = {
    workspaceId: workspaceIdSchema.parse(systemIds.next()),
    userId: userIdSchema.parse(systemIds.next()),
  };
  await engine.transaction({ as: 'system' }, (tx) =>
    tx.query('SELECT satchel.seed_workspace($1, $2, $3, $4, NULL, $5)', [
      identity.workspaceId,
      'Test firm',
      identity.userId,
      'Ada Admin',
      currency,
    ]),
  );
  return identity;
}

/** Another person of the workspace with one of the seeded roles. */
export async function addPerson(
  engine: Engine,
  workspace: Identity,
  name: string,
  role: 'Administrator' | 'Sales Manager' | 'Sales Representative',
): Promise<Identity> {
  const userId = userIdSchema.parse(systemIds.next());
  await engine.transaction({ as: 'system' }, async (tx) => {
    await tx.execute('INSERT INTO users (workspace_id, id, full_name) VALUES ($1, $2, $3)', [
      workspace.workspaceId,
      userId,
      name,
    ]);
    await tx.execute(
      `INSERT INTO user_roles (workspace_id, user_id, role_id)
       SELECT workspace_id, $2, id FROM roles WHERE workspace_id = $1 AND role_name = $3`,
      [workspace.workspaceId, userId, role],
    );
  });
  return { workspaceId: workspace.workspaceId, userId };
}

/** The contract as this person calls it, without a shell between. */
export function clientOf(app: Application, identity: Identity, storage: Storage = noStorage) {
  return createRouterClient(router, {
    context: {
      app,
      storage,
      identity: () => Promise.resolve(identity),
      services: testServices(app),
      pace: 'background',
    },
    interceptors: [receivedOutput],
  });
}
