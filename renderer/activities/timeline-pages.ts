import type { TimelineEntry } from '#shared/contract/timeline.ts';
import { dayOf } from '#shared/time-zones.ts';
import { shownTimeZone } from '../format/format.ts';

export interface TimelinePage {
  readonly entries: readonly TimelineEntry[];
  readonly nextCursor: string | null;
}

/** What is remembered of a page that was read: where its entries stand, and not what they say. */
export interface KnownPage {
  readonly entries: readonly { readonly key: string; readonly at: string }[];
  /** Where the next page begins; null at the end. */
  readonly nextCursor: string | null;
  /** When it was read, in milliseconds since the epoch. */
  readonly readAt: number;
}

/** An entry of the timeline, or the heading of a day before its first one. */
export interface TimelinePlace {
  readonly kind: 'day' | 'entry';
  /** Of the entry; unlike any other in the timeline. */
  readonly key: string;
  readonly at: string;
  readonly page: number;
}

export function keyOfEntry(entry: TimelineEntry): string {
  return entry.kind === 'activity' ? entry.activity.id : `change-${entry.changeSetIds.join('-')}-${entry.at}`;
}

/**
 * The known pages once a page was read or read again. Where it now ends elsewhere than before (something was added or
 * taken away above its end), the pages below it began in the wrong place: they are forgotten, and read when they show.
 *
 * @returns the same array when nothing is new
 */
export function withPage(
  known: readonly KnownPage[],
  page: number,
  { entries, nextCursor }: TimelinePage,
  readAt: number,
): readonly KnownPage[] {
  const before = known[page];
  if (page > known.length || before?.readAt === readAt) return known;
  const read = {
    entries: entries.map((entry) => ({ key: keyOfEntry(entry), at: entry.at })),
    nextCursor,
    readAt,
  };
  const below = before?.nextCursor === nextCursor ? known.slice(page + 1) : [];
  return [...known.slice(0, page), read, ...below];
}

/** All places from the top, each day with its heading. */
export function placesOf(known: readonly KnownPage[]): TimelinePlace[] {
  const places: TimelinePlace[] = [];
  let day = '';
  known.forEach(({ entries }, page) => {
    for (const { key, at } of entries) {
      const entryDay = dayOf(at, shownTimeZone());
      if (entryDay !== day) {
        day = entryDay;
        places.push({ kind: 'day', key, at, page });
      }
      places.push({ kind: 'entry', key, at, page });
    }
  });
  return places;
}
