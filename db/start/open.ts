import { AsyncLocalStorage } from 'node:async_hooks';
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import type { Clock, IdSource } from '#shared/runtime.ts';
import type { VerifiedBackup } from '../engine/backup/manifest.ts';
import { type VerifyBackup, verifyBackupInWorker } from '../engine/backup/verify-in-worker.ts';
import { backedUpSize, backupSize, writeBackup } from '../engine/backup/write-backup.ts';
import { ClockReservation } from '../engine/clock-reservation.ts';
import { checkClosingRecord, writeClosingRecord } from '../engine/closing-record.ts';
import { type Cluster, openCluster } from '../engine/cluster.ts';
import type { ExplainRule } from '../engine/database-errors.ts';
import { buildDeferredIndex, deferredIndexes } from '../engine/deferred-indexes.ts';
import { DirectoryLock } from '../engine/directory-lock.ts';
import type { FileProbe } from '../engine/durable-files.ts';
import { syncDirectory, writeFileDurably } from '../engine/durable-write.ts';
import { finishExchange } from '../engine/exchange.ts';
import { directoryProblem, fileErrorCode } from '../engine/file-problems.ts';
import {
  checkFormat,
  createCluster,
  hasCluster,
  type Installation,
  installationSchema,
  makeDataDirectory,
  removeUnfinished,
  writeInstallation,
} from '../engine/first-start.ts';
import { HybridClock } from '../engine/hybrid-clock.ts';
import { type Damage, findDamage } from '../engine/integrity.ts';
import { type DataDirectory, dataDirectory } from '../engine/layout.ts';
import type { EngineLog } from '../engine/log.ts';
import { Idleness } from '../engine/maintenance/idleness.ts';
import { MaintenanceScheduler } from '../engine/maintenance/scheduler.ts';
import { WorkQueue } from '../engine/queue.ts';
import { Session } from '../engine/session.ts';
import { TableChanges } from '../engine/table-changes.ts';
import { runTransaction } from '../engine/transaction.ts';
import type { Engine, IdleTask, TablesChanged, TransactionOptions, Tx } from '../engine/types.ts';
import { registerDatabaseTypes } from '../engine/value-types.ts';
import { type Migration, readMigrations } from '../migrate/migrations.ts';
import { migrate, sessionConnection } from '../migrate/run.ts';
import { findTemplate } from '../template/template.ts';
import { earlierVersion } from './upgrade/earlier-engines.ts';
import type { UpgradeProgress } from './upgrade/upgrade-cluster.ts';
import { upgradeDirectory } from './upgrade/upgrade-directory.ts';

export interface EngineOptions {
  readonly dataDir: string;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: EngineLog;
  /** Named to whoever finds the directory in use. */
  readonly program?: string;
  /** PGlite's program, where it is compiled elsewhere; see `compileDatabase`. */
  readonly compiled?: Promise<WebAssembly.Module>;
  /** Told when the directory is locked, before it is opened. */
  readonly onClaimed?: () => void;
  /** Those of this program by default. */
  readonly migrations?: readonly Migration[];
  /** A cluster to copy on a first start; `false` for initdb. By default the one that was built for these migrations. */
  readonly template?: string | false;
  readonly probe?: FileProbe;
  /** False where the data is worthless: commits are then not synced. */
  readonly isDurable?: boolean;
  /** Bytes of memory over which a new worker should take over in the next pause. */
  readonly largeHeap?: number;
  /** What a broken rule of the schema asks of a person. */
  readonly explain?: ExplainRule;
  /** False for tests, which must not meet work that they did not ask for. */
  readonly hasMaintenance?: boolean;
  /** Told while data of an earlier PostgreSQL is brought over, which takes minutes where there is much. */
  readonly onUpgrade?: (progress: UpgradeProgress) => void;
}

/** A background transaction that holds the engine longer than this is logged: interactive work had to wait for it. */
const sliceLimit = 50;
const maintenanceOptions = { as: 'system', priority: 'background', label: 'maintenance' } as const;
/**
 * A heap this large is given back by a new worker, since it never shrinks by itself. With what else the process holds
 * (300 MB) it stays well below the 1 GB that Satchel may take.
 */
const largeHeap = 500 * 1024 * 1024;
/** Milliseconds without use after which the engine may be replaced. */
const restartPause = 5_000;

