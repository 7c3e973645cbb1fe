import { testSeed } from '../support/seed.ts';
import { seededRandom } from './seeded-random.ts';

/** How many times as much as usual is done: `npm run test:faults:long` asks for ten. */
export const factor = Number(process.env['SATCHEL_FAULT_FACTOR'] ?? 1);

/** Milliseconds. Only for what hangs: on a busy machine each of the many starts takes ten times as long. */
export const faultLimit = 1_800_000 * Math.max(1, factor);

const random = seededRandom(testSeed);

/** A moment within so many milliseconds. The seed repeats the moments of a file, not what a process does in them. */
export function anyMoment(longest: number): number {
  return random() * longest;
}
