import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress } from 'node:zlib';
import { type Pack, pack } from 'tar-stream';
import type { Clock } from '#shared/runtime.ts';
import { postgresMajor } from '../cluster.ts';
import { fileErrorCode } from '../file-problems.ts';
import type { Installation } from '../first-start.ts';
import type { DataDirectory } from '../layout.ts';
import { abortReason } from '../queue.ts';
import { treeSize } from '../tree-size.ts';
import type { Engine, Tx } from '../types.ts';
import { type CountedTable, countedTables } from './counted-tables.ts';
import { type Manifest, manifestName } from './manifest.ts';

export interface BackupSource {
  readonly engine: Engine;
  readonly directory: DataDirectory;
  readonly installation: Installation;
  readonly clock: Clock;
  /** Every table is counted, however long the engine is held for it. */
  readonly countsAll: boolean;
  /** Told how many bytes were added to the backup since it was last told. */
  readonly onBytes?: (bytes: number) => void;
}

const chunkSize = 256 * 1024;
const control = 'global/pg_control';
// Their contents mean nothing after a restart; PostgreSQL's own base backup leaves the same out.
const leftOut =
  /^(pg_wal|pg_dynshmem|pg_notify|pg_serial|pg_snapshots|pg_stat_tmp|pg_subtrans|postmaster\.)|pgsql_tmp/;

/**
 * Writes the whole data directory into one file (a tar archive, compressed with zstd) while work goes on.
 *
 * It is PostgreSQL's online backup: between `pg_backup_start` and `pg_backup_stop` files are copied as they are, in
 * small pieces, and the log written meanwhile is added; a restore replays it, which gives the state at the stop. The
 * engine is held only for the checkpoint at the start and for the stop. The file is synced. Attachments never change once
 * written, so those listed after the stop cover every row.
 */
export async function writeBackup(
  source: BackupSource,
  file: string,
  signal: AbortSignal,
): Promise<Manifest> {
  const archive = pack();
  const compress = createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 3 } });
  const target = createWriteStream(file, { mode: 0o600, flush: true });
  const writeFailed = new AbortController();
  const written = pipeline(archive, compress, target).catch((error: unknown) => {
    writeFailed.abort(error);
    throw error;
  });
  const filled = fillArchive(source, archive, AbortSignal.any([signal, writeFailed.signal])).catch(
    (error: unknown) => {
      archive.destroy(error instanceof Error ? error : new Error(String(error)));
      throw error;
    },
  );
  // Both have to end: the filling ends PostgreSQL's backup mode, whatever happened to the file.
  const [write, fill] = await Promise.allSettled([written, filled]);
  if (signal.aborted) throw abortReason(signal);
  if (write.status === 'rejected') throw write.reason;
  if (fill.status === 'rejected') throw fill.reason;
  return fill.value;
}

async function fillArchive(source: BackupSource, archive: Pack, signal: AbortSignal): Promise<Manifest> {
  const { engine, directory, installation, clock } = source;
  const files: Manifest['files'] = {};
  const add = async (folder: string, prefix: string, path: string) => {
    const entry = await addFile(archive, join(folder, path), `${prefix}/${path}`, signal);
    if (!entry) return;
    files[`${prefix}/${path}`] = entry;
    source.onBytes?.(entry.size);
  };
  const background = { as: 'system', priority: 'background', label: 'backup' } as const;

  const first = await engine.transaction(background, startBackup);
  let stopped: Stop | undefined;
  try {
    const entries = await readdir(directory.cluster, { recursive: true, withFileTypes: true });
    for (const entry of entries) {
      const path = join(entry.parentPath, entry.name)
        .slice(directory.cluster.length + 1)
        .replaceAll('\\', '/');
      if (entry.isDirectory()) archive.entry({ name: `pg/${path}`, type: 'directory' });
      else if (!leftOut.test(path) && path !== control) await add(directory.cluster, 'pg', path);
    }
    // Last, so that it is not older than any file that it describes.
    await add(directory.cluster, 'pg', control);
  } finally {
    stopped = await engine.transaction(background, (tx) => stopBackup(tx, source.countsAll));
  }

  const last = stopped.segment;
  for (const name of (await readdir(join(directory.cluster, 'pg_wal'))).sort()) {
    if (/^[0-9A-F]{24}$/.test(name) && name >= first && name <= last) {
      await add(directory.cluster, 'pg', `pg_wal/${name}`);
    }
  }
  files['pg/backup_label'] = addText(archive, 'pg/backup_label', stopped.label);
  const attachments = await readdir(directory.files, { recursive: true, withFileTypes: true });
  for (const entry of attachments.filter((found) => found.isFile())) {
    await add(directory.files, 'files', join(entry.parentPath, entry.name).slice(directory.files.length + 1));
  }
  const manifest: Manifest = {
    format: 1,
    postgresMajor,
    created: new Date(clock.now()).toISOString(),
    installation: installation.id,
    files,
    counts: stopped.counts,
  };
  addText(archive, manifestName, JSON.stringify(manifest));
  archive.finalize();
  return manifest;
}

