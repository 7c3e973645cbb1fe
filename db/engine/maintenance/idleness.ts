import type { Clock } from '#shared/runtime.ts';
import { abortReason } from '../queue.ts';

/** No longer than this it is waited before looking again: somebody may have come meanwhile, or the clock was put back. */
const lookAgain = 1_000;

/**
 * Whether nobody uses the database, and since when: the one notion of it, for the maintenance of the engine and for all
 * that core does in the background.
 */
export class Idleness {
  readonly #clock: Clock;
  readonly #isFree: () => boolean;
  #lastUse: number;
  #lastChange: number | undefined;
  #onUse: () => void = () => {};

  /** @param isFree nothing runs, nothing waits, and no backup needs the log */
  constructor(clock: Clock, isFree: () => boolean) {
    this.#clock = clock;
    this.#isFree = isFree;
    this.#lastUse = clock.now();
  }

  set onUse(listener: () => void) {
    this.#onUse = listener;
  }

  /** Called after each transaction that ends a pause. */
  noteUse(): void {
    this.#lastUse = this.#clock.now();
    this.#onUse();
  }

  /** Called after each transaction that may have changed something. */
  noteChange(): void {
    this.#lastChange = this.#clock.now();
    this.#onUse();
  }

  /** Milliseconds since the database was last used. */
  get quiet(): number {
    return this.#clock.now() - this.#lastUse;
  }

  /** When something may have changed last, by the clock; undefined before the first time. */
  get lastChange(): number | undefined {
    return this.#lastChange;
  }

  isPause(milliseconds: number): boolean {
    return this.quiet >= milliseconds && this.#isFree();
  }

  /** Resolves in a pause of that length; rejects with the signal's reason. */
  async pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
    while (!this.isPause(milliseconds)) {
      const left = Math.max(milliseconds - this.quiet, 20);
      await elapsed(Math.min(left, lookAgain), signal);
    }
    if (signal?.aborted) throw abortReason(signal);
  }
}

function elapsed(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  if (signal?.aborted) return Promise.reject(abortReason(signal));
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      reject(abortReason(signal));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', end);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', end, { once: true });
  });
}
