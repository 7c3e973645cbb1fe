import { existsSync, readdirSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import type { Clock, IdSource } from '#shared/runtime.ts';
import { openCluster } from './cluster.ts';
import { copyTemplate } from './copy-template.ts';
import { syncDirectory, writeFileDurably } from './durable-write.ts';
import { directoryProblem, fileErrorCode } from './file-problems.ts';
import type { DataDirectory } from './layout.ts';

/** The layout of a data directory. A later layout is refused by an earlier Satchel. */
const formatVersion = 1;

export const installationSchema = z.object({
  format: z.number().int(),
  /** Of this installation; never copied from a template. */
  id: z.string(),
  /** Ends the stamps of the hybrid clock: unique per installation, digits and small letters. */
  node: z.string(),
  created: z.string(),
});
export type Installation = z.infer<typeof installationSchema>;

/** Makes the directory and its parents, such that a power cut does not take them away again. */
export async function makeDataDirectory(directory: DataDirectory): Promise<void> {
  refuseOtherCluster(directory);
  try {
    const first = await makeWithParents(directory.root);
    await mkdir(directory.files, { recursive: true, mode: 0o700 });
    await mkdir(directory.backups, { recursive: true, mode: 0o700 });
    if (first) syncDirectory(dirname(first));
    syncDirectory(directory.root);
  } catch (error) {
    throw directoryProblem(error, directory.root);
  }
}

/** What Satchel adds would be strange files inside somebody's database, often the `pg` of this very program. */
function refuseOtherCluster({ root }: DataDirectory): void {
  if (!existsSync(join(root, 'PG_VERSION'))) return;
  throw new SatchelError(
    'invalid',
    say`${root} is the inside of a PostgreSQL database. Choose another place for the data.`,
    { details: { directory: root } },
  );
}

/**
 * Returns the first directory that was missing. Node's own `recursive` never ends where the system says of a child that
 * its parent is missing although it is there, as in /proc.
 */
async function makeWithParents(path: string): Promise<string | undefined> {
  const missing: string[] = [];
  for (let at = resolve(path); !existsSync(at); at = dirname(at)) missing.push(at);
  for (const folder of missing.toReversed()) {
    await mkdir(folder, { mode: 0o700 }).catch((error: unknown) => {
      // Another process that starts at the same moment has made it.
      if (fileErrorCode(error) !== 'EEXIST' || !existsSync(folder)) throw error;
    });
  }
  if (missing.length === 0) await readdir(path);
  return missing.at(-1);
}

/** The beginnings of the names under which folders are made before they are renamed; what bears one is unfinished. */
export const unfinished = {
  cluster: 'pg.new-',
  /** A copy of a cluster of an earlier version, which is read for an upgrade. */
  reading: 'pg.reading-',
  files: 'files.new-',
} as const;

/**
 * Puts a cluster into a directory that has none: a copy of the template, or initdb. It is made under another name, synced
 * and renamed, so that a crash leaves no cluster or a whole one. Called with the lock held.
 */
export async function createCluster(
  directory: DataDirectory,
  template: string | undefined,
  ids: IdSource,
): Promise<void> {
  const temporary = join(directory.root, `${unfinished.cluster}${ids.next()}`);
  try {
    await makeCluster(temporary, template);
    await settleTree(temporary);
    await rename(temporary, directory.cluster);
    syncDirectory(directory.root);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error instanceof SatchelError ? error : directoryProblem(error, directory.root);
  }
}

/** A new cluster at `path`, not synced: a copy of the template where there is one, else by initdb. */
export async function makeCluster(path: string, template: string | undefined): Promise<void> {
  if (template) {
    await copyTemplate(template, path);
    return;
  }
  const { pg } = await openCluster(path, { isDurable: false });
  await pg.close();
}

/** Removes what a first start, a restore or an upgrade that was cut short has left. */
export async function removeUnfinished(directory: DataDirectory): Promise<void> {
  for (const name of await readdir(directory.root)) {
    if (isUnfinished(name)) await rm(join(directory.root, name), { recursive: true });
  }
}

export function isUnfinished(name: string): boolean {
  return Object.values(unfinished).some((prefix) => name.startsWith(prefix));
}

/** Whether there is data: an empty `pg` is as good as none, anything else must never be overwritten. */
export function hasCluster(directory: DataDirectory): boolean {
  return existsSync(directory.cluster) && readdirSync(directory.cluster).length > 0;
}

export function writeInstallation(directory: DataDirectory, clock: Clock, ids: IdSource): Installation {
  const id = ids.next();
  const installation: Installation = {
    format: formatVersion,
    id,
    // The random end of a UUIDv7: two installations made in the same millisecond still differ.
    node: id.replaceAll('-', '').slice(-16),
    created: new Date(clock.now()).toISOString(),
  };
  writeFileDurably(directory.identity, JSON.stringify(installation));
  return installation;
}

export function checkFormat(installation: Installation, directory: DataDirectory): void {
  if (installation.format <= formatVersion) return;
  throw new SatchelError(
    'conflict',
    say`The data directory ${directory.root} has the format ${installation.format} of a newer Satchel. Update Satchel on this machine. The data is untouched.`,
    { details: { directory: directory.root, format: installation.format } },
  );
}

/**
 * Syncs every file and directory from `root` on and closes them to other users (PGlite's are writable for everybody, the
 * template's are readable), a few at a time.
 */
export async function settleTree(root: string): Promise<void> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries.map((entry) => join(entry.parentPath, entry.name));
  const isSyncable = (index: number) => process.platform !== 'win32' || entries[index]?.isFile();
  const pending = [root, ...paths.filter((_path, index) => isSyncable(index))];
  const worker = async () => {
    for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
      const handle = await open(path, 'r');
      try {
        await handle.chmod((await handle.stat()).isDirectory() ? 0o700 : 0o600);
        await handle.sync();
      } finally {
        await handle.close();
      }
    }
  };
  await Promise.all([worker(), worker(), worker(), worker()]);
}
