import { formatDayOf } from '../format/format.ts';

/** The calendar day of a moment in the reader's time zone, as a key to compare. */
export function dayOf(timestamp: string): string {
  const at = new Date(timestamp);
  return `${String(at.getFullYear())}-${String(at.getMonth())}-${String(at.getDate())}`;
}

export type DayHeading = { kind: 'today' | 'yesterday' } | { kind: 'date'; text: string };

/** What stands above a day's entries. @param now milliseconds since the epoch */
export function dayHeading(timestamp: string, now: number): DayHeading {
  const today = new Date(now);
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1);
  if (dayOf(timestamp) === dayOf(today.toISOString())) return { kind: 'today' };
  if (dayOf(timestamp) === dayOf(yesterday.toISOString())) return { kind: 'yesterday' };
  return { kind: 'date', text: formatDayOf(timestamp) };
}
