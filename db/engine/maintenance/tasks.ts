import type { MaintenanceDatabase } from '../types.ts';

type EngineTaskName = 'checkpoint' | 'analyze' | 'vacuum';

/** What the engine does for itself. */
export interface DueTask {
  readonly name: EngineTaskName;
  readonly sql: string;
  readonly isOutsideTransaction: boolean;
  readonly target?: string;
  /** Statistics from few rows, for the time until a pause is long enough for those from many. */
  readonly isCoarse?: boolean;
}

export interface Circumstances {
  /** Milliseconds since somebody used the database. */
  readonly quiet: number;
  /** Milliseconds for which the task held the engine when it was last done. */
  readonly lastHold: (name: string, target?: string) => number | undefined;
  /** Tables whose statistics are from few rows. */
  readonly coarse: ReadonlySet<string>;
}

const mebibyte = 1024 * 1024;
/** The log that a start after a crash would replay: 64 MB take about a second. */
const logBeforeCheckpoint = 64 * mebibyte;
/** With so much of it a checkpoint is due in the first pause, however long it takes. */
const mostLog = 256 * mebibyte;

/** Milliseconds for which background work may hold the engine while a person works. */
const shortHold = 50;
/** How long nobody may have used the database before a task that holds it briefly. */
export const shortPause = 1_000;
/** And before one that may hold it longer, the first time. */
export const longPause = 15_000;
/** Then it waits for a pause so many times as long as it took, so that hardly anybody comes back into it. */
const pausePerHold = 60;
/** Nothing waits longer: a laptop that nobody uses for so long is free. */
const longestPause = 600_000;

/**
 * How long nobody may have used the database before a task is begun, since no statement can be interrupted: PostgreSQL
 * does each of these whole. What they held the engine for, in processor time, the largest of their kind:
 *
 * | task                                                   | ms  | begun after a pause of  |
 * | ------------------------------------------------------ | --- | ----------------------- |
 * | statistics from few rows, of a table of 100,000       | 50  | 1 s                     |
 * | CHECKPOINT after 64 MB of log                          | 140 | 15 s (1 s after 256 MB) |
 * | ANALYZE of a table of 100,000                          | 860 | 15 s, then 50 s         |
 * | ANALYZE of a month's partition                         | 520 | 15 s, then 30 s         |
 * | VACUUM of 100,000 rows just imported                   | 700 | 15 s, then 42 s         |
 * | VACUUM of a month's partition                          | 19  | 15 s                    |
 */
export function pauseFor(lastHold: number | undefined): number {
  if (lastHold === undefined) return longPause;
  if (lastHold <= shortHold) return shortPause;
  return Math.min(Math.max(longPause, pausePerHold * lastHold), longestPause);
}

/** Each task at a table only in a pause that is long enough for it; the most urgent first. */
export async function findDueTask(
  database: MaintenanceDatabase,
  circumstances: Circumstances,
): Promise<DueTask | undefined> {
  const { quiet, lastHold } = circumstances;
  const log = await logSize(database);
  if (log > mostLog || (log > logBeforeCheckpoint && quiet >= pauseFor(lastHold('checkpoint')))) {
    return { name: 'checkpoint', sql: 'CHECKPOINT', isOutsideTransaction: true };
  }
  return tableToTend(database, circumstances);
}

/** Bytes of log since the last checkpoint. */
export async function logSize(database: MaintenanceDatabase): Promise<number> {
  const [row] = await database.query<{ bytes: number }>(
    'SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), redo_lsn)::float8 AS bytes FROM pg_control_checkpoint()',
  );
  return row?.bytes ?? 0;
}

/**
 * When a table needs a VACUUM: not only for its dead rows, but also for new ones, of which the visibility map does not
 * know before; without it an index cannot answer alone, and a count after an import reads the whole table. Lower than
 * PostgreSQL's own fifth, since a change of every twentieth row touches nearly every page.
 */
const needsVacuum = `(
  n_dead_tup > 1000 + 0.05 * n_live_tup OR n_ins_since_vacuum > 1000 + 0.05 * n_live_tup
)`;
const needsStatistics = '(n_mod_since_analyze > 500 + 0.1 * n_live_tup)';
/** A sample of 300 rows for each: 1,500 instead of the usual 30,000, and 16 times as fast. */
const coarseTarget = 5;
/** Smaller tables are quick to sample as usual. */
const rowsOfSmallTable = 2_000;

interface TableState {
  readonly name: string;
  readonly rows: number;
  readonly needsStatistics: boolean;
  readonly needsVacuum: boolean;
}

async function tableToTend(
  database: MaintenanceDatabase,
  { quiet, lastHold, coarse }: Circumstances,
): Promise<DueTask | undefined> {
  await database.query('SELECT pg_stat_force_next_flush()');
  // Temporary tables are gone before it would matter.
  const tables = await database.query<TableState>(`
    SELECT format('%I.%I', schemaname, relname) AS name, n_live_tup::float8 AS rows,
      ${needsStatistics} AS "needsStatistics", ${needsVacuum} AS "needsVacuum"
    FROM pg_stat_user_tables
    WHERE schemaname NOT LIKE 'pg_temp%'
      AND (${needsStatistics} OR ${needsVacuum}
        OR format('%I.%I', schemaname, relname) IN (${['', ...coarse].map(literal).join(', ')}))
    ORDER BY n_mod_since_analyze DESC, n_dead_tup + n_ins_since_vacuum DESC`);
  const mayDo = (name: EngineTaskName, target: string) => quiet >= pauseFor(lastHold(name, target));
  for (const table of tables) {
    const { name } = table;
    if (table.needsVacuum && quiet >= longPause && mayDo('vacuum', name)) {
      return { name: 'vacuum', sql: `VACUUM ${name}`, isOutsideTransaction: true, target: name };
    }
    const isSmall = table.rows <= rowsOfSmallTable;
    if ((table.needsStatistics || coarse.has(name)) && (isSmall || mayDo('analyze', name))) {
      return { name: 'analyze', sql: `ANALYZE ${name}`, isOutsideTransaction: false, target: name };
    }
    if (table.needsStatistics && !coarse.has(name)) {
      const sql = `SET LOCAL default_statistics_target = ${coarseTarget}; ANALYZE ${name}`;
      return { name: 'analyze', sql, isOutsideTransaction: false, target: name, isCoarse: true };
    }
  }
  return undefined;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
