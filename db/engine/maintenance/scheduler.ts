import type { Clock } from '#shared/runtime.ts';
import type { EngineLog } from '../log.ts';
import type { DueTask, MaintenanceDatabase, TaskName, TaskRun } from './tasks.ts';
import { findDueTask, longPause, pauseFor, shortPause } from './tasks.ts';

/** What `doctor` shows. */
export interface MaintenanceState {
  readonly lastRuns: Partial<Record<TaskName, TaskRun>>;
  readonly runs: number;
}

export interface MaintenanceOptions {
  readonly database: MaintenanceDatabase;
  readonly clock: Clock;
  readonly log: EngineLog;
  /** Nothing runs, nothing waits, and no backup needs the log. */
  readonly isIdle: () => boolean;
}

const interval = 2_000;
/** When nothing was due and nobody came since, it is not looked again for so long: an idle laptop stays idle. */
const settledTime = 3_600_000;

/**
 * Does what a PostgreSQL server's background processes do, in the pauses of a person's work: PGlite has none, so the log
 * would grow without end, statistics would stay empty and dead rows would stay forever.
 *
 * A tick does at most one task, and only one that is short for the pause (see `pauseFor`): an interactive statement
 * waits for one task at worst.
 */
export class MaintenanceScheduler {
  readonly #options: MaintenanceOptions;
  readonly #lastRuns: Partial<Record<TaskName, TaskRun>> = {};
  /** Milliseconds by task and table or report. */
  readonly #holds = new Map<string, number>();
  readonly #coarse = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #lastUse: number;
  #changesSinceReports = false;
  #runs = 0;
  #settledAt: number | undefined;
  #running: Promise<void> | undefined;

  constructor(options: MaintenanceOptions) {
    this.#options = options;
    this.#lastUse = options.clock.now();
  }

  start(): void {
    this.#timer = setInterval(() => void this.tick(), interval);
    this.#timer.unref();
  }

  /** Resolves when a task that runs has ended. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  /** Called after each transaction that is not maintenance. */
  noteUse(hasChanged: boolean): void {
    this.#lastUse = this.#options.clock.now();
    this.#settledAt = undefined;
    this.#changesSinceReports ||= hasChanged;
  }

  /** Milliseconds since the last transaction that is not maintenance. */
  get quiet(): number {
    return this.#options.clock.now() - this.#lastUse;
  }

  get state(): MaintenanceState {
    return { lastRuns: { ...this.#lastRuns }, runs: this.#runs };
  }

  /** Does the most urgent task if it is time for one. Never rejects: a task that fails is logged and tried later. */
  tick(): Promise<void> {
    this.#running ??= this.#tick().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #tick(): Promise<void> {
    const { database, clock, log, isIdle } = this.#options;
    const { quiet } = this;
    if (quiet < shortPause || !isIdle()) return;
    if (this.#settledAt !== undefined && clock.now() - this.#settledAt < settledTime) return;
    try {
      const task = await findDueTask(database, {
        now: clock.now(),
        quiet,
        hasChanged: this.#changesSinceReports,
        lastRuns: this.#lastRuns,
        lastHold: (name, target) => this.#holds.get(holdKey(name, target)),
        coarse: this.#coarse,
      });
      this.#settledAt = !task && quiet >= longestPause(this.#holds) ? clock.now() : undefined;
      if (task) await this.#run(task);
    } catch (error) {
      log.error({ error: String(error) }, 'Maintenance could not look for work');
    }
  }

  async #run(task: DueTask): Promise<void> {
    const { database, clock, log } = this.#options;
    const started = clock.now();
    const target = task.target === undefined ? {} : { target: task.target };
    let problem: { error?: string } = {};
    try {
      await (task.isOutsideTransaction ? database.outside(task.sql) : database.execute(task.sql));
    } catch (error) {
      problem = { error: error instanceof Error ? error.message : String(error) };
      log.error({ task: task.name, ...target, ...problem }, 'Maintenance failed');
    }
    const milliseconds = clock.now() - started;
    this.#noteHold(task, milliseconds);
    this.#lastRuns[task.name] = { at: new Date(started).toISOString(), milliseconds, ...target, ...problem };
    this.#runs += 1;
    if (task.isLastReport) this.#changesSinceReports = false;
    log.info({ task: task.name, ...target, milliseconds }, 'Maintenance');
  }

  /** A task that failed is done, so that it does not stand in the way of all others until the next start. */
  #noteHold({ name, target, isCoarse }: DueTask, milliseconds: number): void {
    if (isCoarse) {
      if (target !== undefined) this.#coarse.add(target);
      return;
    }
    if (name === 'analyze' && target !== undefined) this.#coarse.delete(target);
    this.#holds.set(holdKey(name, target), milliseconds);
  }
}

function holdKey(name: TaskName, target: string | undefined): string {
  return target === undefined ? name : `${name} ${target}`;
}

/** After a pause of this length no task waits for a longer one. */
function longestPause(holds: ReadonlyMap<string, number>): number {
  return Math.max(longPause, ...[...holds.values()].map(pauseFor));
}
