import { spawn } from 'node:child_process';
import { access, constants, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { SatchelError } from '#shared/errors.ts';
import { type Message, say } from '#shared/message.ts';
import { isCheckout, rootDirectory } from '../locations.ts';

/** What can be built: by which runs of Vite, and again when anything in `sources` is newer than the last build. */
interface Target {
  readonly builds: readonly (readonly string[])[];
  readonly sources: readonly string[];
  /** Written last. */
  readonly output: string;
}

const targets = {
  renderer: {
    builds: [['--config', 'renderer/vite.config.ts']],
    sources: ['renderer', 'shared', 'package-lock.json'],
    output: 'dist/renderer/index.html',
  },
  electron: {
    builds: [
      ['--config', 'vite.node.ts', '--mode', 'electron'],
      ['--config', 'vite.node.ts', '--mode', 'preload'],
    ],
    sources: ['electron', 'core', 'db', 'shared', 'package-lock.json', 'vite.node.ts'],
    output: 'dist/electron/preload.cjs',
  },
} satisfies Record<string, Target>;

/**
 * Builds a part of the application in a checkout, where its sources are newer than its build. Where Satchel is
 * installed everything is built.
 *
 * @param onBuild told before a build begins, which takes some seconds
 */
export async function ensureBuilt(name: keyof typeof targets, onBuild: () => void): Promise<void> {
  if (!isCheckout) return;
  const { builds, sources, output } = targets[name];
  const builtAt = await modifiedAt(path.join(rootDirectory, output));
  const newest = Math.max(
    ...(await Promise.all(sources.map((source) => newestIn(path.join(rootDirectory, source))))),
  );
  if (builtAt > newest) return;
  await requireWritable(output);
  onBuild();
  for (const args of builds) await runVite(args);
}

/** A checkout that belongs to somebody else, or lies on a read-only disk. */
async function requireWritable(output: string): Promise<void> {
  let folder = path.dirname(path.join(rootDirectory, output));
  while ((await modifiedAt(folder)) === 0 && folder !== rootDirectory) folder = path.dirname(folder);
  await access(folder, constants.W_OK).catch((cause: unknown) => {
    throw new SatchelError(
      'invalid',
      say`The interface has to be built, and you may not write into ${folder}. Run "npm run build" as the owner of that folder, or use a copy of your own.`,
      { cause },
    );
  });
}

/** In a process of its own, which gives its memory back and may not change this one's working directory. */
function runVite(args: readonly string[]): Promise<void> {
  const vite = path.join(rootDirectory, 'node_modules', 'vite', 'bin', 'vite.js');
  const child = spawn(process.execPath, [vite, 'build', ...args, '--logLevel', 'error'], {
    cwd: rootDirectory,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new SatchelError('internal', buildFailure(said)));
    });
  });
}

/** Vite tells a failure over many lines; the first one that says something is enough here. */
function buildFailure(said: string): Message {
  const line = stripVTControlCharacters(said)
    .split('\n')
    .map((each) => each.trim())
    .find((each) => /[a-z]/i.test(each));
  return line
    ? say`The interface could not be built (${line}). "npm run build" shows all of it.`
    : say`The interface could not be built. "npm run build" shows all of it.`;
}

async function newestIn(entry: string): Promise<number> {
  const own = await modifiedAt(entry);
  const names = await readdir(entry, { recursive: true }).catch(() => []);
  const times = await Promise.all(names.map((name) => modifiedAt(path.join(entry, name))));
  return Math.max(own, ...times);
}

/** Milliseconds since the epoch; 0 where there is nothing. */
async function modifiedAt(file: string): Promise<number> {
  return (await stat(file).catch(() => undefined))?.mtimeMs ?? 0;
}
