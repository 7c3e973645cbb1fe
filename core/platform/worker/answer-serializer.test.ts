import { StandardRPCJsonSerializer } from '@orpc/client/standard';
import { expect, test } from 'vitest';
import * as fc from '#tests/support/property.ts';
import { AnswerSerializer } from './answer-serializer.ts';

const serializer = new AnswerSerializer();
const library = new StandardRPCJsonSerializer();

const special = fc.constantFrom<unknown>(
  undefined,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  10n,
  new Date(0),
  new Date(Number.NaN),
  new Set([1]),
  new Map([['a', 1]]),
  /a/,
  new URL('http://127.0.0.1/'),
  { toJSON: () => 'other' },
);
const { answer } = fc.letrec((tie) => ({
  answer: fc.oneof(
    { withCrossShrink: true },
    fc.string(),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    { arbitrary: special, weight: 1 },
    fc.array(tie('answer'), { maxLength: 4 }),
    fc.dictionary(fc.string(), tie('answer'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

test('what crosses is what the library would send, and is read back the same', () => {
  fc.assert(
    fc.property(answer, (value) => {
      const [json, meta] = serializer.serialize(value);
      const [expectedJson, expectedMeta] = library.serialize(value);
      expect(JSON.stringify({ json, meta })).toBe(JSON.stringify({ json: expectedJson, meta: expectedMeta }));
    }),
    { numRuns: 1_000 },
  );
});

test('a plain answer is not copied', () => {
  const rows = [{ name: 'Ann', email: null, tags: ['a'], customFields: { size: 3 }, isOpen: true }];
  expect(serializer.serialize(rows)[0]).toBe(rows);
});
