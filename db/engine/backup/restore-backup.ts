import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdDecompress } from 'node:zlib';
import { type Entry, extract } from 'tar-stream';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import type { Clock, IdSource } from '#shared/runtime.ts';
import { openCluster, postgresMajor } from '../cluster.ts';
import { DirectoryLock } from '../directory-lock.ts';
import { exchange, finishExchange, isExchanging } from '../exchange.ts';
import { directoryProblem, fileErrorCode } from '../file-problems.ts';
import { isUnfinished, makeDataDirectory, removeUnfinished, settleTree, unfinished } from '../first-start.ts';
import { findDamage } from '../integrity.ts';
import { type DataDirectory, dataDirectory } from '../layout.ts';
import { silentLog } from '../log.ts';
import { abortReason } from '../queue.ts';
import { Session } from '../session.ts';
import { type CountedTable, countedTables } from './counted-tables.ts';
import { type Manifest, manifestName, manifestSchema } from './manifest.ts';

export interface RestoreOptions {
  readonly clock: Clock;
  readonly ids: IdSource;
  /** Puts the backup in the place of data that is there, which is kept beside it as `pg.replaced-…`. */
  readonly replace?: boolean;
  /** Ends the unpacking; everything is then as it was. */
  readonly signal?: AbortSignal;
}

/**
 * Restores a backup into `root`. It is unpacked, synced and proven beside what is there: every file compared with the
 * manifest, then the database started and every page, index and count checked. Only then it takes the place of the old
 * one, database and attachments together, which are kept as `pg.replaced-…` and `files.replaced-…`. A failure, and a
 * crash before the exchange, leaves everything as it was; a crash in it is finished by the next start.
 *
 * The restored directory counts as a new installation: a copy must not go on under the identity of its original.
 * Throws `conflict` when there is data and `replace` was not asked for, `corrupt` when the backup is not whole.
 */
export async function restoreBackup(file: string, root: string, options: RestoreOptions): Promise<Manifest> {
  const directory = dataDirectory(root);
  const wasThere = existsSync(root);
  const wasEmpty = !wasThere || (await readdir(root)).length === 0;
  if (!options.replace && wasThere && (await holdsData(directory))) {
    throw new SatchelError(
      'conflict',
      say`The directory ${root} is not empty. Restore into a new directory, or say that the data there is to be replaced.`,
      { details: { directory: root, canReplace: true } },
    );
  }
  await makeDataDirectory(directory);
  const lock = DirectoryLock.acquire(directory, options.clock, 'Satchel (restoring)');
  const id = options.ids.next();
  const pg = `${unfinished.cluster}${id}`;
  const files = `${unfinished.files}${id}`;
  let isUndone = false;
  try {
    await finishExchange(directory);
    await removeUnfinished(directory);
    const { manifest } = await stageBackup(file, { pg: join(root, pg), files: join(root, files) }, options);
    await settleTree(join(root, pg));
    await settleTree(join(root, files));
    const swaps = [
      { incoming: files, place: 'files', outgoing: `files.replaced-${id}` },
      { incoming: pg, place: 'pg', outgoing: `pg.replaced-${id}` },
    ];
    await exchange(directory, { swaps, forgotten: ['satchel.json', 'closing-record.json'] });
    return manifest;
  } catch (error) {
    if (!isExchanging(directory)) {
      await rm(join(root, pg), { recursive: true, force: true });
      await rm(join(root, files), { recursive: true, force: true });
      isUndone = wasEmpty;
    }
    throw fileErrorCode(error)?.startsWith('E') ? directoryProblem(error, root) : error;
  } finally {
    lock.release();
    if (isUndone) await removeAll(root, wasThere);
  }
}

/** Whether something is there that a restore could take away; what an interrupted one has left is nothing. */
async function holdsData({ root, lock, lockHolder, files, backups, logs }: DataDirectory): Promise<boolean> {
  for (const name of await readdir(root)) {
    const path = join(root, name);
    if (path === lock || path === lockHolder || path === logs || isUnfinished(name)) continue;
    const isScaffold = path === files || path === backups;
    if (!isScaffold || (await readdir(path)).length > 0) return true;
  }
  return false;
}

