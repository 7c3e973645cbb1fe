import { createInterface } from 'node:readline';
import { launchHost } from '#core/platform/host/host.ts';
import { loadRendererFiles } from '#core/platform/host/renderer-files.ts';
import type { SatchelError } from '#shared/errors.ts';
import { rendererDirectory } from '../locations.ts';
import { type LoopbackServer, startLoopbackServer } from '../server/server.ts';
import { ensureBuilt } from './build.ts';

export interface ServeOptions {
  readonly dataDir: string;
  /** 0 for any free one. */
  readonly port: number;
  readonly signal: AbortSignal;
  /** A word for the person on what takes time. */
  readonly note: (line: string) => void;
  /** The server listens; open or print the address. */
  readonly onAddress: (server: LoopbackServer) => Promise<void>;
}

/**
 * The loopback shell, until `signal` aborts: the interface in a browser on this computer. Ends in order: the callers
 * first, then the engine, which writes its checkpoint.
 */
export async function serve(options: ServeOptions): Promise<void> {
  const failure = Promise.withResolvers<never>();
  const host = launchHost({
    dataDir: options.dataDir,
    onGivenUp: (error: SatchelError) => failure.reject(error),
  });
  try {
    await ensureBuilt('renderer', () => options.note('Building the interface …'));
    const [files] = await Promise.all([loadRendererFiles(rendererDirectory), host.claimed]);
    const server = await startLoopbackServer({ host, files, port: options.port });
    const stopOffering = offerNewAddress(server);
    try {
      // A window takes its time to open too; what its page asks is answered when the data is open.
      await Promise.all([options.onAddress(server), host.opened]);
      await Promise.race([aborted(options.signal), failure.promise]);
    } finally {
      stopOffering();
      await server.close();
    }
  } finally {
    await host.close();
  }
}

/** The address works once; a person who needs another presses Enter in the terminal. */
function offerNewAddress(server: LoopbackServer): () => void {
  if (!process.stdin.isTTY) return () => undefined;
  const lines = createInterface({ input: process.stdin });
  lines.on('line', () => process.stdout.write(`${server.issueAddress()}\n`));
  // Reading the terminal takes Ctrl+C away from the process; give it back.
  lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  return () => lines.close();
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
