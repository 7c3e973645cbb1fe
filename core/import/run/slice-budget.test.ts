import { expect, test } from 'vitest';
import { SliceBudget } from './slice-budget.ts';

/** Slices of an import beside a window in which somebody did something this long ago, and what they set. */
function importing(pace: 'background' | 'bulk') {
  const engine = { quietMilliseconds: Number.POSITIVE_INFINITY };
  const settings: string[] = [];
  const tx = { script: async (sql: string) => void settings.push(sql) };
  return { engine, settings, tx, slices: new SliceBudget(engine, pace) };
}

test('a slice is short at once when a person works, and longer again when they have stopped', async () => {
  const { engine, settings, tx, slices } = importing('background');
  // Rows that cost nothing bring the slices to their greatest size.
  for (let turn = 0; turn < 20; turn++) {
    await slices.began(tx);
    slices.took(slices.rows);
  }
  expect(slices.rows).toBe(5_000);
  engine.quietMilliseconds = 0;
  expect(slices.rows).toBe(100);
  await slices.began(tx);
  engine.quietMilliseconds = 3_000;
  expect(slices.rows).toBe(5_000);
  expect(settings.at(-2)).toContain("'1MB'");
  expect(settings.at(-1)).toContain("'256kB'");
});

test('where no window can be open, nobody is waited for', () => {
  const { engine, slices } = importing('bulk');
  engine.quietMilliseconds = 0;
  expect(slices.rows).toBe(1_000);
  expect(slices.mayHoldLong).toBe(true);
});

test('what was asked before the import began keeps nobody waiting, and what is asked after it does', async () => {
  const { engine, settings, tx, slices } = importing('background');
  engine.quietMilliseconds = 1_000;
  await slices.began(tx);
  expect(settings.at(-1)).toContain("'1MB'");
  expect(slices.mayHoldLong).toBe(false);
  engine.quietMilliseconds = 0;
  await slices.began(tx);
  expect(settings.at(-1)).toContain("'256kB'");
  expect(slices.mayHoldLong).toBe(false);
});
