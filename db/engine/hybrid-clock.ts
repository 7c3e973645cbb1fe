import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import type { Clock } from '#shared/runtime.ts';

/**
 * Stamps that order changes across laptops whose clocks disagree (a hybrid logical clock: Kulkarni et al. 2014,
 * "Logical Physical Clocks"). A stamp is 12 hex digits of milliseconds, 4 of a counter, `-` and the node:
 * plain byte order is their order, on every engine and under every collation of ASCII digits and letters.
 */
export interface Stamp {
  readonly milliseconds: number;
  readonly counter: number;
  readonly node: string;
}

const maxCounter = 0xffff;
const maxMilliseconds = 0xffff_ffff_ffff;
const stampPattern = /^([0-9a-f]{12})([0-9a-f]{4})-([0-9a-z]{1,32})$/;

export function formatStamp({ milliseconds, counter, node }: Stamp): string {
  return `${milliseconds.toString(16).padStart(12, '0')}${counter.toString(16).padStart(4, '0')}-${node}`;
}

export function parseStamp(text: string): Stamp {
  const [, milliseconds, counter, node] = stampPattern.exec(text) ?? [];
  if (!milliseconds || !counter || !node) {
    throw new SatchelError('invalid', say`A change carries a stamp that is not in the known form.`);
  }
  return { milliseconds: Number.parseInt(milliseconds, 16), counter: Number.parseInt(counter, 16), node };
}

/** Keeps, across restarts, a time that no stamp given out so far is beyond. */
export interface Reservation {
  /** Milliseconds; 0 when nothing was ever reserved. */
  readonly reserved: number;
  /** Returns when `milliseconds` is safely stored. */
  reserve(milliseconds: number): void;
}

export interface HybridClockOptions {
  readonly clock: Clock;
  readonly node: string;
  readonly reservation: Reservation;
}

/** How far ahead time is reserved at once: one small write in this many milliseconds of writing. */
const reservedAhead = 2_000;
/** A stamp from elsewhere may run this far ahead of this machine's clock; a later one is taken as this far ahead. */
const maxAhead = 60_000;

/**
 * Gives out stamps, each greater than every one before it: when the clock stands still or jumps back, and after a crash.
 */
export class HybridClock {
  readonly #options: HybridClockOptions;
  #milliseconds: number;
  #counter = -1;

  constructor(options: HybridClockOptions) {
    if (!/^[0-9a-z]{1,32}$/.test(options.node)) {
      throw new SatchelError('internal', say`The node of a clock is 1 to 32 digits and small letters.`);
    }
    this.#options = options;
    this.#milliseconds = options.reservation.reserved;
  }

  /** The next stamp. May write the reservation (a few milliseconds, once in two seconds of writing). */
  next(): string {
    const now = this.#options.clock.now();
    if (now > this.#milliseconds) this.#move(now, 0);
    else this.#move(this.#milliseconds, this.#counter + 1);
    return formatStamp({
      milliseconds: this.#milliseconds,
      counter: this.#counter,
      node: this.#options.node,
    });
  }

  /** Takes note of a stamp from another node, so that what is written here next is later than it. */
  observe(stamp: string): void {
    const { milliseconds, counter } = parseStamp(stamp);
    const latest = this.#options.clock.now() + maxAhead;
    const capped = Math.min(milliseconds, latest);
    if (capped < this.#milliseconds) return;
    const isSame = capped === this.#milliseconds;
    this.#move(capped, isSame ? Math.max(counter, this.#counter) : capped < milliseconds ? 0 : counter);
  }

  /** Lowers the reservation to what was used, at an orderly end: the next start need not run ahead. */
  settle(): void {
    if (this.#counter >= 0) this.#options.reservation.reserve(this.#milliseconds + 1);
  }

  #move(milliseconds: number, counter: number): void {
    const isFull = counter > maxCounter;
    const moved = isFull ? milliseconds + 1 : milliseconds;
    if (moved > maxMilliseconds)
      throw new SatchelError('internal', say`The clock is set past the year 10889.`);
    if (moved >= this.#options.reservation.reserved) this.#options.reservation.reserve(moved + reservedAhead);
    this.#milliseconds = moved;
    this.#counter = isFull ? 0 : counter;
  }
}
