import type { Engine, Tx } from '#db/engine/types.ts';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import type { Clock, IdSource, Random } from '#shared/runtime.ts';
import type { Identity, Log } from '../../context.ts';
import { type SlicePace, SliceSize } from '../../slice-size.ts';
import { backOff, longestBackOff } from './back-off.ts';
import type { JobKind, JobPayload, JobProgress, RunningJob } from './job-kind.ts';
import {
  claimJob,
  deleteJob,
  inQueue,
  insertJob,
  type JobRow,
  kindKey,
  nextDue,
  type PutOff,
  putOff,
  readInterrupted,
  saveProgress,
} from './job-rows.ts';
import type { Service } from './service.ts';

export interface JobQueueOptions {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly random: Random;
  readonly log: Log;
}

/** Jobs of different services that run side by side; of one service no more than one does. */
const sideBySide = 2;
const usualAttempts = 5;
/** The network is asked for again after this, however long it is away. */
const offlineWait = 60_000;
/** No timer is longer: a computer that slept meanwhile looks again soon. */
const longestTimer = 60_000;

/**
 * A statement cannot be interrupted, so that a slice is as long as somebody may have to wait: while a person works, shorter
 * than is noticed.
 */
const busyPace: SlicePace = { targetMilliseconds: 24, minRows: 1, maxRows: 5_000, firstRows: 50 };
const quietPace: SlicePace = { targetMilliseconds: 100, minRows: 1, maxRows: 20_000, firstRows: 50 };
/** Who asked for nothing for so long does not work just now. */
const quietAfter = 2_000;

/** Errors that another try cannot mend. */
const lasting = new Set(['invalid', 'forbidden', 'not_found', 'corrupt']);

/** A kind whose payload is read as it is run. */
interface KnownKind {
  readonly attempts: number;
  readonly run: (row: JobRow, job: Omit<RunningJob<unknown>, 'payload'>) => Promise<void>;
}

interface Running {
  readonly row: JobRow;
  readonly abort: AbortController;
  readonly ended: Promise<void>;
}

const stopping = new SatchelError('busy', say`Satchel is closing; the work goes on with the next start.`);
const cancelled = new SatchelError('conflict', say`The work was cancelled.`);

/**
 * The background work of the workspace, kept in a table until it is done: each job is tried until it succeeds, later each
 * time, and has failed after so many tries. What ran when Satchel ended goes on from its last slice.
 */
export class JobQueue implements Service {
  readonly name = 'jobs';
  readonly #options: JobQueueOptions;
  readonly #kinds = new Map<string, KnownKind>();
  readonly #running = new Map<string, Running>();
  /** Services in the order of their last turn, the latest at the end. */
  #turns: string[] = [];
  #timer: NodeJS.Timeout | undefined;
  #subscription: Disposable | undefined;
  #isStarted = false;
  #looking: Promise<void> | undefined;
  #shallLookAgain = false;

  constructor(options: JobQueueOptions) {
    this.#options = options;
  }

