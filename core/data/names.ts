/** Names as people compare them, and how far two of them are apart. */
import { fold } from '#shared/text/fold.ts';

/** Spaces and punctuation do not matter either: `GTXPro` and `GTX Pro`, `Ron-tech` and `Rontech`. */
export function letters(text: string): string {
  return fold(text).replaceAll(/[^\p{L}\p{N}]+/gu, '');
}

/**
 * Letters to change, insert, remove or swap with their neighbour to make one text of the other, or `limit + 1` as soon as
 * it is more than `limit`.
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let value = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        value = Math.min(value, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(value);
      least = Math.min(least, value);
    }
    if (least > limit) return limit + 1;
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? limit + 1;
}

/** How many letters may differ before two names are no longer similar: short names must be equal. */
export function similarityLimit(length: number): number {
  if (length < 5) return 0;
  return length < 10 ? 1 : 2;
}

/** Given and family name of a full name, also when written `Family, Given`. */
export function splitFullName(fullName: string): { firstName: string | null; lastName: string | null } {
  const name = fullName.trim().replaceAll(/\s+/g, ' ');
  if (name === '') return { firstName: null, lastName: null };
  const comma = /^([^,]+),\s*([^,]+)$/.exec(name);
  if (comma) return { firstName: comma[2] ?? null, lastName: comma[1] ?? null };
  const space = name.indexOf(' ');
  if (space < 0) return { firstName: null, lastName: name };
  return { firstName: name.slice(0, space), lastName: name.slice(space + 1) };
}
