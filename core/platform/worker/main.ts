import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { WorkspaceStatus } from '#shared/contract/workspace.ts';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import { type OpenedApplication, openApplication } from '../../application.ts';
import type { CallContext } from '../../procedures.ts';
import { router } from '../../router.ts';
import { damagedServer } from './damaged.ts';
import { HostPorts } from './host-ports.ts';
import type { ErrorFacts, FromWorker, ToWorker, WorkerSettings } from './messages.ts';
import { type ConnectionServer, connectionServer } from './serve-connection.ts';
import { upgradingServer } from './upgrading.ts';

/**
 * The worker thread: it owns the engine and all of the application, so that nothing here can block a window. It opens
 * the directory, serves the ports that the host hands it (those that came before are served once it is open), and ends
 * when told to.
 */
const host = parentPort;
if (!host) throw new Error('This is the entry of a worker thread.');
const settings = workerData as WorkerSettings;
const ports = new Set<MessagePort>();
const restartCheckMs = 1_000;

let application: OpenedApplication | undefined;
let restartCheck: NodeJS.Timeout | undefined;
const compiled = Promise.withResolvers<WebAssembly.Module>();
let upgrade: WorkspaceStatus | undefined;
const upgrading = upgradingServer(
  () => upgrade ?? { state: 'upgrading', step: 'preparing', done: 0, total: 1 },
);
/** What the callers meanwhile are served by: otherwise they wait until all is open. */
const upgradeBegan = Promise.withResolvers<ConnectionServer>();
host.on('message', (message: ToWorker) => void obey(message));
const hostPorts = new HostPorts(tell);
const opening = open();

async function open(): Promise<ConnectionServer> {
  try {
    application = await openApplication({
      ...settings,
      ports: hostPorts.ports,
      compiled: compiled.promise,
      onClaimed: () => tell({ type: 'claimed' }),
      onUpgrade: (progress) => {
        upgrade = { state: 'upgrading', ...progress };
        upgradeBegan.resolve(upgrading);
      },
    });
    endUpgrade();
    watchNeedOfRestart(application.needsRestart);
    tell({ type: 'opened', damaged: false });
    void application.services.runner.start();
    return applicationServer(application);
  } catch (error) {
    endUpgrade();
    const facts = errorFacts(error);
    if (facts.code !== 'corrupt') {
      tell({ type: 'failed', error: facts });
      process.exit(1);
    }
    const damaged = damagedServer(settings.dataDir, facts.said);
    watchNeedOfRestart(damaged.needsRestart);
    tell({ type: 'opened', damaged: true });
    return damaged.server;
  }
}

/** Who was served meanwhile connects again, and is served by the application. */
function endUpgrade(): void {
  if (!upgrade) return;
  upgrade = undefined;
  for (const port of ports) port.close();
}

function applicationServer({ app, storage, identity, services }: OpenedApplication): ConnectionServer {
  const context: CallContext = { app, storage, identity, services, pace: 'background' };
  return connectionServer(
    router,
    context,
    app.log,
    () => new SatchelError('not_found', say`This version of Satchel does not know that request.`),
  );
}

/** Asked for once: the host then ends this worker, and the next one serves its callers. */
function watchNeedOfRestart(needsRestart: () => boolean): void {
  restartCheck = setInterval(() => {
    if (!needsRestart()) return;
    clearInterval(restartCheck);
    application?.app.log.warn({}, 'The worker is replaced: the database stopped or its memory grew');
    tell({ type: 'restart_wanted' });
  }, restartCheckMs);
  restartCheck.unref();
}

async function obey(message: ToWorker): Promise<void> {
  switch (message.type) {
    case 'compiled':
      compiled.resolve(message.module);
      return;
    case 'connect': {
      const { port } = message;
      ports.add(port);
      port.on('close', () => ports.delete(port));
      (await Promise.race([opening, upgradeBegan.promise])).serve(port);
      return;
    }
    case 'port_answer':
      hostPorts.take(message);
      return;
    case 'hand_over':
      await (await opening).finish();
      tell({ type: 'handed_over' });
      return end();
    case 'close':
      // Nothing of it is used before it is whole, and minutes may be left.
      if (upgrade) process.exit(0);
      await opening;
      return end();
    default:
      message satisfies never;
  }
}

/** Callers first, so that nothing new begins; then the engine, which writes its checkpoint. */
async function end(): Promise<void> {
  clearInterval(restartCheck);
  for (const port of ports) port.close();
  try {
    await application?.close();
  } finally {
    process.exit(0);
  }
}

function tell(message: FromWorker): void {
  host?.postMessage(message);
}

function errorFacts(error: unknown): ErrorFacts {
  if (error instanceof SatchelError) {
    return { code: error.code, said: error.said, details: error.details };
  }
  const description = error instanceof Error ? error.message : String(error);
  return { code: 'internal', said: say`Satchel could not open its data: ${description}`, details: {} };
}
