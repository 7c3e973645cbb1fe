import type { TaskRun } from './scheduler.ts';

export type TaskName = 'checkpoint' | 'analyze' | 'vacuum' | 'partitions' | 'reports';

export interface MaintenanceDatabase {
  /** In a read-only transaction of its own, as the owner, with background priority. */
  query<Row extends object>(sql: string): Promise<Row[]>;
  /** Likewise, but it may write. */
  execute(sql: string): Promise<void>;
  /** For statements that PostgreSQL refuses inside a transaction. */
  outside(sql: string): Promise<void>;
}

export interface DueTask {
  readonly name: TaskName;
  readonly sql: string;
  readonly isOutsideTransaction: boolean;
  readonly target?: string;
  /** After this one the reports show all changes. */
  readonly isLastReport?: boolean;
}

export interface Circumstances {
  readonly now: number;
  /** Milliseconds since somebody used the database. */
  readonly quiet: number;
  readonly hasChanged: boolean;
  readonly lastRuns: Partial<Record<TaskName, TaskRun>>;
}

const mebibyte = 1024 * 1024;
/** The log that a start after a crash would replay: 64 MB take about a second. */
const logBeforeCheckpoint = 64 * mebibyte;
/** VACUUM and reports read whole tables, so they wait for a longer pause. */
export const longPause = 15_000;
const reportInterval = 60_000;
const partitionInterval = 12 * 3_600_000;

/**
 * When a table needs a VACUUM: not only for its dead rows, but also for new ones, of which the visibility map does not
 * know before; without it an index cannot answer alone, and a count after an import reads the whole table. Lower than
 * PostgreSQL's own fifth, since a change of every twentieth row touches nearly every page.
 */
const needsVacuum = `(
  n_dead_tup > 1000 + 0.05 * n_live_tup OR n_ins_since_vacuum > 1000 + 0.05 * n_live_tup
)`;

/** The most urgent task that is due, or undefined. */
export async function findDueTask(
  database: MaintenanceDatabase,
  circumstances: Circumstances,
): Promise<DueTask | undefined> {
  const { quiet, hasChanged } = circumstances;
  if ((await logSize(database)) > logBeforeCheckpoint) {
    return { name: 'checkpoint', sql: 'CHECKPOINT', isOutsideTransaction: true };
  }
  const table = await tableToTend(database, quiet >= longPause);
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

async function tableToTend(database: MaintenanceDatabase, mayVacuum: boolean): Promise<DueTask | undefined> {
  await database.query('SELECT pg_stat_force_next_flush()');
  // Temporary tables are gone before it would matter.
  const [row] = await database.query<{ name: string; mustVacuum: boolean }>(`
    SELECT format('%I.%I', schemaname, relname) AS name, ${needsVacuum} AND ${mayVacuum} AS "mustVacuum"
    FROM pg_stat_user_tables
    WHERE schemaname NOT LIKE 'pg_temp%'
      AND (n_mod_since_analyze > 500 + 0.1 * n_live_tup OR (${needsVacuum} AND ${mayVacuum}))
    ORDER BY n_mod_since_analyze DESC, n_dead_tup + n_ins_since_vacuum DESC
    LIMIT 1`);
  if (!row) return undefined;
  const verb = row.mustVacuum ? 'VACUUM (ANALYZE)' : 'ANALYZE';
  return {
    name: row.mustVacuum ? 'vacuum' : 'analyze',
    sql: `${verb} ${row.name}`,
    isOutsideTransaction: row.mustVacuum,
    target: row.name,
  };
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

/** The report that was refreshed longest ago, while one is older than the interval. */
async function reportToRefresh(
  database: MaintenanceDatabase,
  { now }: Circumstances,
): Promise<DueTask | undefined> {
  const [table] = await database.query<{ exists: boolean }>(
    "SELECT to_regclass('satchel.report_refreshes') IS NOT NULL AS exists",
  );
  if (!table?.exists) return undefined;
  const oldest = new Date(now - reportInterval).toISOString();
  const due = await database.query<{ report: string }>(
    `SELECT report FROM satchel.report_refreshes WHERE refreshed_at < '${oldest}' ORDER BY refreshed_at LIMIT 2`,
  );
  const [report] = due;
  if (!report) return undefined;
  return {
    name: 'reports',
    sql: `SELECT satchel.refresh_report('${report.report.replaceAll("'", "''")}')`,
    isOutsideTransaction: false,
    target: report.report,
    isLastReport: due.length === 1,
  };
}

function isOlder(name: TaskName, age: number, { now, lastRuns }: Circumstances): boolean {
  const last = lastRuns[name];
  return last === undefined || now - Date.parse(last.at) > age;
}
