import { dayBefore, dayOf } from '#shared/time-zones.ts';
import { formatDayOf, shownTimeZone } from '../format/format.ts';

export type DayHeading = { kind: 'today' | 'yesterday' } | { kind: 'date'; text: string };

/** What stands above a day's entries. @param now milliseconds since the epoch */
export function dayHeading(timestamp: string, now: number): DayHeading {
  const day = dayOf(timestamp, shownTimeZone());
  const today = dayOf(now, shownTimeZone());
  if (day === today) return { kind: 'today' };
  if (day === dayBefore(today)) return { kind: 'yesterday' };
  return { kind: 'date', text: formatDayOf(timestamp) };
}
