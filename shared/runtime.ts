import { v7 as uuidv7 } from 'uuid';

/** Time, ids and randomness come in as arguments, so that a test can repeat a run exactly. */

export interface Clock {
  /** Milliseconds since the Unix epoch, UTC. */
  now(): number;
}

export interface IdSource {
  /** A new UUIDv7: sorts by creation time, so that inserts stay at the right edge of an index. */
  next(): string;
}

export interface Random {
  /** A number in [0, 1). */
  next(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** Asking the system for random bytes costs more than the rest of making an id, so they are asked for in store. */
class SystemIds implements IdSource {
  readonly #store = new Uint8Array(16 * 256);
  #used = this.#store.length;
  #msecs = 0;
  #seq = 0;

  next(): string {
    const random = this.#random();
    const now = Date.now();
    // The sequence counts on within a millisecond, and while a clock that was put back catches up.
    if (now > this.#msecs) {
      this.#msecs = now;
      this.#seq = new DataView(random.buffer, random.byteOffset).getUint32(0) >>> 1;
    } else {
      this.#seq += 1;
    }
    return uuidv7({ random, msecs: this.#msecs, seq: this.#seq });
  }

  #random(): Uint8Array {
    if (this.#used === this.#store.length) {
      crypto.getRandomValues(this.#store);
      this.#used = 0;
    }
    this.#used += 16;
    return this.#store.subarray(this.#used - 16, this.#used);
  }
}

export const systemIds: IdSource = new SystemIds();

export const systemRandom: Random = { next: () => Math.random() };
