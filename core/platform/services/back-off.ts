import type { Random } from '#shared/runtime.ts';

const first = 2_000;
/** No try waits longer, and no clock that was put back makes one wait longer. */
export const longestBackOff = 3_600_000;

/** Milliseconds before the try after `attempts` of them: doubled each time, and spread so that not all come at once. */
export function backOff(attempts: number, random: Random): number {
  const whole = Math.min(first * 2 ** Math.max(attempts - 1, 0), longestBackOff);
  return Math.round(whole * (0.5 + random.next() / 2));
}
