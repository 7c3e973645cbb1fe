import type { UserId, WorkspaceId } from '#shared/ids.ts';
import type { RowShape } from '../row.ts';

/** Interactive work always goes before background work that has not started. */
export type Priority = 'interactive' | 'background';

/** What made a change; kept with it in the history. */
export type ChangeSource = 'person' | 'import' | 'sync' | 'ai' | 'system';

/** Who acts: every statement of the transaction runs under row-level security as this user of this workspace. */
export interface Identity {
  readonly workspaceId: WorkspaceId;
  readonly userId: UserId;
}

export interface TransactionOptions {
  /** `'system'` is the owner of the tables, for migrations, maintenance and setting up a workspace only. */
  readonly as: Identity | 'system';
  /** Defaults to `interactive`. A background transaction is one slice: it should hold the engine under 50 ms. */
  readonly priority?: Priority;
  readonly readOnly?: boolean;
  /** Defaults to `person`; triggers write it into the history. */
  readonly source?: ChangeSource;
  /** Honoured while waiting in the queue and between statements: rolls back and rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Names the work in the slow-statement log. */
  readonly label?: string;
  /** What personal data is sealed and opened by, for the statements of this transaction alone. */
  readonly personalKey?: string;
  /** True for what is done in the background for as long as there is any: the pause of a person's work goes on. */
  readonly keepsPause?: boolean;
}

/**
 * A value PostgreSQL can be given. `timestamptz` goes in and comes out as ISO 8601 text with microseconds and `Z`,
 * `date` as `YYYY-MM-DD`, `numeric` as decimal text, `int8` as bigint, `jsonb` as parsed JSON, `bytea` as bytes.
 */
export type SqlValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | Uint8Array
  | readonly SqlValue[]
  | { readonly [key: string]: unknown };

/**
 * How a statement of a person's read-only, interactive transaction is planned. `kept` (the default): once, for whatever its parameters are, which
 * under row-level security saves most of the time; what the plan depends on (a limit, a constant of ours) stands in
 * the text. `fresh`: for its very parameters each time, where they decide which index is good: a pattern to search for.
 */
export type PlanKind = 'kept' | 'fresh';

/** The only handle to the database inside a transaction. */
export interface Tx {
  /** Rows of the declared columns, as objects keyed by column name. Throws as `query` does. */
  rows<Value extends object>(
    row: RowShape<Value>,
    sql: string,
    params?: readonly SqlValue[],
    plan?: PlanKind,
  ): Promise<Value[]>;
  /** Rows as objects keyed by column name. Throws SatchelError; constraint violations become `invalid` or `conflict`. */
  query<Row extends object>(sql: string, params?: readonly SqlValue[], plan?: PlanKind): Promise<Row[]>;
  /** The number of rows the statement changed. */
  execute(sql: string, params?: readonly SqlValue[]): Promise<number>;
  /** Several statements without parameters, e.g. a migration. */
  script(sql: string): Promise<void>;
  /**
   * Runs `COPY target FROM '/dev/blob'` over the bytes; returns the number of rows. `target` is our own text (a table and
   * its columns), never input. As a user it fills temporary tables only; `csv` is the default format.
   */
  copyIn(target: string, data: Blob, format?: CopyFormat): Promise<number>;
}

export type CopyFormat = 'csv' | 'text';

/** Sent once per committed transaction and table. `ids` is absent when more than 200 rows changed: then treat all as changed. */
export interface TablesChanged {
  readonly workspaceId: WorkspaceId;
  readonly table: string;
  readonly ids?: readonly string[];
}

/** Runs statements for maintenance, each by itself, as the owner of the tables and with background priority. */
export interface MaintenanceDatabase {
  /** Rows of the declared columns, in a read-only transaction. */
  rows<Value extends object>(row: RowShape<Value>, sql: string): Promise<Value[]>;
  /** Likewise, of whatever columns. */
  query<Row extends object>(sql: string): Promise<Row[]>;
  /** Likewise, but it may write. */
  execute(sql: string): Promise<void>;
  /** For statements that PostgreSQL refuses inside a transaction. */
  outside(sql: string): Promise<void>;
}

/** What a task is told of the pause that it could be done in. */
export interface Pause {
  readonly now: number;
  /** Milliseconds since somebody used the database. */
  readonly quiet: number;
  /** When something may have changed last; undefined since the start. */
  readonly lastChange: number | undefined;
  /** When the task was last done; undefined since the start. */
  readonly lastRun: number | undefined;
}

/**
 * Work whose statements cannot be interrupted, so that it waits for a pause in which nobody uses the database: the longer
 * it holds the engine, the longer the pause.
 */
export interface IdleTask {
  readonly name: string;
  /** Milliseconds for which it probably holds the engine; once it was done, what it took counts. */
  readonly holds: number;
  /** What of it is to be done, the most urgent first; each is a run of its own. Asked often, so that it must be quick. */
  due(database: MaintenanceDatabase, pause: Pause): Promise<readonly string[]>;
  run(database: MaintenanceDatabase, target: string): Promise<void>;
}

export interface Engine {
  /** Milliseconds since somebody last asked for interactive work; infinite before the first time. */
  readonly quietMilliseconds: number;
  /** Runs `work` in one transaction that is durable (synced to disk) when the promise resolves. */
  transaction<T>(options: TransactionOptions, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Resolves in a pause of that length, in which nothing runs and nothing waits; rejects with the signal's reason. */
  pause(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** Does the task in pauses from now on, until it is disposed of. */
  whenIdle(task: IdleTask): Disposable;
  onTablesChanged(listener: (changed: TablesChanged) => void): Disposable;
  /** Finishes running work, writes a checkpoint, releases the lock. */
  close(): Promise<void>;
}
