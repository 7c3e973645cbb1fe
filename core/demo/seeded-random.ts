import type { Random } from '#shared/runtime.ts';

/**
 * A small fast generator with 128 bits of state (sfc32 by Chris Doty-Humphrey, public domain): the same seed gives the
 * same numbers on every machine. Not for secrets.
 */
export function seededRandom(seed: number): Random {
  let a = 0x9e3779b9;
  let b = 0x243f6a88;
  let c = seed >>> 0;
  let counter = Math.floor(seed / 2 ** 32) | 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  // The first numbers of near seeds are alike; after a dozen rounds they are not.
  for (let round = 0; round < 15; round++) next();
  return { next };
}
