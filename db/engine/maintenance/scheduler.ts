import type { Clock } from '#shared/runtime.ts';
import type { EngineLog } from '../log.ts';
import type { IdleTask, MaintenanceDatabase } from '../types.ts';
import type { Idleness } from './idleness.ts';
import { type DueTask, findDueTask, longPause, pauseFor, shortPause } from './tasks.ts';

interface TaskRun {
  readonly at: string;
  readonly milliseconds: number;
  /** The table, or whatever else the task was done for. */
  readonly target?: string;
  readonly error?: string;
}

interface MaintenanceState {
  readonly lastRuns: ReadonlyMap<string, TaskRun>;
  readonly runs: number;
}

export interface MaintenanceOptions {
  readonly database: MaintenanceDatabase;
  readonly clock: Clock;
  readonly log: EngineLog;
  readonly idleness: Idleness;
}

/** One thing to do now. */
interface Work {
  readonly name: string;
  readonly target?: string;
  readonly isCoarse?: boolean;
  readonly run: () => Promise<void>;
}

const interval = 2_000;
/** When nothing was due and nobody came since, it is not looked again for so long: an idle laptop stays idle. */
const settledTime = 3_600_000;

/**
 * Does what a PostgreSQL server's background processes do, in the pauses of a person's work: PGlite has none, so the log
 * would grow without end, statistics would stay empty and dead rows would stay forever. After that, the tasks that were
 * registered with it.
 *
 * A tick does at most one task, and only one that is short for the pause (see `pauseFor`): an interactive statement
 * waits for one task at worst.
 */
export class MaintenanceScheduler {
  readonly #options: MaintenanceOptions;
  readonly #tasks = new Set<IdleTask>();
  readonly #lastRuns = new Map<string, TaskRun>();
  /** Milliseconds by task and target. */
  readonly #holds = new Map<string, number>();
  readonly #coarse = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #runs = 0;
  #settledAt: number | undefined;
  #running: Promise<void> | undefined;

  constructor(options: MaintenanceOptions) {
    this.#options = options;
    options.idleness.onUse = () => this.#look();
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

  /** Asks the task from now on; disposing of it waits for nothing. */
  add(task: IdleTask): Disposable {
    this.#tasks.add(task);
    this.#look();
    return { [Symbol.dispose]: () => void this.#tasks.delete(task) };
  }

  get state(): MaintenanceState {
    return { lastRuns: new Map(this.#lastRuns), runs: this.#runs };
  }

  /** Does the most urgent task if it is time for one. Never rejects: a task that fails is logged and tried later. */
  tick(): Promise<void> {
    this.#running ??= this.#tick().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  #look(): void {
    this.#settledAt = undefined;
  }

  async #tick(): Promise<void> {
    const { clock, log, idleness } = this.#options;
    const { quiet } = idleness;
    if (!idleness.isPause(shortPause)) return;
    if (this.#settledAt !== undefined && clock.now() - this.#settledAt < settledTime) return;
    try {
      const work = (await this.#ownWork(quiet)) ?? (await this.#registeredWork(quiet));
      this.#settledAt = !work && quiet >= this.#longestPause() ? clock.now() : undefined;
      if (work) await this.#run(work);
    } catch (error) {
      log.error({ error: String(error) }, 'Maintenance could not look for work');
    }
  }

  async #ownWork(quiet: number): Promise<Work | undefined> {
    const { database } = this.#options;
    const lastHold = (name: string, target?: string) => this.#holds.get(holdKey(name, target));
    const task = await findDueTask(database, { quiet, lastHold, coarse: this.#coarse });
    return task && { ...task, run: () => execute(database, task) };
  }

  async #registeredWork(quiet: number): Promise<Work | undefined> {
    const { database, clock, idleness } = this.#options;
    for (const task of this.#tasks) {
      const { name, holds } = task;
      const lastRun = this.#lastRuns.get(name);
      const pause = {
        now: clock.now(),
        quiet,
        lastChange: idleness.lastChange,
        lastRun: lastRun && Date.parse(lastRun.at),
      };
      for (const target of await task.due(database, pause)) {
        if (quiet < pauseFor(this.#holds.get(holdKey(name, target)) ?? holds)) continue;
        return { name, target, run: () => task.run(database, target) };
      }
    }
    return undefined;
  }

  async #run(work: Work): Promise<void> {
    const { clock, log } = this.#options;
    const started = clock.now();
    const target = work.target === undefined ? {} : { target: work.target };
    let problem: { error?: string } = {};
    try {
      await work.run();
    } catch (error) {
      problem = { error: error instanceof Error ? error.message : String(error) };
      log.error({ task: work.name, ...target, ...problem }, 'Maintenance failed');
    }
    const milliseconds = clock.now() - started;
    this.#noteHold(work, milliseconds);
    const at = new Date(started).toISOString();
    this.#lastRuns.set(work.name, { at, milliseconds, ...target, ...problem });
    this.#runs += 1;
    log.info({ task: work.name, ...target, milliseconds }, 'Maintenance');
  }

  /** A task that failed is done, so that it does not stand in the way of all others until the next start. */
  #noteHold({ name, target, isCoarse }: Work, milliseconds: number): void {
    if (isCoarse) {
      if (target !== undefined) this.#coarse.add(target);
      return;
    }
    if (name === 'analyze' && target !== undefined) this.#coarse.delete(target);
    this.#holds.set(holdKey(name, target), milliseconds);
  }

  /** After a pause of this length no task waits for a longer one. */
  #longestPause(): number {
    const holds = [...this.#holds.values(), ...[...this.#tasks].map((task) => task.holds)];
    return Math.max(longPause, ...holds.map(pauseFor));
  }
}

function execute(database: MaintenanceDatabase, { sql, isOutsideTransaction }: DueTask): Promise<void> {
  return isOutsideTransaction ? database.outside(sql) : database.execute(sql);
}

function holdKey(name: string, target: string | undefined): string {
  return target === undefined ? name : `${name} ${target}`;
}
