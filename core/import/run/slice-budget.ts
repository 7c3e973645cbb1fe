import type { Engine, Tx } from '#db/engine/types.ts';
import type { WorkPace } from '../../context.ts';
import { type SlicePace, SliceSize } from '../../slice-size.ts';

/**
 * A statement cannot be interrupted, so that a slice is as long as somebody may have to wait. While a person works it holds
 * the engine so shortly that the interface never waits for an import; while none does, the first click may.
 */
const paces = {
  busy: { targetMilliseconds: 24, minRows: 50, maxRows: 1_000, firstRows: 100 },
  quiet: { targetMilliseconds: 100, minRows: 50, maxRows: 5_000, firstRows: 200 },
  bulk: { targetMilliseconds: 500, minRows: 1_000, maxRows: 5_000, firstRows: 1_000 },
} satisfies Record<string, SlicePace>;

/** A person who asked for nothing for so long is taken to be watching. */
const quietAfter = 2_000;
/** Who has watched the import from its beginning for so long is taken to go on. */
const watchesAfter = 500;

/**
 * What the trigram indexes have put off is sorted in by the statement that brings the list over its limit: a short list is
 * a short hold, a long one is cheaper for each row.
 */
const pendingLists = { busy: '256kB', quiet: '1MB', bulk: '16MB' } satisfies Record<
  keyof typeof paces,
  string
>;

/** How many rows the next slice of an import, or of taking one back, gets. */
export class SliceBudget {
  readonly #engine: Pick<Engine, 'quietMilliseconds'>;
  readonly #pace: WorkPace;
  readonly #created = performance.now();
  readonly #sizes = {
    busy: new SliceSize(paces.busy),
    quiet: new SliceSize(paces.quiet),
    bulk: new SliceSize(paces.bulk),
  };
  #began = { size: this.#sizes.busy, computed: 0 };

  constructor(engine: Pick<Engine, 'quietMilliseconds'>, pace: WorkPace) {
    this.#engine = engine;
    this.#pace = pace;
  }

  /** Somebody may come back to a window and ask for something. */
  get isBesideWindow(): boolean {
    return this.#pace !== 'bulk';
  }

  /** Whether something may hold the engine for a second at the end: nobody can be waiting, or the person only watches. */
  get mayHoldLong(): boolean {
    return this.#pace === 'bulk' || (this.#isWatched() && this.#age() >= watchesAfter);
  }

  get rows(): number {
    return this.#sizes[this.#current()].rows;
  }

  /** Called first in the transaction of a slice. */
  async began(tx: Pick<Tx, 'script'>): Promise<void> {
    const current = this.#current();
    this.#began = { size: this.#sizes[current], computed: SliceSize.computed() };
    await tx.script(`SET LOCAL gin_pending_list_limit = '${pendingLists[current]}'`);
  }

  /** Called when the slice is committed, with its rows: the next ones are sized by it. */
  took(rows: number): void {
    this.#began.size.took(rows, SliceSize.computed() - this.#began.computed);
  }

  #current(): keyof typeof paces {
    if (this.#pace === 'bulk') return 'bulk';
    return this.#isWatched() ? 'quiet' : 'busy';
  }

  /** What was asked before the import began led to it, and says nothing of what the person does now. */
  #isWatched(): boolean {
    return this.#engine.quietMilliseconds >= Math.min(quietAfter, this.#age());
  }

  #age(): number {
    return performance.now() - this.#created;
  }
}
