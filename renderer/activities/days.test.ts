import { describe, expect, test } from 'vitest';
import { formatDayOf } from '../format/format.ts';
import { dayHeading, dayOf } from './days.ts';

/** Local times, as the reader's clock shows them. */
const at = (day: number, hour: number) => new Date(2026, 2, day, hour).toISOString();
const now = new Date(2026, 2, 1, 0, 30).getTime();

describe('days of the timeline', () => {
  test('two moments of one local day are one day', () => {
    expect(dayOf(at(3, 0))).toBe(dayOf(at(3, 23)));
    expect(dayOf(at(3, 23))).not.toBe(dayOf(at(4, 0)));
  });
  test('today and yesterday are named, over the end of a month too', () => {
    expect(dayHeading(at(1, 0), now)).toEqual({ kind: 'today' });
    expect(dayHeading(at(0, 23), now)).toEqual({ kind: 'yesterday' });
  });
  test('other days have their date', () => {
    expect(dayHeading(at(-3, 12), now)).toEqual({ kind: 'date', text: formatDayOf(at(-3, 12)) });
  });
});
