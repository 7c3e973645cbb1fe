import { expect, test } from 'vitest';
import { systemIds } from './runtime.ts';

test('ids are version 7, all different, and sort in the order in which they are made', () => {
  const began = Date.now();
  const ids = Array.from({ length: 20_000 }, () => systemIds.next());
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.toSorted()).toEqual(ids);
  for (const id of [ids[0], ids.at(-1)]) {
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const made = Number.parseInt((id ?? '').replaceAll('-', '').slice(0, 12), 16);
    expect(made).toBeGreaterThanOrEqual(began);
    expect(made).toBeLessThanOrEqual(Date.now());
  }
  // What does not count on is random.
  expect(new Set(ids.map((id) => id.slice(-8))).size).toBeGreaterThan(ids.length - 10);
});
