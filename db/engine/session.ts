import type { PGlite } from '@electric-sql/pglite';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import { databaseError, type ExplainRule } from './database-errors.ts';
import { type EngineStopped, stopOnPanic } from './engine-failure.ts';
import type { EngineLog } from './log.ts';
import type { Column, Notification, Reply, StatementReply } from './protocol/reply.ts';
import { type ParameterText, Request } from './protocol/request.ts';
import { Wire } from './protocol/wire.ts';
import { type KnownStatement, StatementCache } from './statement-cache.ts';
import type { SqlValue } from './types.ts';

/** A statement that takes longer than this is logged: twice over a frame of the interface. */
const slowStatement = 40;
const loggedSqlLength = 300;

/** What is worth keeping. The columns of others, such as FETCH, are not the same each time. */
const keepable = /^\s*(?:SELECT|WITH|INSERT|UPDATE|DELETE|MERGE)\b/iu;
const planForParameters = 'SET LOCAL plan_cache_mode = force_custom_plan';
/** Tags after which an analysed statement may mean something else, or be gone. DO may hold any of the others. */
const definitionTag = /^(?:CREATE|ALTER|DROP|DO|DEALLOCATE|DISCARD)\b/;
/** Undoes a definition too, as far as a savepoint or the whole transaction. */
const undoTag = 'ROLLBACK';

export interface Outcome<Row> {
  readonly rows: Row[];
  /** Null where it returns no rows, or where it was not described. */
  readonly columns: readonly Column[] | null;
  readonly affectedRows: number;
  /** The first word of PostgreSQL's command tag, such as `COMMIT`. */
  readonly command: string;
}

/** A statement planned for its very parameters, and PostgreSQL's `plan_cache_mode` for those that follow it. */
export interface ReplannedFor {
  readonly usually: 'auto' | 'force_generic_plan';
}

export interface StatementOptions {
  /** Names it in the log. */
  readonly label: string;
  /** Given where it is to be planned for its parameters. */
  readonly plan?: ReplannedFor | undefined;
  /** What `COPY ... FROM '/dev/blob'` reads. */
  readonly blob?: Blob | undefined;
}

/** Rows are objects: of two columns with one name the first would be lost, and this one name is no property. */
function refuseLostColumns(fields: readonly { readonly name: string }[]): void {
  const names = new Set<string>();
  for (const { name } of fields) {
    if (names.has(name) || name === '__proto__') {
      throw new SatchelError(
        'invalid',
        say`Give each column of the result a name of its own with AS: "${name}" cannot be used here.`,
      );
    }
    names.add(name);
  }
}

/**
 * The one connection: runs statements, times them, and turns every failure into a SatchelError.
 *
 * PGlite's own `query` enters the database five times for a statement and has it analysed and planned each time, which
 * under row-level security costs several times what running it does. Here a statement enters once, by the name
 * under which the database keeps it (`StatementCache`).
 */
export class Session {
  readonly pg: PGlite;
  readonly #directory: string;
  readonly #explain: ExplainRule;
  readonly #log: EngineLog;
  readonly #wire: Wire;
  readonly #request = new Request();
  readonly #statements = new StatementCache();
  #hasNewDefinitions = false;
  #stopped: EngineStopped | undefined;
  #onNotification: (notification: Notification) => void = () => {};

  constructor(pg: PGlite, directory: string, log: EngineLog, explain: ExplainRule = () => undefined) {
    this.pg = pg;
    this.#directory = directory;
    this.#explain = explain;
    this.#log = log;
    this.#wire = new Wire(pg);
    stopOnPanic(pg, (reason) => {
      this.#stopped = reason;
      log.error({ reason: reason.message }, 'The database stopped');
    });
  }

  get isStopped(): boolean {
    return this.#stopped !== undefined;
  }

  /** Statements that the database keeps analysed. */
  get keptStatements(): number {
    return this.#statements.namedCount;
  }

  /** Hears what is notified on channels that are listened to, in the statement that commits it. */
  set onNotification(listener: (notification: Notification) => void) {
    this.#onNotification = listener;
  }

