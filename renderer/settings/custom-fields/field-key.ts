import { fold } from '#shared/text/fold.ts';
import { customFieldKeySchema } from '#shared/values.ts';

const longest = 63;

/**
 * The key under which a new field's values are kept: its label in plain letters, or `field` where it has none, and
 * unlike any other's.
 */
export function fieldKeyOf(label: string, taken: readonly string[]): string {
  const plain = fold(label)
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^[_0-9]+|_+$/g, '');
  const base = plain === '' ? 'field' : plain;
  for (let number = 1; ; number += 1) {
    const ending = number === 1 ? '' : `_${String(number)}`;
    const key = `${base.slice(0, longest - ending.length)}${ending}`;
    if (customFieldKeySchema.safeParse(key).success && !taken.includes(key)) return key;
  }
}
