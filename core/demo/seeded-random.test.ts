import { expect, test } from 'vitest';
import { Chance } from './chance.ts';
import { seededRandom } from './seeded-random.ts';

test('a seed repeats its numbers, and near seeds give different ones', () => {
  const take = (seed: number) => {
    const random = seededRandom(seed);
    return Array.from({ length: 20 }, () => random.next());
  };
  expect(take(7)).toEqual(take(7));
  expect(take(7)[0]).not.toBeCloseTo(take(8)[0] ?? 0, 3);
});

test('numbers fill [0, 1) evenly', () => {
  const random = seededRandom(3);
  const tenths = Array.from({ length: 10 }, () => 0);
  for (let index = 0; index < 100_000; index++) {
    const tenth = Math.floor(random.next() * 10);
    tenths[tenth] = (tenths[tenth] ?? 0) + 1;
  }
  for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(400);
});

test('ids are version 7 UUIDs of their moment', () => {
  const chance = new Chance(seededRandom(1));
  const early = chance.idAt(Date.UTC(2024, 0, 1));
  const late = chance.idAt(Date.UTC(2024, 0, 2));
  expect(early).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(early < late).toBe(true);
  expect(Number.parseInt(early.replaceAll('-', '').slice(0, 12), 16)).toBe(Date.UTC(2024, 0, 1));
});

test('weights are kept', () => {
  const chance = new Chance(seededRandom(5));
  let heavy = 0;
  for (let index = 0; index < 10_000; index++) {
    if (
      chance.weighted([
        { weight: 9, heavy: true },
        { weight: 1, heavy: false },
      ]).heavy
    )
      heavy++;
  }
  expect(heavy).toBeGreaterThan(8_800);
  expect(heavy).toBeLessThan(9_200);
});
