import { v7 as uuidv7 } from 'uuid';
import type { Random } from '#shared/runtime.ts';

/** The choices that a story needs, all drawn from one source so that a seed repeats them. */
export class Chance {
  readonly #random: Random;
  readonly #bytes = new Uint8Array(16);

  constructor(random: Random) {
    this.#random = random;
  }

  /** A number in [0, 1). */
  fraction(): number {
    return this.#random.next();
  }

  happens(probability: number): boolean {
    return this.#random.next() < probability;
  }

  /** A whole number from `low` to `high`, both possible. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.#random.next() * (high - low + 1));
  }

  pick<T>(choices: readonly T[]): T {
    const chosen = choices[Math.floor(this.#random.next() * choices.length)];
    if (chosen === undefined) throw new RangeError('There is nothing to choose from.');
    return chosen;
  }

  /** One choice, each as probable as its weight says. */
  weighted<T extends { readonly weight: number }>(choices: readonly T[]): T {
    let total = 0;
    for (const choice of choices) total += choice.weight;
    let left = this.#random.next() * total;
    for (const choice of choices) {
      left -= choice.weight;
      if (left < 0) return choice;
    }
    return this.pick(choices);
  }

  /** `count` different choices in random order; all of them when there are fewer. */
  sample<T>(choices: readonly T[], count: number): T[] {
    const rest = [...choices];
    const chosen: T[] = [];
    while (chosen.length < count && rest.length > 0) {
      chosen.push(...rest.splice(Math.floor(this.#random.next() * rest.length), 1));
    }
    return chosen;
  }

  /** A positive number around `median`: twice or half as much is common for a spread of 0.7, ten times is rare. */
  around(median: number, spread: number): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.#random.next()));
    return median * Math.exp(spread * radius * Math.cos(2 * Math.PI * this.#random.next()));
  }

  /** A UUIDv7 made at a given moment (milliseconds since the epoch). */
  idAt(moment: number): string {
    for (let index = 0; index < 16; index += 4) {
      const word = Math.floor(this.#random.next() * 2 ** 32);
      this.#bytes[index] = word & 0xff;
      this.#bytes[index + 1] = (word >>> 8) & 0xff;
      this.#bytes[index + 2] = (word >>> 16) & 0xff;
      this.#bytes[index + 3] = word >>> 24;
    }
    return uuidv7({ msecs: Math.max(0, Math.floor(moment)), random: this.#bytes });
  }

  /** Each of the characters `#` in the pattern becomes a digit. */
  digits(pattern: string): string {
    return pattern.replaceAll('#', () => String(this.integer(0, 9)));
  }
}
