import { setImmediate } from 'node:timers/promises';

/** Reading and parsing give way after this long, so that requests of the interface are answered in between. */
const sliceMilliseconds = 20;

/** Lets everything else that waits for this thread go first. */
export async function yieldToOthers(): Promise<void> {
  await setImmediate();
}

/** Gives way when the slice at hand has lasted long enough; to be asked after each small piece of work. */
export class YieldPace {
  #began = performance.now();

  async step(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (performance.now() - this.#began < sliceMilliseconds) return;
    await yieldToOthers();
    signal?.throwIfAborted();
    this.#began = performance.now();
  }
}
