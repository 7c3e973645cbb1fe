import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdDecompress } from 'node:zlib';
import { type Entry, extract } from 'tar-stream';
import { z } from 'zod';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import type { Clock, IdSource } from '#shared/runtime.ts';
import { postgresMajor } from '../cluster.ts';
import { DirectoryLock } from '../directory-lock.ts';
import { syncDirectory, writeFileDurably } from '../durable-write.ts';
import { directoryProblem, fileErrorCode } from '../file-problems.ts';
import { makeDataDirectory, syncTree } from '../first-start.ts';
import { type DataDirectory, dataDirectory } from '../layout.ts';
import { type Manifest, manifestName, manifestSchema } from './manifest.ts';

export interface RestoreOptions {
  readonly clock: Clock;
  readonly ids: IdSource;
  /** Puts the backup in the place of data that is there, which is kept beside it as `pg.replaced-…`. */
  readonly replace?: boolean;
}

const journalSchema = z.object({ restored: z.string(), replaced: z.string() });

/**
 * Restores a backup into `root`. Everything is read, compared with the manifest and synced before anything there is
 * touched; a crash leaves the old state, or a note by which the next start finishes the exchange.
 *
 * The restored directory counts as a new installation: a copy must not go on under the identity of its original.
 * Throws `conflict` when there is data and `replace` was not asked for, `corrupt` when the backup is not whole.
 */
export async function restoreBackup(file: string, root: string, options: RestoreOptions): Promise<Manifest> {
  const directory = dataDirectory(root);
  const wasThere = existsSync(root);
  const wasEmpty = !wasThere || (await readdir(root)).length === 0;
  if (!wasEmpty && !options.replace) {
    throw new SatchelError(
      'conflict',
      say`The directory ${root} is not empty. Restore into a new directory, or say that the data there is to be replaced.`,
      { details: { directory: root } },
    );
  }
  await makeDataDirectory(directory);
  const lock = DirectoryLock.acquire(directory, options.clock, 'Satchel (restoring)');
  const id = options.ids.next();
  const restored = `pg.restored-${id}`;
  let isUndone = false;
  try {
    const manifest = await unpack(file, { pg: join(root, restored), files: directory.files });
    await syncTree(join(root, restored));
    await syncTree(directory.files);
    writeFileDurably(journalPath(directory), JSON.stringify({ restored, replaced: `pg.replaced-${id}` }));
    await finishRestore(directory);
    return manifest;
  } catch (error) {
    if (!existsSync(journalPath(directory))) await rm(join(root, restored), { recursive: true, force: true });
    isUndone = wasEmpty && !existsSync(journalPath(directory));
    throw error instanceof SatchelError ? error : directoryProblem(error, root);
  } finally {
    lock.release();
    if (isUndone) await removeAll(root, wasThere);
  }
}

/** Another backup can be restored into the directory at once: it is as it was before. */
async function removeAll(root: string, wasThere: boolean): Promise<void> {
  if (!wasThere) return rm(root, { recursive: true, force: true });
  for (const name of await readdir(root)) await rm(join(root, name), { recursive: true, force: true });
}

/** Completes an exchange that was cut short; each step is done once whenever it is called. With the lock held. */
export async function finishRestore(directory: DataDirectory): Promise<void> {
  if (!existsSync(journalPath(directory))) return;
  const { restored, replaced } = journalSchema.parse(
    JSON.parse(readFileSync(journalPath(directory), 'utf8')),
  );
  const from = join(directory.root, restored);
  if (existsSync(from)) {
    if (existsSync(directory.cluster)) await rename(directory.cluster, join(directory.root, replaced));
    await rm(directory.identity, { force: true });
    await rename(from, directory.cluster);
    syncDirectory(directory.root);
  }
  await rm(journalPath(directory));
  syncDirectory(directory.root);
}

const journalPath = (directory: DataDirectory) => join(directory.root, 'restore.json');

interface Targets {
  readonly pg: string;
  readonly files: string;
}

/** Unpacks and checks a whole backup. Throws `corrupt` unless every file of its manifest is there as it was written. */
async function unpack(file: string, targets: Targets): Promise<Manifest> {
  const found: Manifest['files'] = {};
  let manifest: unknown;
  const archive = extract();
  const reading = pipeline(createReadStream(file), createZstdDecompress(), archive);
  try {
    await Promise.all([
      reading,
      (async () => {
        for await (const entry of archive) {
          const { name, type } = entry.header;
          if (name === manifestName) manifest = JSON.parse(await readText(entry));
          else if (type === 'directory') await makeFolder(place(name, targets), entry);
          else found[name] = await writeEntry(entry, place(name, targets));
        }
      })(),
    ]);
  } catch (error) {
    if (error instanceof SatchelError || fileErrorCode(error)?.startsWith('E')) throw error;
    throw damaged(file, error instanceof Error ? error.message : String(error), error);
  }
  const parsed = manifestSchema.safeParse(manifest);
  if (!parsed.success) throw damaged(file, 'it has no list of contents, so it was not finished');
  compare(file, parsed.data, found);
  return parsed.data;
}

function compare(file: string, manifest: Manifest, found: Manifest['files']): void {
  if (manifest.postgresMajor !== postgresMajor) {
    throw new SatchelError(
      'conflict',
      say`The backup ${file} was written by PostgreSQL ${manifest.postgresMajor}; this Satchel contains PostgreSQL ${postgresMajor}. Restore it with the Satchel that made it.`,
    );
  }
  for (const [name, { size, sha256 }] of Object.entries(manifest.files)) {
    if (found[name]?.size !== size || found[name].sha256 !== sha256) throw damaged(file, `${name} differs`);
  }
}

function damaged(file: string, what: string, cause?: unknown): SatchelError {
  return new SatchelError('corrupt', say`The backup ${file} is damaged: ${what}. Use another backup.`, {
    details: { file },
    cause,
  });
}

/** A backup may come from anywhere: a name may not lead out of the target. */
function place(name: string, targets: Targets): string {
  const [top, ...rest] = name.replace(/\/$/, '').split('/');
  const isSafe =
    rest.length > 0 &&
    rest.every((part) => part !== '' && part !== '..' && part !== '.' && !part.includes('\\'));
  if (!isSafe || (top !== 'pg' && top !== 'files')) {
    throw new SatchelError(
      'corrupt',
      say`The backup names a file that does not belong into a data directory: ${name}`,
    );
  }
  return join(targets[top], ...rest);
}

async function makeFolder(path: string, entry: Entry): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  entry.resume();
}

async function writeEntry(entry: Entry, path: string): Promise<Manifest['files'][string]> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const hash = createHash('sha256');
  let size = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      size += chunk.length;
      done(null, chunk);
    },
  });
  await pipeline(entry, measure, createWriteStream(path, { mode: 0o600 }));
  return { size, sha256: hash.digest('hex') };
}

async function readText(entry: Entry): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of entry) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
