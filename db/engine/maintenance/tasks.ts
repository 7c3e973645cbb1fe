export type TaskName = 'checkpoint' | 'analyze' | 'vacuum' | 'partitions' | 'reports';

export interface MaintenanceDatabase {
  /** In a read-only transaction of its own, as the owner, with background priority. */
  query<Row extends object>(sql: string): Promise<Row[]>;
  /** Likewise, but it may write. */
  execute(sql: string): Promise<void>;
  /** For statements that PostgreSQL refuses inside a transaction. */
  outside(sql: string): Promise<void>;
}

export interface TaskRun {
  readonly at: string;
  readonly milliseconds: number;
  /** The table or report, where the task has one. */
  readonly target?: string;
  readonly error?: string;
}

export interface DueTask {
  readonly name: TaskName;
  readonly sql: string;
  readonly isOutsideTransaction: boolean;
  readonly target?: string;
  /** After this one the reports show all changes. */
  readonly isLastReport?: boolean;
  /** Statistics from few rows, for the time until a pause is long enough for those from many. */
  readonly isCoarse?: boolean;
}

export interface Circumstances {
  readonly now: number;
  /** Milliseconds since somebody used the database. */
  readonly quiet: number;
  readonly hasChanged: boolean;
  readonly lastRuns: Partial<Record<TaskName, TaskRun>>;
  /** Milliseconds for which the task held the engine when it was last done. */
  readonly lastHold: (name: TaskName, target?: string) => number | undefined;
  /** Tables whose statistics are from few rows. */
  readonly coarse: ReadonlySet<string>;
}

const mebibyte = 1024 * 1024;
/** The log that a start after a crash would replay: 64 MB take about a second. */
const logBeforeCheckpoint = 64 * mebibyte;
/** With so much of it a checkpoint is due in the first pause, however long it takes. */
const mostLog = 256 * mebibyte;
const reportInterval = 60_000;
const partitionInterval = 12 * 3_600_000;

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
 * does each of these whole. What they held the engine for, in processor time at 100,000 contacts and 1,000,000
 * activities, the largest of their kind:
 *
 * | task                                                   | ms  | begun after a pause of  |
 * | ------------------------------------------------------ | --- | ----------------------- |
 * | statistics from few rows, of opportunities or contacts | 50  | 1 s                     |
 * | partitions for the months ahead                        | 22  | 1 s                     |
 * | CHECKPOINT after 64 MB of log                          | 140 | 15 s (1 s after 256 MB) |
 * | ANALYZE of contacts                                    | 860 | 15 s, then 50 s         |
 * | ANALYZE of a month of activities                       | 520 | 15 s, then 30 s         |
 * | VACUUM of contacts after an import                     | 700 | 15 s, then 42 s         |
 * | VACUUM of a month of activities                        | 19  | 15 s                    |
 * | refreshing stage_conversion, the slowest report        | 810 | 15 s, then 50 s         |
 */
export function pauseFor(lastHold: number | undefined): number {
  if (lastHold === undefined) return longPause;
  if (lastHold <= shortHold) return shortPause;
  return Math.min(Math.max(longPause, pausePerHold * lastHold), longestPause);
}

/** Each task at a table or report only in a pause that is long enough for it; the most urgent first. */
export async function findDueTask(
  database: MaintenanceDatabase,
  circumstances: Circumstances,
): Promise<DueTask | undefined> {
  const { quiet, hasChanged, lastHold } = circumstances;
  const log = await logSize(database);
  if (log > mostLog || (log > logBeforeCheckpoint && quiet >= pauseFor(lastHold('checkpoint')))) {
    return { name: 'checkpoint', sql: 'CHECKPOINT', isOutsideTransaction: true };
  }
  const table = await tableToTend(database, circumstances);
  if (table) return table;
  if (isOlder('partitions', partitionInterval, circumstances)) {
    const partitions = await partitionUpkeep(database);
    if (partitions) return partitions;
  }
  return hasChanged && quiet >= longPause ? reportToRefresh(database, circumstances) : undefined;
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
  const mayDo = (name: TaskName, target: string) => quiet >= pauseFor(lastHold(name, target));
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

async function partitionUpkeep(database: MaintenanceDatabase): Promise<DueTask | undefined> {
  const [row] = await database.query<{ exists: boolean }>(
    "SELECT to_regproc('satchel.maintain_activity_partitions') IS NOT NULL AS exists",
  );
  if (!row?.exists) return undefined;
  return {
    name: 'partitions',
    sql: 'SELECT satchel.maintain_activity_partitions(), (SELECT count(*) FROM satchel.apply_activity_retention())',
    isOutsideTransaction: false,
  };
}

/**
 * The report that was refreshed longest ago, among those that are older than the interval and quick enough. One from the
 * future was refreshed before the clock went back: its time says nothing, and it goes first.
 */
async function reportToRefresh(
  database: MaintenanceDatabase,
  { now, quiet, lastHold }: Circumstances,
): Promise<DueTask | undefined> {
  const [table] = await database.query<{ exists: boolean }>(
    "SELECT to_regclass('satchel.report_refreshes') IS NOT NULL AS exists",
  );
  if (!table?.exists) return undefined;
  const [oldest, newest] = [now - reportInterval, now + reportInterval].map((at) =>
    new Date(at).toISOString(),
  );
  const due = await database.query<{ report: string }>(
    `SELECT report FROM satchel.report_refreshes
     WHERE refreshed_at NOT BETWEEN '${oldest}' AND '${newest}'
     ORDER BY refreshed_at <= '${newest}', refreshed_at`,
  );
  const chosen = due.find(({ report }) => quiet >= pauseFor(lastHold('reports', report)));
  if (!chosen) return undefined;
  return {
    name: 'reports',
    sql: `SELECT satchel.refresh_report(${literal(chosen.report)})`,
    isOutsideTransaction: false,
    target: chosen.report,
    isLastReport: due.length === 1,
  };
}

function isOlder(name: TaskName, age: number, { now, lastRuns }: Circumstances): boolean {
  const last = lastRuns[name];
  // A run in the future was before the clock went back.
  return last === undefined || Math.abs(now - Date.parse(last.at)) > age;
}