async function startBackup(tx: Tx): Promise<string> {
  const [row] = await tx.query<{ segment: string }>(
    "SELECT pg_walfile_name(pg_backup_start('satchel', true)) AS segment",
  );
  return row?.segment ?? '';
}

interface Stop {
  readonly label: string;
  readonly segment: string;
  readonly counts: Record<string, number>;
}

async function stopBackup(tx: Tx, countsAll: boolean): Promise<Stop> {
  const counts = await countTables(tx, countsAll);
  const [row] = await tx.query<{ label: string; segment: string }>(
    'SELECT labelfile AS label, pg_walfile_name(lsn) AS segment FROM pg_backup_stop(false)',
  );
  if (!row) throw new Error('PostgreSQL did not end the backup.');
  return { ...row, counts };
}

/** Of the tables that are counted while somebody may be waiting: some tens of milliseconds on a laptop. */
const countedInPassing = 16 * 1024 * 1024;

/**
 * The rows of the tables at the very moment of the stop, for which everybody waits. The smallest come first; by their true
 * size, since the planner's is zero for what was just filled.
 */
async function countTables(tx: Tx, countsAll: boolean): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  let read = 0;
  for (const { name, bytes } of await tx.query<CountedTable>(countedTables)) {
    read += bytes;
    if (read > countedInPassing && !countsAll) break;
    const [row] = await tx.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${name}`);
    counts[name] = row?.count ?? 0;
  }
  return counts;
}

type Entry = Manifest['files'][string];

function addText(archive: Pack, name: string, text: string): Entry {
  archive.entry({ name, mode: 0o600 }, text);
  return { size: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') };
}

/**
 * Adds a file that may change, grow, shrink or go while it is read: as many bytes as it had when it was opened, with
 * zeros for what was cut off. The log has every change since the start, with the whole page at its first change.
 */
async function addFile(
  archive: Pack,
  path: string,
  name: string,
  signal: AbortSignal,
): Promise<Entry | undefined> {
  signal.throwIfAborted();
  const file = await open(path, 'r').catch((error: unknown) => {
    if (fileErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (!file) return undefined;
  try {
    const { size } = await file.stat();
    const entry = archive.entry({ name, size, mode: 0o600 });
    const hash = createHash('sha256');
    for (let position = 0; position < size; ) {
      const chunk = Buffer.alloc(Math.min(chunkSize, size - position));
      await file.read(chunk, 0, chunk.length, position);
      hash.update(chunk);
      if (!entry.write(chunk)) await once(entry, 'drain', { signal });
      signal.throwIfAborted();
      position += chunk.length;
    }
    entry.end();
    return { size, sha256: hash.digest('hex') };
  } finally {
    await file.close();
  }
}

/** Bytes of what a backup copies, but for the log that is written meanwhile. */
export async function backedUpSize({ cluster, files }: DataDirectory): Promise<number> {
  return (await treeSize(cluster)) - (await treeSize(join(cluster, 'pg_wal'))) + (await treeSize(files));
}

export async function backupSize(file: string): Promise<number> {
  return (await stat(file)).size;
}
