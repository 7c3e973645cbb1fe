import { describe, expect, it } from 'vitest';
import { SatchelError } from '#shared/errors.ts';
import * as fc from '#tests/support/property.ts';
import { decodeCursor, encodeCursor, type ListPart } from './cursor.ts';

const id = '01980000-0000-7000-8000-000000000001';

describe('a cursor', () => {
  it('gives back the position it was made of, whatever is in the keys', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<ListPart>('filled', 'empty', 'hidden'),
        fc.array(fc.option(fc.string({ unit: 'grapheme' })), { maxLength: 3 }),
        (part, keys) => {
          expect(
            decodeCursor(
              'accounts,name asc',
              keys.length,
              encodeCursor('accounts,name asc', { part, keys, id }),
            ),
          ).toEqual({ part, keys, id });
        },
      ),
    );
  });

  it.each([
    ['of another sort', encodeCursor('accounts,name desc', { part: 'filled', keys: ['a'], id })],
    ['with too few keys', encodeCursor('accounts,name asc', { part: 'filled', keys: [], id })],
    [
      'with an id that is none',
      encodeCursor('accounts,name asc', { part: 'filled', keys: ['a'], id: "'; DROP TABLE accounts" }),
    ],
    [
      'of another version',
      Buffer.from(JSON.stringify([1, 'accounts,name asc', ['a'], id])).toString('base64url'),
    ],
    ['that is no JSON', 'bm90IGpzb24'],
    ['that is empty', ''],
  ])('%s is refused as invalid', (_, cursor) => {
    expect(() => decodeCursor('accounts,name asc', 1, cursor)).toThrow(
      expect.objectContaining({ constructor: SatchelError, code: 'invalid' }),
    );
  });
});