  /** Before the start, by the service whose jobs they are. */
  register<Payload>(kind: JobKind<Payload>): void {
    const key = kindKey(kind);
    if (this.#kinds.has(key)) throw new SatchelError('internal', say`Two kinds of jobs are named ${key}.`);
    this.#kinds.set(key, {
      attempts: kind.attempts ?? usualAttempts,
      run: (row, job) => kind.run({ ...job, payload: payloadOf(kind, row) }),
    });
  }

  knows(job: Pick<JobRow, 'service' | 'kind'>): boolean {
    return this.#kinds.has(kindKey(job));
  }

  /** Adds a job with the change that asks for it, in its transaction; it runs once that is committed. */
  async add<Payload extends JobPayload>(
    tx: Tx,
    identity: Identity,
    kind: JobKind<Payload>,
    payload: Payload,
  ): Promise<string> {
    const { ids, clock } = this.#options;
    const id = ids.next();
    const { service, kind: name } = kind;
    await insertJob(tx, { ...identity, id, service, kind: name, payload }, clock.now());
    return id;
  }

  async start(): Promise<void> {
    const { engine } = this.#options;
    await this.#takeUpInterrupted();
    this.#isStarted = true;
    this.#subscription = engine.onTablesChanged(({ table }) => {
      if (table === 'jobs') this.#look();
    });
    this.#look();
  }

  /** Resolves when each running job has ended its slice, and is kept where it is. */
  async stop(): Promise<void> {
    this.#isStarted = false;
    this.#subscription?.[Symbol.dispose]();
    clearTimeout(this.#timer);
    await this.#looking;
    for (const { abort } of this.#running.values()) abort.abort(stopping);
    await Promise.all([...this.#running.values()].map(({ ended }) => ended));
  }

  /** Stops the job if it runs; resolves when it has stopped and is gone. */
  async cancel(id: string): Promise<boolean> {
    const running = this.#running.get(id);
    if (!running) return false;
    running.abort.abort(cancelled);
    await running.ended;
    return true;
  }

  /** What ran when Satchel was killed has used up a try, so that a job which takes Satchel with it fails in the end. */
  async #takeUpInterrupted(): Promise<void> {
    const { engine, clock, random, log } = this.#options;
    await inQueue(engine, async (tx) => {
      for (const row of await readInterrupted(tx)) {
        const now = clock.now();
        const isOver = row.attempts >= (this.#kinds.get(kindKey(row))?.attempts ?? Number.POSITIVE_INFINITY);
        const error = say`Satchel ended in the middle of this work, ${row.attempts} times in a row.`;
        const wait = row.attempts > 1 ? backOff(row.attempts, random) : 0;
        const state = isOver ? 'failed' : 'waiting';
        await putOff(
          tx,
          row,
          { state, attempts: row.attempts, notBefore: now + wait, error: isOver ? error : row.error },
          now,
        );
        log.warn({ job: row.id, kind: kindKey(row), attempts: row.attempts, state }, 'A job was interrupted');
      }
    });
  }

  /** Looks for jobs that are due; what is asked for meanwhile is looked for afterwards. */
  #look(): void {
    if (!this.#isStarted) return;
    if (this.#looking) {
      this.#shallLookAgain = true;
      return;
    }
    this.#looking = this.#startDue()
      .catch((error: unknown) => {
        this.#options.log.error({ error: String(error) }, 'The queue could not look for jobs');
        this.#lookAfter(longestTimer);
      })
      .finally(() => {
        this.#looking = undefined;
        if (!this.#shallLookAgain) return;
        this.#shallLookAgain = false;
        this.#look();
      });
  }

  async #startDue(): Promise<void> {
    const { engine, clock } = this.#options;
    clearTimeout(this.#timer);
    const kinds = [...this.#kinds.keys()];
    if (kinds.length === 0) return;
    while (this.#isStarted && this.#running.size < sideBySide) {
      const busyServices = [...this.#running.values()].map(({ row }) => row.service);
      const now = clock.now();
      const what = { now, kinds, busyServices, turns: this.#turns, longestWait: 2 * longestBackOff };
      // oxlint-disable-next-line no-await-in-loop -- each claim depends on the one before
      const row = await inQueue(engine, (tx) => claimJob(tx, what));
      if (!row) {
        // oxlint-disable-next-line no-await-in-loop -- the last turn of the loop
        const next = await inQueue(engine, (tx) => nextDue(tx, what));
        if (next !== undefined) this.#lookAfter(next - now);
        return;
      }
      this.#begin(row);
    }
  }

  #lookAfter(milliseconds: number): void {
    clearTimeout(this.#timer);
    if (!this.#isStarted) return;
    this.#timer = setTimeout(() => this.#look(), Math.min(Math.max(milliseconds, 1), longestTimer));
    this.#timer.unref();
  }

  #begin(row: JobRow): void {
    this.#turns = [...this.#turns.filter((service) => service !== row.service), row.service];
    const abort = new AbortController();
    const ended = this.#run(row, abort).finally(() => {
      this.#running.delete(row.id);
      this.#look();
    });
    this.#running.set(row.id, { row, abort, ended });
  }

  /** Never rejects. */
  async #run(row: JobRow, abort: AbortController): Promise<void> {
    const { log, engine } = this.#options;
    const kind = this.#kinds.get(kindKey(row));
    const started = performance.now();
    let failure: unknown;
    const here: { row: JobRow } = { row };
    try {
      await kind?.run(row, this.#jobOf(here, abort.signal));
    } catch (error) {
      failure = error;
    }
    try {
      const put = failure === undefined ? undefined : this.#afterFailure(here.row, failure, abort.signal);
      await inQueue(engine, async (tx) => {
        if (put) await putOff(tx, row, put, this.#options.clock.now());
        else await deleteJob(tx, row);
      });
      const milliseconds = Math.round(performance.now() - started);
      const facts = { job: row.id, kind: kindKey(row), milliseconds };
      if (put)
        log.warn(
          { ...facts, state: put.state, attempts: put.attempts, error: reasonOf(failure) },
          'A job was put off',
        );
      else log.info(facts, 'A job is done');
    } catch (error) {
      // It is kept as running, and taken up with the next start.
      log.error({ job: row.id, error: String(error) }, 'What came of a job could not be kept');
    }
  }

  /** Undefined for one that was cancelled, which is gone. */
  #afterFailure(row: JobRow, failure: unknown, signal: AbortSignal): PutOff | undefined {
    const { clock, random } = this.#options;
    const now = clock.now();
    if (signal.reason === cancelled) return undefined;
    const uncounted = Math.max(row.attempts - 1, 0);
    if (signal.reason === stopping) {
      return { state: 'waiting', attempts: uncounted, notBefore: now, error: row.error };
    }
    const code = failure instanceof SatchelError ? failure.code : undefined;
    const error =
      failure instanceof SatchelError
        ? failure.said
        : say`The work stopped because of a defect. The log has the details.`;
    if (code === 'offline') {
      const wait = offlineWait * (0.5 + random.next() / 2);
      return { state: 'waiting', attempts: uncounted, notBefore: now + wait, error };
    }
    const most = this.#kinds.get(kindKey(row))?.attempts ?? usualAttempts;
    const hasFailed = (code !== undefined && lasting.has(code)) || row.attempts >= most;
    return {
      state: hasFailed ? 'failed' : 'waiting',
      attempts: row.attempts,
      notBefore: now + backOff(row.attempts, random),
      error,
    };
  }

  #jobOf(here: { row: JobRow }, signal: AbortSignal): Omit<RunningJob<unknown>, 'payload'> {
    const { engine, clock } = this.#options;
    const { row } = here;
    const identity = row.userId === null ? null : { workspaceId: row.workspaceId, userId: row.userId };
    const sizes = { busy: new SliceSize(busyPace), quiet: new SliceSize(quietPace) };
    return {
      id: row.id,
      identity,
      get progress() {
        return here.row.progress;
      },
      signal,
      slice: async (work) => {
        signal.throwIfAborted();
        const size = engine.quietMilliseconds < quietAfter ? sizes.busy : sizes.quiet;
        const { rows } = size;
        let computed = 0;
        const progress = await engine.transaction<JobProgress>(
          {
            as: identity ?? 'system',
            priority: 'background',
            keepsPause: true,
            label: kindKey(row),
          },
          async (tx) => {
            const began = SliceSize.computed();
            const made = await work(tx, rows);
            await saveProgress(tx, row, made, clock.now());
            computed = SliceSize.computed() - began;
            return made;
          },
        );
        size.took(rows, computed);
        here.row = { ...here.row, progress, attempts: 1, error: null };
        signal.throwIfAborted();
        return progress;
      },
      inPause: async (milliseconds, work) => {
        await engine.pause(milliseconds, signal);
        return work();
      },
    };
  }
}

function payloadOf<Payload>({ payload }: JobKind<Payload>, row: JobRow): Payload {
  const parsed = payload.safeParse(row.payload);
  if (parsed.success) return parsed.data;
  throw new SatchelError('invalid', say`This work was asked for in a way that Satchel does not know.`);
}

/** For the log, which holds no contents of records. */
function reasonOf(failure: unknown): string {
  return failure instanceof Error ? `${failure.name}: ${failure.message}` : String(failure);
}
