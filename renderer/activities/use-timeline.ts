import { useQueries } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { TimelineEntry, TimelineKind } from '#shared/contract/timeline.ts';
import { recordIdSchema } from '#shared/ids.ts';
import type { ObjectName } from '#shared/objects/objects.ts';
import { useClient } from '../client/client-context.tsx';
import { queryKeys } from '../client/query-keys.ts';
import { type KnownPage, keyOfEntry, placesOf, type TimelinePlace, withPage } from './timeline-pages.ts';

const pageSize = 50;
/** Pages that were scrolled past are forgotten after this long; going back reads them again. */
const rememberedMilliseconds = 30_000;

/** The pages that hold the entries that show. */
export interface ShownPages {
  readonly first: number;
  readonly last: number;
}

export interface TimelineRows {
  /** Everything known so far, newest first, with a heading before each day. */
  readonly places: readonly TimelinePlace[];
  /** Undefined while its page is being read (again). */
  readonly entryAt: (place: TimelinePlace) => TimelineEntry | undefined;
  readonly hasMore: boolean;
  readonly isPending: boolean;
  readonly isFetching: boolean;
  readonly error: unknown;
  readonly retry: () => void;
}

/**
 * A record's timeline, newest first, read page by page around what shows. Only where entries stand is kept for all of
 * it; what they say is kept for the pages near by, so that memory stays flat and a change reads a few pages anew.
 * No kinds means all. Mount it anew for another record or other kinds.
 */
export function useTimeline(
  object: ObjectName,
  id: string,
  kinds: readonly TimelineKind[],
  shown: ShownPages,
): TimelineRows {
  const client = useClient();
  const [remembered, setRemembered] = useState<readonly KnownPage[]>([]);
  const cursorOf = (page: number) => (page === 0 ? null : remembered[page - 1]?.nextCursor);

  const pages: { page: number; cursor: string | null }[] = [];
  for (let page = Math.max(0, shown.first - 1); page <= shown.last + 1; page += 1) {
    const cursor = cursorOf(page);
    if (cursor === undefined || (cursor === null && page > 0)) break;
    pages.push({ page, cursor });
  }
  const results = useQueries({
    queries: pages.map(({ cursor }) => ({
      queryKey: [...queryKeys.timeline(object, id), kinds, cursor],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        client.timeline.list(
          {
            object,
            id: recordIdSchema.parse(id),
            limit: pageSize,
            ...(kinds.length > 0 ? { kinds: [...kinds] } : {}),
            ...(cursor === null ? {} : { cursor }),
          },
          { signal },
        ),
      gcTime: rememberedMilliseconds,
    })),
  });

  const known = pages.reduce((before, { page }, index) => {
    const result = results[index];
    return result?.data ? withPage(before, page, result.data, result.dataUpdatedAt) : before;
  }, remembered);
  if (known !== remembered) setRemembered(known);

  const places = useMemo(() => placesOf(known), [known]);
  const failed = results.find(({ error, data }) => error !== null && data === undefined);
  return {
    places,
    entryAt: ({ page, key }) => {
      const index = pages.findIndex((one) => one.page === page);
      return results[index]?.data?.entries.find((entry) => keyOfEntry(entry) === key);
    },
    hasMore: known.length > 0 && known.at(-1)?.nextCursor !== null,
    isPending: known.length === 0,
    isFetching: results.some(({ isFetching }) => isFetching),
    error: failed?.error ?? null,
    retry: () => void failed?.refetch(),
  };
}
