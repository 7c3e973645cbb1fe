import { describe, expect, test } from 'vitest';
import type { TimelineEntry } from '#shared/contract/timeline.ts';
import { changeSetIdSchema } from '#shared/ids.ts';
import { type KnownPage, placesOf, withPage } from './timeline-pages.ts';

/** An entry of the given day of March 2026, at noon. */
function entry(day: number, minute = 0): TimelineEntry {
  return {
    kind: 'change',
    at: new Date(Date.UTC(2026, 2, day, 12, minute)).toISOString(),
    operation: 'update',
    source: 'person',
    userName: null,
    changeSetIds: [
      changeSetIdSchema.parse(
        `0190a0a0-0000-7000-8000-0000000${String(day * 100 + minute).padStart(5, '0')}`,
      ),
    ],
    fields: [],
  };
}

const first = { entries: [entry(9), entry(8, 2)], nextCursor: 'b' };
const second = { entries: [entry(8, 1), entry(7)], nextCursor: 'c' };
const third = { entries: [entry(6)], nextCursor: null };

function readAll(): readonly KnownPage[] {
  return [first, second, third].reduce<readonly KnownPage[]>(
    (known, page, index) => withPage(known, index, page, 1),
    [],
  );
}

describe('the known pages of a timeline', () => {
  test('put a heading before each day, over the end of a page too', () => {
    const places = placesOf(readAll());
    expect(places.map(({ kind, at, page }) => [kind, new Date(at).getUTCDate(), page])).toEqual([
      ['day', 9, 0],
      ['entry', 9, 0],
      ['day', 8, 0],
      ['entry', 8, 0],
      ['entry', 8, 1],
      ['day', 7, 1],
      ['entry', 7, 1],
      ['day', 6, 2],
      ['entry', 6, 2],
    ]);
    expect(new Set(places.map(({ kind, key }) => `${kind} ${key}`)).size).toBe(places.length);
  });

  test('stay the same object while nothing was read anew', () => {
    const known = readAll();
    expect(withPage(known, 1, second, 1)).toBe(known);
  });

  test('go on below a page that was read again and ends where it did', () => {
    const changed = { entries: [entry(9, 1), entry(8, 2)], nextCursor: 'b' };
    const known = withPage(readAll(), 0, changed, 2);
    expect(known).toHaveLength(3);
    expect(placesOf(known)).toHaveLength(placesOf(readAll()).length);
  });

  test('are forgotten below a page that now ends elsewhere, so that nothing is left out or shown twice', () => {
    const longer = { entries: [entry(10), entry(9)], nextCursor: 'b2' };
    const known = withPage(readAll(), 0, longer, 2);
    expect(known).toHaveLength(1);
    const rest = { entries: [entry(8, 2), entry(8, 1)], nextCursor: 'c2' };
    expect(placesOf(withPage(known, 1, rest, 3)).filter(({ kind }) => kind === 'entry')).toHaveLength(4);
  });

  test('take no page whose place is not known', () => {
    expect(withPage([], 2, third, 1)).toEqual([]);
  });
});
