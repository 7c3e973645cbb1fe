import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import type { RowShape } from '../row.ts';
import { abortReason } from './queue.ts';
import { checkRows } from './row-check.ts';
import type { Outcome, Session } from './session.ts';
import type { CopyFormat, Identity, PlanKind, SqlValue, TransactionOptions, Tx } from './types.ts';

/** Runs `work` between BEGIN and COMMIT. Whatever it throws rolls everything back and is thrown on. */
export async function runTransaction<T>(
  session: Session,
  options: TransactionOptions,
  nextStamp: () => string,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const label = options.label ?? 'transaction';
  const begin = beginStatement(options, nextStamp);
  const tx = new OpenTransaction(session, options, label);
  try {
    await session.script(begin, label);
    const result = await work(tx);
    tx.throwIfAborted();
    tx.end();
    const { command } = await session.script('COMMIT', label);
    // COMMIT answers ROLLBACK when a statement failed and its error was swallowed; nothing at all when the engine died.
    if (command !== 'COMMIT') {
      throw new SatchelError('internal', say`A statement of "${label}" failed, so nothing of it was saved.`);
    }
    return result;
  } catch (error) {
    tx.end();
    if (!session.isStopped) await session.script('ROLLBACK', label);
    throw error;
  }
}

/**
 * One round trip: opens the transaction, says who acts, and drops to the role under row-level security, which may not say
 * so any more.
 */
function beginStatement(options: TransactionOptions, nextStamp: () => string): string {
  const isReadOnly = options.readOnly ?? false;
  const isSystem = options.as === 'system';
  const values: Record<string, string> = {
    'satchel.source': options.source ?? (isSystem ? 'system' : 'person'),
    ...(options.as !== 'system' && identitySettings(options.as)),
    ...(!isReadOnly && { 'satchel.stamp': nextStamp() }),
    ...(options.personalKey !== undefined && { 'satchel.pii_key': options.personalKey }),
  };
  const settings = Object.entries(values).map(
    ([name, value]) => `set_config('${name}', '${plainWord(value)}', true)`,
  );
  return [
    isReadOnly ? 'BEGIN READ ONLY' : 'BEGIN',
    `SELECT ${settings.join(', ')}`,
    // The plans of what a screen reads are made once: see PlanKind.
    ...(planMode(options) === 'auto' ? [] : [`SET LOCAL plan_cache_mode = ${planMode(options)}`]),
    ...(isSystem ? [] : ['SET LOCAL ROLE satchel_app']),
  ].join('; ');
}

/** What background work and writes ask differs so much from one time to the next that PostgreSQL is left to choose. */
function planMode({ as, readOnly, priority }: TransactionOptions): 'auto' | 'force_generic_plan' {
  return readOnly && as !== 'system' && priority !== 'background' ? 'force_generic_plan' : 'auto';
}

function identitySettings({ workspaceId, userId }: Identity): Record<string, string> {
  return { 'satchel.workspace_id': workspaceId, 'satchel.user_id': userId };
}

/** Ids, sources and stamps: the simple protocol has no parameters, so anything that could end the literal is refused. */
function plainWord(value: string): string {
  if (/^[0-9a-zA-Z-]{1,64}$/.test(value)) return value;
  throw new SatchelError('internal', say`The identity of a transaction is not an id.`);
}

const copyFormats: Readonly<Record<CopyFormat, string>> = {
  csv: 'FORMAT csv',
  text: 'FORMAT text',
};

class OpenTransaction implements Tx {
  readonly #session: Session;
  readonly #options: TransactionOptions;
  readonly #label: string;
  #hasEnded = false;

  constructor(session: Session, options: TransactionOptions, label: string) {
    this.#session = session;
    this.#options = options;
    this.#label = label;
  }

  end(): void {
    this.#hasEnded = true;
  }

  throwIfAborted(): void {
    const { signal } = this.#options;
    if (signal?.aborted) throw abortReason(signal);
  }

  async rows<Value extends object>(
    row: RowShape<Value>,
    sql: string,
    params: readonly SqlValue[] = [],
    plan: PlanKind = 'kept',
  ): Promise<Value[]> {
    const outcome = await this.#query<Value>(sql, params, plan);
    await checkRows({ row, sql, ...outcome, pg: this.#session.pg });
    return outcome.rows;
  }

  async query<Value extends object>(
    sql: string,
    params: readonly SqlValue[] = [],
    plan: PlanKind = 'kept',
  ): Promise<Value[]> {
    return (await this.#query<Value>(sql, params, plan)).rows;
  }

  #query<Value>(sql: string, params: readonly SqlValue[], plan: PlanKind): Promise<Outcome<Value>> {
    this.#throwIfUnusable();
    return this.#session.query<Value>(sql, params, {
      label: this.#label,
      ...(plan === 'fresh' && { plan: { usually: planMode(this.#options) } }),
    });
  }

  async execute(sql: string, params: readonly SqlValue[] = []): Promise<number> {
    this.#throwIfUnusable();
    return (await this.#session.query(sql, params, { label: this.#label })).affectedRows;
  }

  async script(sql: string): Promise<void> {
    this.#throwIfUnusable();
    await this.#session.script(sql, this.#label);
  }

  async copyIn(target: string, data: Blob, format: CopyFormat = 'csv'): Promise<number> {
    this.#throwIfUnusable();
    const copy = `COPY ${target} FROM '/dev/blob' (${copyFormats[format]})`;
    if (this.#options.as === 'system') {
      return (await this.#session.query(copy, [], { label: this.#label, blob: data })).affectedRows;
    }
    return this.#copyIntoTemporary(target, copy, data);
  }

  /**
   * COPY from a file needs a right that no request has, and PostgreSQL refuses it where row-level security applies. So
   * it runs as the owner, but only into a temporary table of this very connection, which has neither policies nor
   * triggers; from there an INSERT under the caller's role takes the rows on.
   */
  async #copyIntoTemporary(target: string, copy: string, data: Blob): Promise<number> {
    const table = /^\s*([a-z_][a-z0-9_]*)/.exec(target)?.[1] ?? '';
    const [found] = await this.query<{ isTemporary: boolean }>(
      `SELECT EXISTS (
         SELECT FROM pg_class WHERE relname = $1 AND relnamespace = pg_my_temp_schema()
       ) AS "isTemporary"`,
      [table],
    );
    if (!found?.isTemporary) {
      throw new SatchelError(
        'internal',
        say`copyIn as a user fills temporary tables only; ${table} is none.`,
      );
    }
    await this.#session.script('SET LOCAL ROLE NONE', this.#label);
    const copied = await this.#session.query(copy, [], { label: this.#label, blob: data });
    await this.#session.script('SET LOCAL ROLE satchel_app', this.#label);
    return copied.affectedRows;
  }

  #throwIfUnusable(): void {
    if (this.#hasEnded) {
      throw new SatchelError('internal', say`"${this.#label}" used its tx after the transaction had ended.`);
    }
    this.throwIfAborted();
  }
}
