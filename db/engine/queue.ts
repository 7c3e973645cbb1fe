import type { Priority } from './types.ts';

interface Waiting {
  readonly start: () => void;
}

/**
 * Runs one piece of work at a time; interactive work goes before background work that has not started. A running piece
 * is never interrupted, which is why background work must come in small slices.
 */
export class WorkQueue {
  readonly #waiting: Record<Priority, Waiting[]> = { interactive: [], background: [] };
  readonly #idleWaiters: (() => void)[] = [];
  #isRunning = false;
  #hasTurn = false;
  #lastInteractive = Number.NEGATIVE_INFINITY;

  get isIdle(): boolean {
    return (
      !this.#isRunning && this.#waiting.interactive.length === 0 && this.#waiting.background.length === 0
    );
  }

  /** Milliseconds since interactive work was last asked for. */
  get quietMilliseconds(): number {
    return performance.now() - this.#lastInteractive;
  }

  get isInteractiveWaiting(): boolean {
    return this.#waiting.interactive.length > 0;
  }

  /** Rejects with the signal's reason when it aborts before the work starts; the work is then never started. */
  run<T>(priority: Priority, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (signal?.aborted) {
        reject(abortReason(signal));
        return;
      }
      const abandon = () => {
        const queue = this.#waiting[priority];
        queue.splice(queue.indexOf(entry), 1);
        reject(abortReason(signal));
      };
      const entry: Waiting = {
        start: () => {
          signal?.removeEventListener('abort', abandon);
          work()
            .then(resolve, reject)
            .finally(() => {
              this.#isRunning = false;
              this.#startNext();
            });
        },
      };
      signal?.addEventListener('abort', abandon, { once: true });
      if (priority === 'interactive') this.#lastInteractive = performance.now();
      this.#waiting[priority].push(entry);
      this.#startNext();
    });
  }

  /** Resolves when nothing runs and nothing waits. */
  whenIdle(): Promise<void> {
    if (this.isIdle) return Promise.resolve();
    return new Promise((resolve) => this.#idleWaiters.push(resolve));
  }

  #startNext(): void {
    if (this.#isRunning) return;
    const next = this.#waiting.interactive.shift();
    if (next) this.#start(next);
    else if (this.#waiting.background.length > 0) this.#startInTurn();
    else for (const wake of this.#idleWaiters.splice(0)) wake();
  }

  /**
   * Background work starts in a turn of the event loop of its own: requests that arrived while this thread computed are
   * heard first, and so is the next step of one that was just answered.
   */
  #startInTurn(): void {
    if (this.#hasTurn) return;
    this.#hasTurn = true;
    setImmediate(() => {
      this.#hasTurn = false;
      if (this.#isRunning) return;
      const next = this.#waiting.interactive.shift() ?? this.#waiting.background.shift();
      if (next) this.#start(next);
      else this.#startNext();
    });
  }

  #start(work: Waiting): void {
    this.#isRunning = true;
    work.start();
  }
}

/** What an aborted call rejects with: the reason given to `abort()`, an AbortError unless the caller chose another. */
export function abortReason(signal: AbortSignal | undefined): Error {
  const reason: unknown = signal?.reason;
  return reason instanceof Error ? reason : new DOMException('The work was cancelled.', 'AbortError');
}
