import { setTimeout } from 'node:timers/promises';
import { buildDeferredIndex, deferIndexes, deferredIndexes } from '#db/engine/deferred-indexes.ts';
import type { Tx } from '#db/engine/types.ts';
import { bool, returning } from '#db/row.ts';
import type { ImportObject } from '#shared/contract/import-targets.ts';
import type { Application } from '../../../context.ts';
import { importModuleOf } from '../../../objects/import-modules.ts';
import type { SliceBudget } from '../slice-budget.ts';

/** Below this many rows the indexes are brought up with them in a second or two. */
const worthwhile = 20_000;
/**
 * Beside a window, for no more records than this: building the index of their search, which nothing can interrupt, holds
 * the engine for 14 ms a thousand.
 */
const mostBesideWindow = 150_000;
/** A pause in which nobody is likely to be at work, and how long is waited for one. */
const pause = 1_000;
const longestWait = 15_000;

/** How far the import of a file is, in rows. */
export interface FileProgress {
  readonly imported: number;
  /** Of those, the ones that became records of their own. */
  readonly created: number;
  readonly left: number;
}

/**
 * Puts the indexes of an object's screens aside where building them anew at the end is cheaper than keeping them up: a file
 * that adds more records than there are, while nobody is at work. Lists and searches are right meanwhile, and slower.
 */
export class ScreenIndexes {
  readonly #app: Application;
  readonly #slices: Pick<SliceBudget, 'isBesideWindow' | 'mayHoldLong'>;
  readonly #decided = new Set<ImportObject>();
  #isDeferring = false;

  constructor(app: Application, slices: Pick<SliceBudget, 'isBesideWindow' | 'mayHoldLong'>) {
    this.#app = app;
    this.#slices = slices;
  }

  get areDeferred(): boolean {
    return this.#isDeferring;
  }

  /** Called after each slice; decides once for each object, when it is known what the file is and that nobody works. */
  async consider(object: ImportObject, { imported, created, left }: FileProgress): Promise<void> {
    const { screenIndexes: names } = importModuleOf(object);
    if (names === undefined || left < worthwhile || this.#decided.has(object)) return;
    if (!this.#slices.mayHoldLong) return;
    this.#decided.add(object);
    if (created <= imported / 2) return;
    const most = this.#slices.isBesideWindow ? Math.min(left, mostBesideWindow - left) : left;
    if (most < 0) return;
    await asOwner(this.#app, `import: indexes of ${object} put aside`, async (tx) => {
      const [size] = await tx.rows(
        returning({ isSmaller: bool }),
        `SELECT count(*) <= $1 AS "isSmaller" FROM (SELECT FROM ${object} LIMIT $1 + 1) AS first_rows`,
        [most],
      );
      if (size?.isSmaller !== true) return;
      this.#isDeferring = true;
      await deferIndexes(tx, names);
    });
  }

  /** Builds what was put aside, one index in a transaction, and beside a window in a pause of whoever works there. */
  async build(): Promise<void> {
    const waitsUntil = performance.now() + (this.#slices.isBesideWindow ? longestWait : 0);
    const names = await asOwner(this.#app, 'import: indexes put aside', (tx) => deferredIndexes(tx));
    for (const name of names) {
      while (this.#app.engine.quietMilliseconds < pause && performance.now() < waitsUntil)
        await setTimeout(pause / 10);
      await asOwner(this.#app, `import: ${name} built`, (tx) => buildDeferredIndex(tx, name));
    }
    this.#isDeferring = false;
  }
}

function asOwner<T>(app: Application, label: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  return app.engine.transaction({ as: 'system', priority: 'background', label }, work);
}
