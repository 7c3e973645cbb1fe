import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { TimelineKind } from '#shared/contract/timeline.ts';
import { recordIdSchema } from '#shared/ids.ts';
import type { ObjectName } from '#shared/objects/objects.ts';
import { useClient } from '../client/client-context.tsx';
import { queryKeys } from '../client/query-keys.ts';

const pageSize = 30;

/** A record's timeline, newest first, read page by page as a person scrolls. No kinds means all. */
export function useTimeline(object: ObjectName, id: string, kinds: readonly TimelineKind[]) {
  const client = useClient();
  return useInfiniteQuery({
    queryKey: [...queryKeys.timeline(object, id), kinds],
    queryFn: ({ pageParam, signal }) =>
      client.timeline.list(
        {
          object,
          id: recordIdSchema.parse(id),
          limit: pageSize,
          ...(kinds.length > 0 ? { kinds: [...kinds] } : {}),
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
}
