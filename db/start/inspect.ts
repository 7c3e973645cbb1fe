import { existsSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import type { Clock, IdSource } from '#shared/runtime.ts';
import { type VerifiedBackup, verifiedBackupSchema } from '../engine/backup/manifest.ts';
import { clusterVersion, postgresMajor } from '../engine/cluster.ts';
import { isLocked, type LockHolder, readLockHolder } from '../engine/directory-lock.ts';
import { directoryProblem, fileErrorCode } from '../engine/file-problems.ts';
import { type KeptData, keptData } from '../engine/kept-data.ts';
import { type DataDirectory, dataDirectory } from '../engine/layout.ts';
import { silentLog } from '../engine/log.ts';
import { treeSize } from '../engine/tree-size.ts';
import { readMigrations } from '../migrate/migrations.ts';
import { type OpenEngine, openEngine } from './open.ts';
import { earlierVersion } from './upgrade/earlier-engines.ts';

export interface Sizes {
  /** Bytes. */
  readonly cluster: number;
  readonly log: number;
  readonly files: number;
  readonly backups: number;
}

export interface Inspection {
  readonly directory: string;
  readonly postgres: { readonly found: string; readonly expected: string };
  /** Who has the directory open now; then nothing else could be looked at. */
  readonly heldBy?: LockHolder | 'unknown';
  readonly migrations?: { readonly applied: number; readonly known: number };
  /** `true` when a test commit was seen to reach the disk through exactly one file sync. */
  readonly isDurable?: boolean;
  /** The PostgreSQL that wrote the data is an earlier one: the next start brings it over. Nothing else was looked at. */
  readonly isUpgradeDue?: boolean;
  /** What is damaged, in PostgreSQL's words; empty when all that can be checked is sound. Absent when not checked. */
  readonly damage?: readonly string[];
  /** Of the damage what is only an index, which can be made again without loss. */
  readonly damagedIndexes?: readonly string[];
  /** Those that were made again now. */
  readonly rebuiltIndexes?: readonly string[];
  readonly sizes: Sizes;
  readonly maintenance?: {
    readonly logBytes: number;
    readonly tablesNeverAnalyzed: number;
    readonly deadRows: number;
  };
  readonly lastBackup?: VerifiedBackup;
  /** What a restore or an upgrade has kept of the data before it. It is the user's to remove. */
  readonly kept: readonly KeptData[];
}

export interface InspectOptions {
  readonly clock: Clock;
  readonly ids: IdSource;
  /** Reads everything; about a second for 100 MB. */
  readonly checksIntegrity?: boolean;
  /** Makes damaged indexes again, and checks everything once more. */
  readonly rebuildsIndexes?: boolean;
}

/** Whether a directory holds, or held, a database of ours: a damaged one still has one of its marks. */
export function holdsData(root: string): boolean {
  const directory = dataDirectory(root);
  return clusterVersion(directory.cluster) !== undefined || existsSync(directory.identity);
}

/**
 * Looks at a data directory that no one has open, for `doctor`. A damaged one is described instead of an error; only
 * one that is not there at all throws, `not_found`, or that this user may not read, `invalid`.
 */
export async function inspectDataDirectory(root: string, options: InspectOptions): Promise<Inspection> {
  const directory = dataDirectory(root);
  await requireReadable(root);
  const found = clusterVersion(directory.cluster);
  if (!holdsData(root)) {
    throw new SatchelError('not_found', say`There is no Satchel data in ${root}.`, {
      details: { directory: root },
    });
  }
  const lastBackup = lastVerifiedBackup(root);
  const outside = {
    directory: root,
    postgres: { found: found ?? 'none', expected: String(postgresMajor) },
    sizes: await measure(directory),
    ...(lastBackup && { lastBackup }),
    kept: await keptData(directory),
  };
  if (existsSync(directory.lock) && isLocked(directory)) {
    return { ...outside, heldBy: readLockHolder(directory) ?? 'unknown' };
  }
  // Looking must not be what brings the data over.
  if (earlierVersion(directory.cluster) !== undefined) return { ...outside, isUpgradeDue: true };
  try {
    const engine = await openEngine({
      dataDir: root,
      clock: options.clock,
      ids: options.ids,
      log: silentLog,
      program: 'satchel doctor',
      hasMaintenance: false,
    });
    try {
      return { ...outside, ...(await lookInside(engine, options)) };
    } finally {
      await engine.close();
    }
  } catch (error) {
    if (error instanceof SatchelError && error.code === 'corrupt') {
      return { ...outside, damage: [error.message] };
    }
    throw error;
  }
}

export interface OpenInspection
  extends Required<
      Pick<Inspection, 'directory' | 'postgres' | 'migrations' | 'sizes' | 'maintenance' | 'kept'>
    >,
    Pick<Inspection, 'lastBackup'> {
  /** Whether the file of the last backup is where it was written. */
  readonly isBackupThere: boolean;
}

/** What can be told of the directory of a running engine without holding up those who work with it. */
export async function inspectOpenDirectory(engine: OpenEngine): Promise<OpenInspection> {
  const { directory } = engine;
  const lastBackup = lastVerifiedBackup(directory.root);
  return {
    directory: directory.root,
    postgres: { found: clusterVersion(directory.cluster) ?? 'none', expected: String(postgresMajor) },
    sizes: await measure(directory),
    kept: await keptData(directory),
    ...(await readMaintenance(engine)),
    ...(lastBackup && { lastBackup }),
    isBackupThere: lastBackup !== undefined && existsSync(lastBackup.file),
  };
}

/** What one may not look into seems to be empty. */
async function requireReadable(root: string): Promise<void> {
  try {
    await readdir(root);
  } catch (error) {
    const code = fileErrorCode(error);
    if (code === 'ENOENT') return;
    if (code !== 'EACCES' && code !== 'EPERM') throw directoryProblem(error, root);
    throw new SatchelError(
      'invalid',
      say`The directory ${root} cannot be read by your user. Log in as the user whose data it is, or give yours the right to read and write there.`,
      { details: { directory: root, code }, cause: error },
    );
  }
}

async function lookInside(engine: OpenEngine, options: InspectOptions) {
  return {
    ...(await readMaintenance(engine)),
    isDurable: await testCommit(engine),
    ...((options.checksIntegrity ?? true) &&
      (await checkIntegrity(engine, options.rebuildsIndexes ?? false))),
  };
}

async function readMaintenance(engine: OpenEngine) {
  const known = (await readMigrations()).length;
  const [row] = await engine.transaction({ as: 'system', label: 'doctor', readOnly: true }, (tx) =>
    tx.query<{ applied: number; logBytes: number; tablesNeverAnalyzed: number; deadRows: number }>(`
      SELECT (SELECT count(*)::int FROM satchel.migrations) AS applied,
        (SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), redo_lsn)::float8 FROM pg_control_checkpoint()) AS "logBytes",
        count(*) FILTER (WHERE last_analyze IS NULL AND n_live_tup > 500)::int AS "tablesNeverAnalyzed",
        coalesce(sum(n_dead_tup), 0)::float8 AS "deadRows"
      FROM pg_stat_user_tables`),
  );
  const { applied = 0, logBytes = 0, tablesNeverAnalyzed = 0, deadRows = 0 } = row ?? {};
  return {
    migrations: { applied, known },
    maintenance: { logBytes, tablesNeverAnalyzed, deadRows },
  };
}

async function checkIntegrity(engine: OpenEngine, rebuilds: boolean) {
  const found = await engine.findDamage();
  const damaged = [...new Set(found.filter(({ isIndex }) => isIndex).map(({ relation }) => relation))];
  if (!rebuilds) return { damage: found.map(({ what }) => what), damagedIndexes: damaged };
  for (const index of damaged) await engine.reindex(index);
  const left = await engine.findDamage();
  return {
    damage: left.map(({ what }) => what),
    damagedIndexes: left.filter(({ isIndex }) => isIndex).map(({ relation }) => relation),
    rebuiltIndexes: damaged,
  };
}

/** Commits something that leaves nothing behind, and counts the syncs. */
async function testCommit(engine: OpenEngine): Promise<boolean> {
  const before = engine.syncs.files;
  await engine.transaction({ as: 'system', label: 'doctor' }, (tx) =>
    tx.query('SELECT pg_current_xact_id()::text'),
  );
  const idle = engine.syncs.files;
  await engine.transaction({ as: 'system', label: 'doctor' }, (tx) =>
    tx.query("SELECT pg_logical_emit_message(true, 'satchel', 'doctor')::text"),
  );
  return engine.syncs.files - Math.max(before, idle) === 1;
}

/** The last backup that was proven by restoring it, for the recovery screen; undefined when there is none. */
export function lastVerifiedBackup(dataDir: string): VerifiedBackup | undefined {
  const path = dataDirectory(dataDir).lastBackup;
  if (!existsSync(path)) return undefined;
  const parsed = verifiedBackupSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  return parsed.success ? parsed.data : undefined;
}

async function measure(directory: DataDirectory): Promise<Sizes> {
  const log = await treeSize(join(directory.cluster, 'pg_wal'));
  return {
    cluster: (await treeSize(directory.cluster)) - log,
    log,
    files: await treeSize(directory.files),
    backups: await treeSize(directory.backups),
  };
}
