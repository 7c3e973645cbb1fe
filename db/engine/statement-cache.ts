import type { Column } from './protocol/reply.ts';

/** A statement that the database has analysed. */
export interface KnownStatement {
  readonly parameterTypes: readonly number[];
  /** Null where it returns no rows. */
  readonly columns: readonly Column[] | null;
  /** Its name in the database; absent until it is used a second time. */
  readonly name?: string;
}

/** How many are kept: more than the screens of a session ask, at some 100 kB of the database's memory each. */
const mostKept = 150;

/**
 * What is known of the statements used last, by their text. One that is used a second time is kept in the database under
 * a name, so that it is neither analysed nor (see `PlanKind`) planned again; one that is used once costs no memory there.
 */
export class StatementCache {
  /** The statement used longest ago comes first. */
  readonly #known = new Map<string, KnownStatement>();
  readonly #most: number;
  #forgotten: string[] = [];
  #named = 0;

  constructor(most = mostKept) {
    this.#most = most;
  }

  /** How many statements the database keeps for it. */
  get namedCount(): number {
    return [...this.#known.values()].filter(({ name }) => name !== undefined).length;
  }

  find(sql: string): KnownStatement | undefined {
    const known = this.#known.get(sql);
    if (known) this.#touch(sql, known);
    return known;
  }

  /** Keeps what was learnt, and lets go of what was used longest ago. */
  learn(sql: string, known: KnownStatement): void {
    this.#touch(sql, known);
    const [oldest] = this.#known.keys();
    if (this.#known.size > this.#most && oldest !== undefined) this.forget(oldest);
  }

  /** A name that the database has never heard. */
  nextName(): string {
    this.#named += 1;
    return `satchel_${this.#named}`;
  }

  forget(sql: string): void {
    const name = this.#known.get(sql)?.name;
    this.#known.delete(sql);
    if (name !== undefined) this.#forgotten.push(name);
  }

  /** When a definition has changed, any of them may return other columns, or take other parameters. */
  forgetAll(): void {
    for (const sql of this.#known.keys()) this.forget(sql);
  }

  /** The names that the database is still to let go, told once. */
  takeForgotten(): readonly string[] {
    const names = this.#forgotten;
    this.#forgotten = [];
    return names;
  }

  #touch(sql: string, known: KnownStatement): void {
    this.#known.delete(sql);
    this.#known.set(sql, known);
  }
}