/**
 * Opens the data directory, making it on the first start, brings it over from an earlier PostgreSQL where it comes from
 * one, and applies missing migrations.
 *
 * Throws `conflict` (another process has it, or another version wrote it), `invalid` (it cannot be written to), `busy`
 * (the disk is full) or `corrupt` (it is damaged; nothing was changed).
 */
export async function openEngine(options: EngineOptions): Promise<OpenEngine> {
  const directory = dataDirectory(options.dataDir);
  const migrations = options.migrations ?? (await readMigrations());
  await makeDataDirectory(directory);
  const lock = DirectoryLock.acquire(directory, options.clock, options.program ?? 'Satchel');
  options.onClaimed?.();
  let cluster: Cluster | undefined;
  try {
    const installation = await prepare(directory, options, migrations);
    cluster = await openCluster(directory.cluster, { ...options, compiled: await options.compiled });
    const session = new Session(cluster.pg, directory.root, options.log, options.explain);
    await bringUpToDate(session, migrations, options.log);
    const changes = new TableChanges(options.log);
    await changes.attach(session);
    return new OpenEngine({ options, directory, lock, cluster, session, changes, installation });
  } catch (error) {
    await cluster?.pg.close().catch(() => {});
    lock.release();
    throw error;
  }
}

async function prepare(
  directory: DataDirectory,
  options: EngineOptions,
  migrations: readonly Migration[],
): Promise<Installation> {
  await finishExchange(directory);
  await removeUnfinished(directory);
  const known = existsSync(directory.identity) ? readInstallation(directory) : undefined;
  if (known) checkFormat(known, directory);
  const findEmptyCluster = async () =>
    (options.template ?? (await findTemplate(migrations)) ?? false) || undefined;
  if (hasCluster(directory)) {
    const earlier = earlierVersion(directory.cluster);
    await checkClosingRecord(directory);
    if (earlier !== undefined) {
      const template = await findEmptyCluster();
      const { ids, onUpgrade: onProgress = () => {} } = options;
      await upgradeDirectory(directory, { major: earlier, migrations, template, ids, onProgress });
      options.log.info({ from: earlier }, 'Brought the data over from an earlier PostgreSQL');
    }
  } else if (known) {
    throw new SatchelError(
      'corrupt',
      say`The database of ${directory.root} is gone: there is no ${directory.cluster}. Put it back, or restore the last verified backup.`,
      { details: { directory: directory.root } },
    );
  } else {
    await createCluster(directory, await findEmptyCluster(), options.ids);
  }
  return known ?? writeInstallation(directory, options.clock, options.ids);
}

function readInstallation(directory: DataDirectory): Installation {
  try {
    return installationSchema.parse(JSON.parse(readFileSync(directory.identity, 'utf8')));
  } catch (cause) {
    throw new SatchelError('corrupt', say`${directory.identity} is damaged. Put back a good copy of it.`, {
      cause,
    });
  }
}

async function bringUpToDate(
  session: Session,
  migrations: readonly Migration[],
  log: EngineLog,
): Promise<void> {
  const connection = sessionConnection(session, 'migrations');
  const applied = await migrate(connection, migrations);
  if (applied.length > 0) log.info({ applied }, 'Applied migrations');
  for (const index of await deferredIndexes(connection)) {
    log.warn({ index }, 'Building an index that an interrupted import put aside');
    await connection.script('BEGIN');
    await buildDeferredIndex(connection, index);
    await connection.script('COMMIT');
  }
  await registerDatabaseTypes(session.pg);
}

export interface BackupOptions {
  /** Aborting it ends the backup within a moment. */
  readonly signal?: AbortSignal;
  /** For when nobody works meanwhile: the proof covers every table, and the engine is held while the largest are counted. */
  readonly countsAll?: boolean;
  /** In a thread of its own by default. */
  readonly verify?: VerifyBackup;
  readonly onProgress?: (progress: BackupProgress) => void;
}

export interface BackupProgress {
  readonly step: 'copying' | 'verifying';
  /** Bytes copied. */
  readonly done: number;
  /** Bytes there were to copy when it began. */
  readonly total: number;
}

interface Parts {
  readonly options: EngineOptions;
  readonly directory: DataDirectory;
  readonly lock: DirectoryLock;
  readonly cluster: Cluster;
  readonly session: Session;
  readonly changes: TableChanges;
  readonly installation: Installation;
}

