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

export const systemIds: IdSource = { next: () => uuidv7() };

export const systemRandom: Random = { next: () => Math.random() };
