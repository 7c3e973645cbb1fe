import { expect, test } from 'vitest';
import { recordIdOf } from './queries.ts';

test('an address with what is no id is that of a record that is not there', () => {
  const id = '019a2b3c-0000-7000-8000-000000000001';
  expect(recordIdOf(id)).toBe(id);
  for (const text of ['xyz', '', `${id}0`])
    expect(() => recordIdOf(text)).toThrow(expect.objectContaining({ code: 'not_found' }));
});
