import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import { DurableFiles, type FileProbe } from './durable-files.ts';
import { extensions } from './extensions.ts';
import { diskFull } from './file-problems.ts';
import { parsers, serializers } from './value-types.ts';

/** The PostgreSQL that this PGlite contains. A cluster of another major version cannot be opened by it. */
export const postgresMajor = 18;

/** A smaller segment than the usual 16 MB makes a new directory 12 MB smaller; larger ones are made as often as needed. */
export const initdbArguments = ['--wal-segsize=4'];

export interface ClusterOptions {
  readonly probe?: FileProbe | undefined;
  readonly isDurable?: boolean | undefined;
  /** PGlite's program; without it PGlite compiles its own. */
  readonly compiled?: WebAssembly.Module | undefined;
}

export interface Cluster {
  readonly pg: PGlite;
  readonly files: DurableFiles;
}

// PGlite's own list without `-F` (which turns syncs off) and with settings for one person's disk and one connection.
const startParameters = [
  '--single',
  '-O',
  '-j',
  ...settings({
    search_path: 'public',
    exit_on_error: 'false',
    log_checkpoints: 'false',
    max_worker_processes: '0',
    max_parallel_workers: '0',
    max_parallel_workers_per_gather: '0',
    max_parallel_maintenance_workers: '0',
    io_method: 'sync',
    // The only method that reaches DurableFiles: Emscripten turns fdatasync and O_DSYNC into nothing.
    wal_sync_method: 'fsync',
    // Online backup copies files while they change, and recovers them from the log.
    wal_level: 'replica',
    max_wal_senders: '0',
    // A query over all activity partitions locks every partition and each of its indexes.
    max_locks_per_transaction: '256',
    jit: 'off',
    random_page_cost: '1.1',
    // PGlite's 128 MB are all touched at the start. The system caches the same files: at 1,000,000 activities the screens
    // take the same processor time with half of it.
    shared_buffers: '64MB',
    work_mem: '16MB',
    maintenance_work_mem: '96MB',
    // A date such as 01/02/2026 has no one meaning: only ISO dates are taken.
    datestyle: 'ISO, YMD',
    timezone: 'UTC',
  }),
];

function settings(values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/**
 * Opens the cluster in `directory`, or creates one with initdb where there is none.
 * Throws `corrupt` with PostgreSQL's own words when it cannot start on what is there.
 */
export async function openCluster(directory: string, options: ClusterOptions = {}): Promise<Cluster> {
  const isDurable = options.isDurable ?? true;
  const files = new DurableFiles(directory, { probe: options.probe, isDurable });
  const said: string[] = [];
  const hear = (text: string) => {
    said.push(text);
    return true;
  };
  try {
    const pg = await PGlite.create({
      fs: files,
      ...(options.compiled && { pgliteWasmModule: options.compiled }),
      extensions,
      parsers,
      serializers,
      initDbStartParams: initdbArguments,
      startParams: startParameters,
      onStderr: hear,
    });
    return { pg, files };
  } catch (error) {
    // Without the log's time and process number before each.
    const words = said
      .flatMap((line) => /(?:PANIC|FATAL|ERROR):\s*(.*)/.exec(line)?.[1]?.trim() ?? [])
      .slice(-3);
    const reason = words.join('; ') || (error instanceof Error ? error.message : String(error));
    // Opening writes too. The data is well, so nothing must be restored.
    if (/No space left on device|quota exceeded/i.test(reason)) throw diskFull(directory, error);
    throw new SatchelError(
      'corrupt',
      say`The database in ${directory} cannot be opened: ${reason}. Nothing was changed. Restore the last verified backup into a new directory, or move this one to a machine where it opens.`,
      { details: { directory, reason }, cause: error },
    );
  }
}

/** The major version that wrote the cluster; undefined where there is none. */
export function clusterVersion(directory: string): string | undefined {
  const path = join(directory, 'PG_VERSION');
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined;
}

/** Of a cluster of another major version when there is no engine that could read it. PGlite's own words are bare. */
export function foreignVersion(directory: string, found: string): SatchelError {
  const isNewer = Number(found) > postgresMajor;
  const advice = isNewer
    ? 'A newer Satchel made it: install that version or a later one.'
    : 'Open it with the Satchel that made it, update that one step by step, or export there and import here.';
  return new SatchelError(
    'conflict',
    say`The data in ${directory} was written by PostgreSQL ${found}; this Satchel contains PostgreSQL ${postgresMajor}. ${advice} The data is untouched.`,
    { details: { directory, found, expected: String(postgresMajor) } },
  );
}
