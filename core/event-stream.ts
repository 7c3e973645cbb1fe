/** No more often than this a stream tells of progress; in between only the newest is kept. */
const interval = 100;

/**
 * Events for any number of listeners, of whom each sees the newest from when it came, at a bounded rate, and always the
 * last one. A listener that leaves changes nothing for the work or the others.
 */
export class EventStream<Event> {
  #latest: Event | null = null;
  #version = 0;
  #failure: { readonly error: unknown } | null = null;
  #isEnded = false;
  readonly #waiting = new Set<() => void>();

  push(event: Event): void {
    this.#latest = event;
    this.#version += 1;
    this.#wake();
  }

  end(event: Event): void {
    this.#isEnded = true;
    this.push(event);
  }

  fail(error: unknown): void {
    this.#failure = { error };
    this.#wake();
  }

  async *listen(signal?: AbortSignal): AsyncGenerator<Event, void> {
    let seen = 0;
    for (;;) {
      signal?.throwIfAborted();
      if (this.#latest !== null && this.#version > seen) {
        seen = this.#version;
        const isLast = this.#isEnded;
        yield this.#latest;
        if (isLast) return;
        await this.#pause(signal);
      } else if (this.#failure) {
        throw this.#failure.error;
      } else {
        await this.#change(signal);
      }
    }
  }

  #wake(): void {
    // A listener may wait again at once.
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of waiting) wake();
  }

  /** Waits for the next event. */
  #change(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.add(resolve);
      signal?.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  /** Waits for the rate's sake, but not once the end has come. */
  #pause(signal?: AbortSignal): Promise<void> {
    if (this.#isEnded || this.#failure) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, interval);
      const finish = () => {
        if (!this.#isEnded && !this.#failure && signal?.aborted !== true) {
          this.#waiting.add(finish);
          return;
        }
        clearTimeout(timer);
        resolve();
      };
      this.#waiting.add(finish);
      signal?.addEventListener('abort', finish, { once: true });
    });
  }
}