  /** One statement with parameters. */
  query<Row>(
    sql: string,
    params: readonly SqlValue[],
    { label, plan, blob }: StatementOptions,
  ): Promise<Outcome<Row>> {
    const undefinedAt = params.findIndex((value) => value === undefined);
    if (undefinedAt >= 0) {
      throw new SatchelError('internal', say`Parameter $${undefinedAt + 1} of ${label} is undefined.`);
    }
    return this.#timed(sql, label, () =>
      blob ? this.#copyBlob(sql, blob) : this.#run<Row>(sql, params, plan),
    );
  }

  /** Statements without parameters; the outcome of the last one. */
  script(sql: string, label: string): Promise<Outcome<object>> {
    return this.#timed(sql, label, async () => {
      refuseNul(sql);
      const { statements } = await this.#exchange(this.#request.script(sql));
      return outcomeOf<object>(statements.at(-1));
    });
  }

  async #run<Row>(
    sql: string,
    params: readonly SqlValue[],
    plan: ReplannedFor | undefined,
  ): Promise<Outcome<Row>> {
    refuseNul(sql);
    const kept = this.#statements.find(sql);
    const request = this.#request;
    const known = kept ?? (await this.#analyse(sql, plan));
    const texts = params.map((value, index) => this.#serialize(value, known.parameterTypes[index]));
    for (const name of this.#statements.takeForgotten()) request.closeStatement(name);
    const name = kept ? (kept.name ?? this.#statements.nextName()) : '';
    if (kept && plan) request.script(planForParameters);
    if (kept && kept.name === undefined) request.parse(name, sql);
    request.bind(name, texts).execute().sync();
    if (plan) request.script(`SET LOCAL plan_cache_mode = ${plan.usually}`);
    if (keepable.test(sql)) this.#statements.learn(sql, kept ? { ...known, name } : known);
    try {
      const { statements } = await this.#exchange(request, known.columns);
      return outcomeOf<Row>(statements[kept && plan ? 1 : 0], known.columns);
    } catch (error) {
      // Whether the database took the name is not known, nor whether it refused because a definition has changed.
      this.#statements.forget(sql);
      throw error;
    }
  }

  /** Has the database analyse the statement as its unnamed one, which any script would drop. */
  async #analyse(sql: string, plan: ReplannedFor | undefined): Promise<KnownStatement> {
    const request = this.#request;
    if (plan) request.script(planForParameters);
    const { parameterTypes, columns } = await this.#exchange(
      request.parse('', sql).describeStatement('').sync(),
    );
    refuseLostColumns(columns ?? []);
    return { parameterTypes, columns };
  }

  #serialize(value: SqlValue, type: number | undefined): ParameterText {
    if (value === null) return null;
    const serialize = type === undefined ? undefined : this.pg.serializers[type];
    if (serialize) return serialize(value);
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  }

  async #exchange(request: Request, known: readonly Column[] | null = null): Promise<Reply> {
    const reply = await this.#wire.exchange(request, known);
    for (const notification of reply.notifications) this.#onNotification(notification);
    for (const { tag } of reply.statements) this.#noteDefinitions(tag);
    if (reply.error) throw reply.error;
    return reply;
  }

  #noteDefinitions(tag: string): void {
    const isNew = definitionTag.test(tag);
    if (isNew || (this.#hasNewDefinitions && tag === undoTag)) this.#statements.forgetAll();
    this.#hasNewDefinitions = isNew || (this.#hasNewDefinitions && tag !== undoTag && tag !== 'COMMIT');
  }

  /** Only PGlite's own `query` knows how to show the database a blob. */
  async #copyBlob<Row>(sql: string, blob: Blob): Promise<Outcome<Row>> {
    const { rows, affectedRows, command } = await this.pg.query<Row>(sql, [], { blob });
    return { rows, columns: null, affectedRows: affectedRows ?? 0, command: command ?? '' };
  }

  async #timed<T>(sql: string, label: string, run: () => Promise<T>): Promise<T> {
    const started = performance.now();
    try {
      return await run();
    } catch (error) {
      throw this.#stopped
        ? this.#stoppedError(this.#stopped)
        : databaseError(error, this.#directory, this.#explain);
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

/** In a message of the protocol a NUL ends the text. */
function refuseNul(sql: string): void {
  if (sql.includes('\0')) {
    throw new SatchelError('invalid', say`A statement holds a NUL character. Remove it and try again.`);
  }
}

/** The row count ends the tag of these: `UPDATE 3`, `INSERT 0 5`. */
const changingTag = /^(?:INSERT|UPDATE|DELETE|MERGE|COPY)\b.*?(\d+)$/;

function outcomeOf<Row>(
  reply: StatementReply | undefined,
  columns: readonly Column[] | null = null,
): Outcome<Row> {
  const tag = reply?.tag ?? '';
  return {
    // The caller says what the columns of its statement are, as with every client of a database.
    rows: (reply?.rows ?? []) as Row[],
    columns,
    affectedRows: Number(changingTag.exec(tag)?.[1] ?? 0),
    command: tag.split(' ')[0] ?? '',
  };
}
