import { existsSync, readFileSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readMigrations } from '#db/migrate/migrations.ts';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import type { Clock, IdSource } from '#shared/runtime.ts';
import { type VerifiedBackup, verifiedBackupSchema } from './backup/manifest.ts';
import { clusterVersion, postgresMajor } from './cluster.ts';
import { isLocked, type LockHolder, readLockHolder } from './directory-lock.ts';
import { type DataDirectory, dataDirectory } from './layout.ts';
import { silentLog } from './log.ts';
import { type OpenEngine, openEngine } from './open.ts';

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
  /** What is damaged, in PostgreSQL's words; empty when every page and index is sound. Absent when not checked. */
  readonly damage?: readonly string[];
  readonly sizes: Sizes;
  readonly maintenance?: {
    readonly logBytes: number;
    readonly tablesNeverAnalyzed: number;
    readonly deadRows: number;
  };
  readonly lastBackup?: VerifiedBackup;
}

export interface InspectOptions {
  readonly clock: Clock;
  readonly ids: IdSource;
  /** Reads everything; about a second for 100 MB. */
  readonly checksIntegrity?: boolean;
}

/** Whether a directory holds, or held, a database of ours: a damaged one still has one of its marks. */
export function holdsData(root: string): boolean {
  const directory = dataDirectory(root);
  return clusterVersion(directory.cluster) !== undefined || existsSync(directory.identity);
}

/**
 * Looks at a data directory that no one has open, for `doctor`. A damaged one is described instead of an error; only
 * one that is not there at all throws, `not_found`.
 */
export async function inspectDataDirectory(root: string, options: InspectOptions): Promise<Inspection> {
  const directory = dataDirectory(root);
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
  };
  if (existsSync(directory.lock) && isLocked(directory)) {
    return { ...outside, heldBy: readLockHolder(directory) ?? 'unknown' };
  }
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
      return { ...outside, ...(await lookInside(engine, options.checksIntegrity ?? true)) };
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

async function lookInside(engine: OpenEngine, checksIntegrity: boolean) {
  const known = (await readMigrations()).length;
  const asSystem = { as: 'system', label: 'doctor' } as const;
  const [row] = await engine.transaction({ ...asSystem, readOnly: true }, (tx) =>
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
    isDurable: await testCommit(engine),
    maintenance: { logBytes, tablesNeverAnalyzed, deadRows },
    ...(checksIntegrity && { damage: await engine.findDamage() }),
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

async function treeSize(root: string): Promise<number> {
  if (!existsSync(root)) return 0;
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(async (file) => (await stat(join(file.parentPath, file.name))).size),
  );
  return sizes.reduce((total, size) => total + size, 0);
}
