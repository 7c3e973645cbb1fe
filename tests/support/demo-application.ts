import type { Application } from '#core/context.ts';
import { silentLog } from '#core/log.ts';
import { WorkspaceKeys } from '#core/platform/personal-keys.ts';
import { createWorkspace } from '#core/workspace/create.ts';
import { localIdentity } from '#core/workspace/identity.ts';
import type { Engine, Identity } from '#db/engine/types.ts';
import { systemClock, systemIds, systemRandom } from '#shared/runtime.ts';
import { testPorts } from './ports.ts';

/** An application over an engine, as the worker makes one, that keeps no log. */
export function applicationOver(engine: Engine, dataDir: string): Application {
  const ports = testPorts();
  const personal = new WorkspaceKeys(engine, ports.secrets);
  return {
    engine,
    dataDir,
    clock: systemClock,
    ids: systemIds,
    random: systemRandom,
    log: silentLog,
    ports,
    personal,
  };
}

/** Who works in the data directory's workspace, which is made if there is none. */
export async function personOf(app: Application, workspaceName: string): Promise<Identity> {
  const local = localIdentity(app.engine);
  const known = await local.current();
  if (known) return known;
  await createWorkspace(app, {
    name: workspaceName,
    personName: 'Robin Hale',
    currency: 'EUR',
    timezone: 'Europe/Berlin',
    locale: 'en-US',
  });
  const person = await local.current();
  if (!person) throw new Error('The new workspace has nobody in it.');
  return person;
}
