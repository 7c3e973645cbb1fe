import { expect, test } from 'vitest';
import { percentile, timeCalls, timingOf } from './measure.ts';
import { judge, line, table } from './report.ts';

test('percentiles are by nearest rank', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(percentile(hundred, 50)).toBe(50);
  expect(percentile(hundred, 95)).toBe(95);
  expect(timingOf([7])).toEqual({ p50: 7, p95: 7 });
});

test('a row misses by its own time or by its ratio, and says which', () => {
  const row = {
    name: 'x',
    satchel: { p50: 1, p95: 20 },
    native: { p50: 1, p95: 5 },
    limit: 16,
    nativeLimit: 2,
  };
  expect(judge(row)).toEqual({ met: false, reason: 'over 16 ms, over 2× native' });
  expect(judge({ ...row, satchel: { p50: 1, p95: 9 } })).toEqual({ met: true, reason: '' });
});

test('a row without peers still has its line', () => {
  expect(
    table([{ name: 'start', satchel: { p50: 900, p95: 1_200 }, limit: 1_500 }])
      .split('\n')
      .at(-1),
  ).toBe('| start | 900 ms | 1200 ms |  |  |  |  |  |  | ≤ 1500 ms | yes |');
});

test('a row said by itself names its figures', () => {
  const row = {
    name: 'a list',
    satchel: { p50: 3, p95: 8, processor: 4 },
    native: { p50: 2, p95: 4, processor: 1.5 },
    limit: 16,
  };
  expect(line(row)).toBe(
    'a list: p50 3.00 ms, p95 8.00 ms, processor 4.00, native p95 4.00, × native 2.0×, native processor 1.50, figure ≤ 16 ms, met yes',
  );
});

test('processor time is counted from the end of the warm-up on, per call', async () => {
  let computed = 100;
  const timing = await timeCalls({ warmUps: 2, times: 4 }, () => void (computed += 3), {
    computed: () => computed,
  });
  expect(timing.processor).toBe(3);
});
