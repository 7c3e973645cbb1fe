import path from 'node:path';
import type { Identity } from '#db/engine/types.ts';
import { holdsData } from '#db/start/inspect.ts';
import { openEngine } from '#db/start/open.ts';
import type { UpgradeProgress } from '#db/start/upgrade/upgrade-cluster.ts';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import { systemClock, systemIds, systemRandom } from '#shared/runtime.ts';
import type { Application, Storage } from './context.ts';
import { laterLog } from './log.ts';
import { explainRule } from './objects/broken-rules.ts';
import { nodePorts } from './platform/host/node-ports.ts';
import { WorkspaceKeys } from './platform/personal-keys.ts';
import type { Ports } from './platform/ports.ts';
import { type Services, servicesOf } from './services.ts';
import { storageOf } from './storage/storage-of.ts';
import { localIdentity } from './workspace/identity.ts';

/** The application on an open data directory. */
export interface OpenedApplication {
  readonly app: Application;
  /** Who sits at this computer; null until there is a workspace. */
  readonly identity: () => Promise<Identity | null>;
  /** Whether the worker should be replaced: the engine stopped, or holds memory that only a new worker gives back. */
  readonly needsRestart: () => boolean;
  readonly storage: Storage;
  /** They run once their runner is started, and stop when the application closes. */
  readonly services: Services;
  /** Finishes running work, writes a checkpoint, releases the directory. */
  close(): Promise<void>;
}

export interface OpenOptions {
  readonly dataDir: string;
  /** A directory that is not there is an error instead of a first start. */
  readonly mustExist?: boolean;
  /** Named to whoever finds the directory in use. */
  readonly program?: string;
  /** From `compileDatabase`, where another thread has it too. */
  readonly compiled?: Promise<WebAssembly.Module>;
  /** Told when no other process can open the directory any more, before it is opened. */
  readonly onClaimed?: () => void;
  /** Those of a plain Node process by default. */
  readonly ports?: Ports;
  /** See the engine's option. */
  readonly largeHeap?: number;
  /** Told while data of an earlier PostgreSQL is brought over, which takes minutes where there is much. */
  readonly onUpgrade?: (progress: UpgradeProgress) => void;
}

/**
 * Opens a data directory, or makes a new one.
 *
 * @throws SatchelError `conflict` when another process holds it, `corrupt` when it is damaged, `not_found` when it must
 *   exist and does not
 */
export async function openApplication(options: OpenOptions): Promise<OpenedApplication> {
  const dataDir = path.resolve(options.dataDir);
  if (options.mustExist && !holdsData(dataDir)) {
    throw new SatchelError(
      'not_found',
      say`There is no workspace in ${dataDir}. Create one with "satchel init".`,
    );
  }
  const log = laterLog(dataDir);
  const engine = await openEngine({
    dataDir,
    clock: systemClock,
    ids: systemIds,
    log,
    explain: explainRule,
    program: options.program ?? 'Satchel',
    ...(options.compiled && { compiled: options.compiled }),
    ...(options.onClaimed && { onClaimed: options.onClaimed }),
    ...(options.largeHeap !== undefined && { largeHeap: options.largeHeap }),
    ...(options.onUpgrade && { onUpgrade: options.onUpgrade }),
  });
  const identity = localIdentity(engine);
  const ports = options.ports ?? nodePorts(dataDir);
  const app: Application = {
    engine,
    clock: systemClock,
    ids: systemIds,
    random: systemRandom,
    log,
    ports,
    personal: new WorkspaceKeys(engine, ports.secrets),
    dataDir,
  };
  const services = servicesOf(app);
  return {
    app,
    identity: () => identity.current(),
    needsRestart: () => engine.needsRestart(),
    storage: storageOf(engine),
    services,
    close: async () => {
      await services.runner.stop();
      await engine.close();
    },
  };
}
