import { expect, test } from 'vitest';
import { assert, property, uint8Array } from '#tests/support/property.ts';
import { base64Of, bytesOf } from './upload-file.ts';

test('bytes survive the way through base64', () => {
  assert(
    property(uint8Array({ maxLength: 5_000 }), (bytes) => {
      expect(Array.from(bytesOf(base64Of(bytes)))).toEqual(Array.from(bytes));
    }),
  );
});

test('a chunk larger than one call may take is encoded whole', () => {
  const bytes = new Uint8Array(100_000).map((_, index) => index % 251);
  expect(base64Of(bytes)).toBe(Buffer.from(bytes).toString('base64'));
});
