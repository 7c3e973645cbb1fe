import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import * as fc from '#tests/support/property.ts';
import { openingBounds, readWindowState, writeWindowState } from './window-state.ts';

const laptop = { x: 0, y: 25, width: 1_440, height: 800 };
const external = { x: 1_440, y: 0, width: 2_560, height: 1_400 };

describe('where the window opens', () => {
  test('centred on the main screen at first', () => {
    expect(openingBounds(undefined, [laptop])).toEqual({ x: 80, y: 25, width: 1_280, height: 800 });
  });

  test('where it was left', () => {
    const left = { x: 1_600, y: 100, width: 1_000, height: 900 };
    expect(openingBounds(left, [laptop, external])).toEqual(left);
  });

  test('on the main screen when the one it was on is gone', () => {
    const left = { x: 1_600, y: 100, width: 1_000, height: 700 };
    expect(openingBounds(left, [laptop])).toEqual({ x: 220, y: 75, width: 1_000, height: 700 });
  });

  test('always within reach, never larger than its screen', () => {
    const rectangle = fc.record({
      x: fc.integer({ min: -10_000, max: 10_000 }),
      y: fc.integer({ min: -10_000, max: 10_000 }),
      width: fc.integer({ min: 1, max: 6_000 }),
      height: fc.integer({ min: 1, max: 6_000 }),
    });
    fc.assert(
      fc.property(rectangle, (left) => {
        const bounds = openingBounds(left, [laptop, external]);
        const screen = [laptop, external].find(
          (area) =>
            bounds.width <= area.width &&
            bounds.height <= area.height &&
            bounds.y >= area.y &&
            bounds.y <= area.y + area.height - 40 &&
            bounds.x + bounds.width >= area.x + 120 &&
            bounds.x <= area.x + area.width - 120,
        );
        expect(screen).toBeDefined();
      }),
    );
  });
});

test('the state is read back, and a broken file is the first start again', async () => {
  const directory = await mkdtemp(path.join(tmpdir(), 'satchel-window-'));
  expect(readWindowState(directory)).toBeUndefined();
  const state = { bounds: { x: -5, y: 10, width: 800, height: 600 }, isMaximized: true };
  writeWindowState(directory, state);
  expect(readWindowState(directory)).toEqual(state);
  await writeFile(path.join(directory, 'window.json'), '{"bounds":');
  expect(readWindowState(directory)).toBeUndefined();
});
