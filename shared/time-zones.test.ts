import { describe, expect, it } from 'vitest';
import {
  dayBefore,
  dayOf,
  isLocale,
  isTimeZone,
  localTimeOf,
  momentOf,
  timeZoneNames,
} from './time-zones.ts';

describe('time zones', () => {
  it('are named as they are called today', () => {
    const names = timeZoneNames();
    expect(names).toEqual(expect.arrayContaining(['UTC', 'Asia/Kolkata', 'Europe/Kyiv', 'America/New_York']));
    expect(names).not.toContain('Asia/Calcutta');
    expect(names.every(isTimeZone)).toBe(true);
  });

  it.each(['Mars/Phobos', '+05:30', '-0500', '', ' UTC', 'Etc/Unknown', 'Europe/Berlin; x'])(
    'are not what has no such name: %s',
    (name) => expect(isTimeZone(name)).toBe(false),
  );

  it('locales are tags of BCP 47', () => {
    expect(['de-DE', 'zh-Hant-TW', 'en'].every(isLocale)).toBe(true);
    expect(['', 'de_DE', 'english speaking'].some(isLocale)).toBe(false);
  });
});

describe('a moment on the clocks of a zone', () => {
  it.each([
    ['2026-03-05T23:30:00Z', 'America/New_York', '2026-03-05T18:30'],
    ['2026-03-05T02:30:00Z', 'America/New_York', '2026-03-04T21:30'],
    ['2026-03-05T12:30:00Z', 'Pacific/Auckland', '2026-03-06T01:30'],
    ['2026-03-05T18:30:00.999Z', 'Asia/Kolkata', '2026-03-06T00:00'],
    // The clocks of New York go forward at 07:00 UTC and back at 06:00 UTC.
    ['2026-03-08T06:59:59Z', 'America/New_York', '2026-03-08T01:59'],
    ['2026-03-08T07:00:00Z', 'America/New_York', '2026-03-08T03:00'],
    ['2026-11-01T06:00:00Z', 'America/New_York', '2026-11-01T01:00'],
    ['1960-01-01T00:00:00.500Z', 'UTC', '1960-01-01T00:00'],
  ])('%s in %s is %s', (moment, zone, local) => {
    expect(localTimeOf(moment, zone)).toBe(local);
    expect(dayOf(moment, zone)).toBe(local.slice(0, 10));
  });

  it.each([
    ['2026-03-04T21:30', 'America/New_York', '2026-03-05T02:30:00.000Z'],
    ['2026-03-06T01:30', 'Pacific/Auckland', '2026-03-05T12:30:00.000Z'],
    ['2026-03-06T00:00', 'Asia/Kolkata', '2026-03-05T18:30:00.000Z'],
    // Shown twice: the first. Skipped: an hour later. Midnight itself is shown twice in Havana, and skipped in Cairo.
    ['2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30:00.000Z'],
    ['2026-03-08T02:30', 'America/New_York', '2026-03-08T07:30:00.000Z'],
    ['2026-11-01T00:00', 'America/Havana', '2026-11-01T04:00:00.000Z'],
    ['2026-04-24T00:00', 'Africa/Cairo', '2026-04-23T22:00:00.000Z'],
    ['2026-04-05T02:30', 'Pacific/Auckland', '2026-04-04T13:30:00.000Z'],
  ])('%s in %s is %s', (local, zone, moment) => {
    expect(new Date(momentOf(local, zone)).toISOString()).toBe(moment);
  });

  it('comes back from what the clocks show, unless they show it twice', () => {
    for (const zone of [
      'America/New_York',
      'Pacific/Auckland',
      'Asia/Kolkata',
      'America/St_Johns',
      'Pacific/Apia',
    ]) {
      for (let moment = Date.UTC(2026, 0, 1); moment < Date.UTC(2027, 0, 1); moment += 11 * 3_600_000) {
        const local = localTimeOf(moment, zone);
        expect(localTimeOf(momentOf(local, zone), zone)).toBe(local);
        expect(Math.abs(momentOf(local, zone) - moment) % 3_600_000).toBe(0);
      }
    }
  });

  it('is none when the text is none', () => {
    expect(momentOf('', 'UTC')).toBeNaN();
    expect(momentOf('2026-13-01T00:00', 'UTC')).toBeNaN();
  });

  it('the day before the first of March', () => {
    expect(dayBefore('2024-03-01')).toBe('2024-02-29');
    expect(dayBefore('2026-01-01')).toBe('2025-12-31');
  });
});