/** The engine of one data directory. Made by `openEngine`. */
export class OpenEngine implements Engine {
  readonly directory: DataDirectory;
  readonly installation: Installation;
  /** The stamps of this installation; sync shows it the stamps of others. */
  readonly stamps: HybridClock;
  readonly maintenance: MaintenanceScheduler;
  readonly #idleness: Idleness;
  readonly #parts: Parts;
  readonly #queue = new WorkQueue();
  readonly #inside = new AsyncLocalStorage<{ isOpen: boolean; label: string }>();
  #backup: { readonly done: Promise<VerifiedBackup>; readonly stop: AbortController } | undefined;
  #closing: Promise<void> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.directory = parts.directory;
    this.installation = parts.installation;
    this.stamps = new HybridClock({
      clock: parts.options.clock,
      node: parts.installation.node,
      reservation: new ClockReservation(parts.directory.clock),
    });
    this.#idleness = new Idleness(
      parts.options.clock,
      () => this.#queue.isIdle && !this.#backup && !this.#closing && !parts.session.isStopped,
    );
    this.maintenance = new MaintenanceScheduler({
      database: {
        rows: (row, sql) =>
          this.#enqueue({ ...maintenanceOptions, readOnly: true }, (tx) => tx.rows(row, sql)),
        query: (sql) => this.#enqueue({ ...maintenanceOptions, readOnly: true }, (tx) => tx.query(sql)),
        execute: (sql) => this.#enqueue(maintenanceOptions, (tx) => tx.script(sql)),
        outside: (sql) => this.#outside('maintenance', sql),
      },
      clock: parts.options.clock,
      log: parts.options.log,
      idleness: this.#idleness,
    });
    if (parts.options.hasMaintenance ?? true) this.maintenance.start();
  }

  transaction<T>(options: TransactionOptions, work: (tx: Tx) => Promise<T>): Promise<T> {
    const outer = this.#inside.getStore();
    if (outer?.isOpen) {
      // The one connection is taken by the outer transaction: waiting for it here would wait forever.
      const message = say`"${options.label ?? 'transaction'}" was started inside "${outer.label}": use its tx.`;
      return Promise.reject(new SatchelError('internal', message));
    }
    if (this.#closing && !this.#backup) {
      return Promise.reject(
        new SatchelError('busy', say`Satchel is closing. Start it again to go on working.`),
      );
    }
    return this.#enqueue(options, work).finally(() => {
      if (!options.readOnly) this.#idleness.noteChange();
      if (!options.keepsPause) this.#idleness.noteUse();
    });
  }

  get quietMilliseconds(): number {
    return this.#queue.quietMilliseconds;
  }

  pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return this.#idleness.pause(milliseconds, signal);
  }

  whenIdle(task: IdleTask): Disposable {
    return this.maintenance.add(task);
  }

  onTablesChanged(listener: (changed: TablesChanged) => void): Disposable {
    return this.#parts.changes.subscribe(listener);
  }

  /** Bytes of the database's memory, which grows with large values and never shrinks. */
  get heapBytes(): number {
    return this.#parts.session.pg.Module['HEAPU8'].byteLength;
  }

  /** File and directory syncs since the start. */
  get syncs(): { readonly files: number; readonly directories: number } {
    const { files } = this.#parts.cluster;
    return { files: files.syncs, directories: files.directorySyncs };
  }

  /**
   * Whether the host should close this engine and open it in a new worker: it stopped, or its memory is large and nobody
   * is at work.
   */
  needsRestart(): boolean {
    if (this.#closing) return false;
    if (this.#parts.session.isStopped) return true;
    const isResting = this.#queue.isIdle && !this.#backup && this.#idleness.quiet >= restartPause;
    return isResting && this.heapBytes > (this.#parts.options.largeHeap ?? largeHeap);
  }

  /**
   * Backs up everything into one file while work goes on, proves it by restoring it elsewhere, and only then gives the
   * file its name. Throws `corrupt` when the proof fails, and the signal's reason when it was aborted, as closing does;
   * then nothing is left of it. One at a time; a checkpoint waits for it, because it needs the log.
   */
  backup(file: string, options: BackupOptions = {}): Promise<VerifiedBackup> {
    if (this.#backup)
      return Promise.reject(new SatchelError('busy', say`A backup is being written. Wait for it to end.`));
    const stop = new AbortController();
    const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
    const done = this.#writeAndVerify(file, { ...options, signal }).finally(() => {
      this.#backup = undefined;
    });
    this.#backup = { done, stop };
    return done;
  }

  async #writeAndVerify(
    file: string,
    {
      signal,
      countsAll = false,
      verify = verifyBackupInWorker,
      onProgress,
    }: BackupOptions & { readonly signal: AbortSignal },
  ): Promise<VerifiedBackup> {
    const { directory, installation } = this;
    const { clock } = this.#parts.options;
    const partial = `${file}.partial`;
    try {
      const total = onProgress ? await backedUpSize(directory) : 0;
      let copied = 0;
      const onBytes = (bytes: number) => {
        copied += bytes;
        onProgress?.({ step: 'copying', done: Math.min(copied, total), total });
      };
      onBytes(0);
      const { created } = await writeBackup(
        { engine: this, directory, installation, clock, countsAll, onBytes },
        partial,
        signal,
      );
      onProgress?.({ step: 'verifying', done: total, total });
      const { tables, allTables } = await verify(partial, signal);
      renameSync(partial, file);
      syncDirectory(dirname(file));
      const verified = new Date(clock.now()).toISOString();
      const record = { file, created, verified, bytes: await backupSize(file), tables, allTables };
      writeFileDurably(directory.lastBackup, JSON.stringify(record));
      return record;
    } catch (error) {
      await rm(partial, { force: true });
      throw fileErrorCode(error)?.startsWith('E') ? directoryProblem(error, dirname(file)) : error;
    }
  }

  /** Reads and checks everything; see `findDamage`. Holds the engine until it is done. */
  findDamage(): Promise<Damage[]> {
    return this.#queue.run('background', undefined, () => findDamage(this.#parts.session));
  }

  /** Makes an index again from its table, after `findDamage` found it damaged. Holds the engine until it is done. */
  async reindex(index: string): Promise<void> {
    const [found] = await this.transaction({ as: 'system', label: 'reindex' }, (tx) =>
      tx.query<{ name: string | null }>('SELECT to_regclass($1)::text AS name', [index]),
    );
    if (!found?.name) throw new SatchelError('not_found', say`There is no index ${index}.`);
    // The name comes from the catalogue, quoted where needed.
    await this.#outside('reindex', `REINDEX INDEX ${found.name}`);
  }

  /** Writes everything to its place, so that the next start has no log to replay. */
  async checkpoint(): Promise<void> {
    await this.#backup?.done.catch(() => {});
    return this.#outside('checkpoint', 'CHECKPOINT');
  }

  close(): Promise<void> {
    // A backup ends through transactions of its own, so those must still be let in.
    this.#backup?.stop.abort(backupStopped());
    this.#closing ??= (this.#backup?.done ?? Promise.resolve()).catch(() => {}).then(() => this.#close());
    return this.#closing;
  }

  #enqueue<T>(options: TransactionOptions, work: (tx: Tx) => Promise<T>): Promise<T> {
    const priority = options.priority ?? 'interactive';
    return this.#queue.run(priority, options.signal, () => this.#runSlice(options, work));
  }

  async #runSlice<T>(options: TransactionOptions, work: (tx: Tx) => Promise<T>): Promise<T> {
    const { session, changes, options: engine } = this.#parts;
    const label = options.label ?? 'transaction';
    const here = { isOpen: true, label };
    const started = performance.now();
    try {
      return await this.#inside.run(here, () =>
        runTransaction(session, options, () => this.stamps.next(), work),
      );
    } finally {
      here.isOpen = false;
      const milliseconds = Math.round(performance.now() - started);
      if (options.priority === 'background' && milliseconds > sliceLimit) {
        engine.log.warn({ label, milliseconds }, 'Background work held the database too long');
      }
      changes.deliver();
    }
  }

  /** A statement that PostgreSQL refuses inside a transaction, in its turn. */
  #outside(label: string, sql: string): Promise<void> {
    return this.#queue.run('background', undefined, async () => {
      await this.#parts.session.script(sql, label);
    });
  }

  async #close(): Promise<void> {
    const { session, cluster, lock, directory } = this.#parts;
    try {
      await this.maintenance.stop();
      await this.#queue.whenIdle();
      if (!session.isStopped) {
        await session.script('CHECKPOINT', 'close');
        this.stamps.settle();
        await cluster.pg.close();
        await writeClosingRecord(directory);
      }
    } finally {
      lock.release();
    }
  }
}

function backupStopped(): SatchelError {
  return new SatchelError(
    'busy',
    say`The backup was cancelled because Satchel is closing. Nothing of it was kept.`,
  );
}
