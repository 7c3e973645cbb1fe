import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';

const entry = path.resolve('loopback/cli/main.ts');
const startedSchema = z.object({ address: z.url() });
/** For a start that hangs only. Building the interface may be part of it. */
const startMilliseconds = 20 * 60_000;

/** Satchel as a person starts it with `satchel serve`, on a data directory of its own. */
export interface RunningApp {
  /** Opens the app once; whoever opens it gets the cookie. */
  readonly address: string;
  readonly origin: string;
  readonly dataDir: string;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Ends it in order and removes the data directory. */
  stop(): Promise<void>;
}

/** @param at a data directory that is there already, and the origin of one that ended and is to run there again */
export async function startApp(at: { dataDir?: string; origin?: string } = {}): Promise<RunningApp> {
  const dataDir = at.dataDir ?? (await mkdtemp(path.join(tmpdir(), 'satchel-e2e-')));
  const port = at.origin === undefined ? [] : ['--port', new URL(at.origin).port];
  const child = spawn(process.execPath, [
    entry,
    'serve',
    '--data-dir',
    dataDir,
    '--no-open',
    '--json',
    ...port,
  ]);
  const address = await readAddress(child);
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const closed = once(child, 'close');
    child.kill(signal);
    await closed;
  };
  return {
    address,
    origin: new URL(address).origin,
    dataDir,
    kill: () => end('SIGKILL'),
    stop: async () => {
      await end('SIGINT');
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function readAddress(child: ChildProcessWithoutNullStreams): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    let complained = '';
    const timer = setTimeout(() => reject(new Error(`No address in time. ${complained}`)), startMilliseconds);
    child.stderr.on('data', (chunk: Buffer) => (complained += chunk.toString()));
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const document = completeJson(said);
      if (document === undefined) return;
      clearTimeout(timer);
      resolve(startedSchema.parse(document).address);
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      reject(new Error(`satchel serve ended with ${String(code)}. ${complained}`));
    });
  });
}

/** The document once all of it has arrived. */
function completeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
