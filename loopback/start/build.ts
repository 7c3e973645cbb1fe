import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isCheckout, rootDirectory } from '../locations.ts';

/** What can be built: by which runs of Vite, and again when anything in `sources` is newer than the last build. */
interface Target {
  readonly builds: readonly { readonly configFile: string; readonly mode?: string }[];
  readonly sources: readonly string[];
}

const targets = {
  renderer: {
    builds: [{ configFile: 'renderer/vite.config.ts' }],
    sources: ['renderer', 'shared', 'package-lock.json'],
  },
  electron: {
    builds: [
      { configFile: 'vite.node.config.ts', mode: 'electron' },
      { configFile: 'vite.node.config.ts', mode: 'preload' },
    ],
    sources: ['electron', 'core', 'db', 'shared', 'package-lock.json', 'vite.node.config.ts'],
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
  const { builds, sources } = targets[name];
  const stamp = path.join(rootDirectory, 'dist', `.${name}-built`);
  const builtAt = await modifiedAt(stamp);
  const newest = Math.max(
    ...(await Promise.all(sources.map((source) => newestIn(path.join(rootDirectory, source))))),
  );
  if (builtAt > newest) return;
  onBuild();
  // Only a checkout has Vite; naming it here statically would make the installed command need it.
  const { build } = await import('vite');
  for (const { configFile, ...options } of builds) {
    await build({ ...options, configFile: path.join(rootDirectory, configFile), logLevel: 'error' });
  }
  await mkdir(path.dirname(stamp), { recursive: true });
  await writeFile(stamp, '');
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
