import { expect, test } from 'vitest';
import { SliceSize } from './slice-size.ts';

const pace = { targetMilliseconds: 30, minRows: 20, maxRows: 500, firstRows: 100 };

test('slices settle at what fits the time, whatever a row costs', () => {
  for (const perRow of [0.1, 0.5, 1]) {
    const size = new SliceSize(pace);
    for (let turn = 0; turn < 20; turn++) size.took(size.rows, size.rows * perRow);
    expect(size.rows * perRow).toBeCloseTo(30, 0);
  }
});

test('a slice that took too long is not repeated at its size', () => {
  const size = new SliceSize(pace);
  size.took(100, 300);
  expect(size.rows).toBe(20);
  const slower = new SliceSize(pace);
  slower.took(100, 60);
  expect(slower.rows).toBe(50);
});

test('slices stay within their bounds, and a short rest of a file teaches nothing', () => {
  const size = new SliceSize(pace);
  for (let turn = 0; turn < 20; turn++) size.took(size.rows, 0);
  expect(size.rows).toBe(500);
  size.took(3, 300);
  expect(size.rows).toBe(500);
  size.took(500, 100_000);
  expect(size.rows).toBe(20);
});