/** Another backup can be restored into the directory at once: it is as it was before. */
async function removeAll(root: string, wasThere: boolean): Promise<void> {
  if (!wasThere) return rm(root, { recursive: true, force: true });
  for (const name of await readdir(root)) await rm(join(root, name), { recursive: true, force: true });
}

export interface Staged {
  readonly manifest: Manifest;
  /** Tables whose rows were counted at the end of the backup and counted again here. */
  readonly tables: number;
  /** Tables that there are. */
  readonly allTables: number;
}

/**
 * Unpacks a backup into two new folders and proves it: every file's checksum, every page's checksum, the structure of
 * every index that can be checked, and the number of rows. Nothing is synced. Throws `corrupt` when anything differs.
 */
export async function stageBackup(
  file: string,
  targets: Targets,
  options: { readonly signal?: AbortSignal | undefined } = {},
): Promise<Staged> {
  await mkdir(targets.pg, { mode: 0o700 });
  await mkdir(targets.files, { mode: 0o700 });
  const manifest = await unpack(file, targets, options.signal);
  const { pg } = await openCluster(targets.pg, { isDurable: false });
  let allTables = 0;
  const session = new Session(pg, targets.pg, silentLog);
  try {
    const problems = (await findDamage(session)).map(({ what }) => what);
    for (const [table, count] of Object.entries(manifest.counts)) {
      // The name is regclass text from the catalogue of the backup itself, quoted where needed.
      const { rows } = await session.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM ${table}`,
        [],
        { label: 'verify backup' },
      );
      if (rows[0]?.count !== count) problems.push(`${table} has ${rows[0]?.count} rows instead of ${count}`);
    }
    allTables = (await session.query<CountedTable>(countedTables, [], { label: 'verify backup' })).rows
      .length;
    if (problems.length > 0) {
      throw new SatchelError(
        'corrupt',
        say`The backup ${file} does not restore whole: ${problems.join('; ')}`,
      );
    }
    await session.script('CHECKPOINT', 'verify backup');
  } finally {
    if (!session.isStopped) await pg.close();
  }
  return { manifest, tables: Object.keys(manifest.counts).length, allTables };
}

interface Targets {
  readonly pg: string;
  readonly files: string;
}

/** Unpacks and checks a whole backup. Throws `corrupt` unless every file of its manifest is there as it was written. */
async function unpack(file: string, targets: Targets, signal: AbortSignal | undefined): Promise<Manifest> {
  const found: Manifest['files'] = {};
  let manifest: unknown;
  const archive = extract();
  const reading = pipeline(createReadStream(file), createZstdDecompress(), archive);
  try {
    await Promise.all([
      reading,
      (async () => {
        for await (const entry of archive) {
          signal?.throwIfAborted();
          const { name, type } = entry.header;
          if (name === manifestName) manifest = JSON.parse(await readText(entry));
          else if (type === 'directory') await makeFolder(place(name, targets), entry);
          else found[name] = await writeEntry(entry, place(name, targets));
        }
      })(),
    ]);
  } catch (error) {
    if (signal?.aborted) throw abortReason(signal);
    if (error instanceof SatchelError || fileErrorCode(error)?.startsWith('E')) throw error;
    throw damaged(file, error instanceof Error ? error.message : String(error), error);
  }
  const parsed = manifestSchema.safeParse(manifest);
  if (!parsed.success) throw damaged(file, 'it has no list of contents, so it was not finished');
  compare(file, parsed.data, found);
  return parsed.data;
}

function compare(file: string, manifest: Manifest, found: Manifest['files']): void {
  if (manifest.postgresMajor < postgresMajor) {
    throw new SatchelError(
      'conflict',
      say`The backup ${file} was written by PostgreSQL ${manifest.postgresMajor}, and this Satchel contains PostgreSQL ${postgresMajor}. Restore it with the Satchel that made it, then open that data directory with this one, which brings the data over.`,
    );
  }
  if (manifest.postgresMajor > postgresMajor) {
    throw new SatchelError(
      'conflict',
      say`The backup ${file} was written by PostgreSQL ${manifest.postgresMajor}, and this Satchel contains PostgreSQL ${postgresMajor}. Update Satchel, then restore it.`,
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
