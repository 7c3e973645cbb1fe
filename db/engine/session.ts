import type { PGlite } from '@electric-sql/pglite';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import { databaseError } from './database-errors.ts';
import { type EngineStopped, stopOnPanic } from './engine-failure.ts';
import type { EngineLog } from './log.ts';
import type { SqlValue } from './types.ts';

/** A statement that takes longer than this is logged: twice over a frame of the interface. */
const slowStatement = 40;
const loggedSqlLength = 300;

export interface Outcome<Row> {
  readonly rows: Row[];
  readonly affectedRows: number;
  /** The first word of PostgreSQL's command tag, such as `COMMIT`. */
  readonly command: string;
}

/** The one connection: runs statements, times them, and turns every failure into a SatchelError. */
export class Session {
  readonly pg: PGlite;
  readonly #directory: string;
  readonly #log: EngineLog;
  #stopped: EngineStopped | undefined;

  constructor(pg: PGlite, directory: string, log: EngineLog) {
    this.pg = pg;
    this.#directory = directory;
    this.#log = log;
    stopOnPanic(pg, (reason) => {
      this.#stopped = reason;
      log.error({ reason: reason.message }, 'The database stopped');
    });
  }

  get isStopped(): boolean {
    return this.#stopped !== undefined;
  }

  /** One statement with parameters. `label` names it in the log. */
  query<Row>(sql: string, params: readonly SqlValue[], label: string, blob?: Blob): Promise<Outcome<Row>> {
    const undefinedAt = params.findIndex((value) => value === undefined);
    if (undefinedAt >= 0) {
      throw new SatchelError('internal', say`Parameter $${undefinedAt + 1} of ${label} is undefined.`);
    }
    return this.#timed(sql, label, async () => {
      const result = await this.pg.query<Row>(sql, [...params], blob && { blob });
      return { rows: result.rows, affectedRows: result.affectedRows ?? 0, command: result.command ?? '' };
    });
  }

  /** Statements without parameters; the outcome of the last one. */
  script(sql: string, label: string): Promise<Outcome<object>> {
    return this.#timed(sql, label, async () => {
      const last = (await this.pg.exec(sql)).at(-1);
      return { rows: last?.rows ?? [], affectedRows: last?.affectedRows ?? 0, command: last?.command ?? '' };
    });
  }

  async #timed<T>(sql: string, label: string, run: () => Promise<T>): Promise<T> {
    const started = performance.now();
    try {
      return await run();
    } catch (error) {
      throw this.#stopped ? this.#stoppedError(this.#stopped) : databaseError(error, this.#directory);
    } finally {
      const milliseconds = Math.round(performance.now() - started);
      if (milliseconds > slowStatement) {
        const text = sql.replaceAll(/\s+/g, ' ').trim().slice(0, loggedSqlLength);
        this.#log.warn({ label, milliseconds, sql: text }, 'Slow statement');
      }
    }
  }

  #stoppedError(cause: EngineStopped): SatchelError {
    return new SatchelError(
      'internal',
      say`The database stopped because its disk failed or is full. What was saved before is safe; the last change may not have been saved. Satchel restarts the database now.`,
      { details: { engineStopped: true }, cause },
    );
  }
}
