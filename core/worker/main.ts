import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { type OpenedApplication, openApplication } from '#core/application.ts';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import { router } from '../router.ts';
import { damagedServer } from './damaged.ts';
import type { ErrorFacts, FromWorker, ToWorker, WorkerSettings } from './messages.ts';
import { connectionServer, type ServeConnection } from './serve-connection.ts';

/**
 * The worker thread: it owns the engine and all of the application, so that nothing here can block a window. It opens
 * the directory, serves the ports that the host hands it, and ends when told to.
 */
const host = parentPort;
if (!host) throw new Error('This is the entry of a worker thread.');
const settings = workerData as WorkerSettings;
const ports = new Set<MessagePort>();
const restartCheckMs = 1_000;

let application: OpenedApplication | undefined;
let serve: ServeConnection;
try {
  application = await openApplication({ dataDir: settings.dataDir });
  serve = applicationServer(application);
  listen();
  watchNeedOfRestart(application.needsRestart);
  tell({ type: 'opened', damaged: false });
} catch (error) {
  const facts = errorFacts(error);
  if (facts.code === 'corrupt') {
    const damaged = damagedServer(settings.dataDir, facts.said);
    serve = damaged.serve;
    listen();
    watchNeedOfRestart(damaged.needsRestart);
    tell({ type: 'opened', damaged: true });
  } else {
    tell({ type: 'failed', error: facts });
  }
}

function applicationServer({ app, identity }: OpenedApplication): ServeConnection {
  return connectionServer(
    router,
    { app, identity },
    app.log,
    () => new SatchelError('not_found', say`This version of Satchel does not know that request.`),
  );
}

/** Asked for once: the host then ends this worker, and its callers connect to the next. */
function watchNeedOfRestart(needsRestart: () => boolean): void {
  const timer = setInterval(() => {
    if (!needsRestart()) return;
    clearInterval(timer);
    application?.app.log.warn({}, 'The worker is replaced: the database stopped or its memory grew');
    tell({ type: 'restart_wanted' });
  }, restartCheckMs);
  timer.unref();
}

function listen(): void {
  host?.on('message', (message: ToWorker) => {
    if (message.type === 'connect') {
      ports.add(message.port);
      message.port.on('close', () => ports.delete(message.port));
      serve(message.port);
    } else {
      void end();
    }
  });
}

/** Callers first, so that nothing new begins; then the engine, which writes its checkpoint. */
async function end(): Promise<void> {
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
