import { afterEach, describe, expect, test } from 'vitest';
import { machineRegion } from '#shared/time-zones.ts';
import { formatDateTime, formatDayOf, formatTime, setRegion } from '../format/format.ts';
import { dayHeading } from './days.ts';

afterEach(() => setRegion(machineRegion()));

describe.each([
  // Clocks go forward in the night before 8 March and back in that before 1 November.
  { timezone: 'America/New_York', midnight: '2026-03-09T04:00:00Z', day: 'Mar 9, 2026' },
  { timezone: 'America/New_York', midnight: '2026-11-02T05:00:00Z', day: 'Nov 2, 2026' },
  { timezone: 'Pacific/Auckland', midnight: '2026-02-28T11:00:00Z', day: 'Mar 1, 2026' },
  { timezone: 'Asia/Kolkata', midnight: '2026-03-04T18:30:00Z', day: 'Mar 5, 2026' },
  { timezone: 'UTC', midnight: '2024-03-01T00:00:00Z', day: 'Mar 1, 2024' },
])('around midnight of $day in $timezone', ({ timezone, midnight, day }) => {
  const moment = (minutes: number) => new Date(Date.parse(midnight) + minutes * 60_000).toISOString();
  const headings = (now: number) =>
    [-26 * 60, -1, 0, 22 * 60].map((minutes) => dayHeading(moment(minutes), Date.parse(moment(now))).kind);

  test('today begins, and what was today is yesterday, over the end of a month and a change of the clocks too', () => {
    setRegion({ timezone, locale: 'en-US' });
    expect(headings(-1)).toEqual(['yesterday', 'today', 'date', 'date']);
    expect(headings(1)).toEqual(['date', 'yesterday', 'today', 'today']);
  });

  test('what a list shows is that day', () => {
    setRegion({ timezone, locale: 'en-US' });
    expect(formatDayOf(moment(0))).toBe(day);
    expect(formatDayOf(moment(-1))).not.toBe(day);
    expect(formatTime(moment(5))).toMatch(/^12:05\sAM$/u);
    expect(formatDateTime(moment(5))).toMatch(/, 12:05\sAM$/u);
    expect(dayHeading(moment(0), Date.parse(moment(10 * 24 * 60)))).toEqual({ kind: 'date', text: day });
  });
});

test('numbers and dates are written in the region of the workspace', () => {
  setRegion({ timezone: 'Europe/Berlin', locale: 'de-DE' });
  expect(formatDateTime('2026-03-05T12:30:00Z')).toBe('05.03.2026, 13:30');
});
