import {
  type QueryClient,
  type QueryFunctionContext,
  useQueries,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ContractClient } from '#shared/contract/contract.ts';
import type { ListScope, Sort } from '#shared/contract/list.ts';
import type { ObjectName } from '#shared/objects/objects.ts';
import { useClient } from '../client/client-context.tsx';
import { queryKeys } from '../client/query-keys.ts';
import { type AnyRecord, recordClient } from '../client/record-client.ts';

export const rowsPerPage = 100;
/** Rows read beyond what shows, so that scrolling at reading speed never meets a skeleton. */
const rowsAhead = 40;
/** Pages that flash by while the thumb is dragged are not read; those that stay this long are. */
const settleMilliseconds = 70;

export interface Page {
  rows: readonly AnyRecord[];
  nextCursor: string | null;
}

export interface ListSource {
  object: ObjectName;
  scope: ListScope;
  sort: readonly Sort[];
}

/**
 * One page of a list: continued from the page before where that is known (an index position, equally fast
 * everywhere), else by offset (a jump).
 */
export function pageQuery(client: ContractClient, queries: QueryClient, source: ListSource, page: number) {
  const { object, scope, sort } = source;
  return {
    queryKey: queryKeys.listPage(object, scope, sort, page),
    queryFn: async ({ signal }: Pick<QueryFunctionContext, 'signal'>): Promise<Page> => {
      const before = queries.getQueryState<Page>(queryKeys.listPage(object, scope, sort, page - 1));
      const cursor = before?.isInvalidated === false ? before.data?.nextCursor : undefined;
      const start = page === 0 ? {} : cursor ? { cursor } : { offset: page * rowsPerPage };
      return recordClient(client, object).list(
        { ...scope, sort: [...sort], limit: rowsPerPage, ...start },
        { signal },
      );
    },
  };
}

export interface VisibleRange {
  start: number;
  end: number;
}

function pagesOf({ start, end }: VisibleRange, rowCount: number): number[] {
  const lastRow = Math.min(end + rowsAhead, Math.max(rowCount - 1, 0));
  const first = Math.max(0, Math.floor(Math.min(start - rowsAhead, lastRow) / rowsPerPage));
  const last = Math.max(first, Math.floor(lastRow / rowsPerPage));
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

export interface ListRows {
  /** Rows to make room for. */
  rowCount: number;
  isEstimate: boolean;
  isCounted: boolean;
  /** Undefined while its page is being read. */
  rowAt: (index: number) => AnyRecord | undefined;
  error: unknown;
  retry: () => void;
}

export function useListRows(source: ListSource, range: VisibleRange): ListRows {
  const client = useClient();
  const queries = useQueryClient();
  const { object, scope, sort } = source;
  const count = useQuery({
    queryKey: queryKeys.count(object, scope),
    queryFn: ({ signal }) => recordClient(client, object).count(scope, { signal }),
  });
  const guess = count.data?.count ?? rowsPerPage;
  const keyOf = (page: number) => queryKeys.listPage(object, scope, sort, page);
  const pages = useSettledPages(
    pagesOf(range, guess),
    (page) => queries.getQueryData(keyOf(page)) !== undefined,
  );
  const results = useQueries({ queries: pages.map((page) => pageQuery(client, queries, source, page)) });

  const last = results.at(-1)?.data;
  const lastEnd = (pages.at(-1) ?? 0) * rowsPerPage + (last?.rows.length ?? 0);
  return {
    rowCount: settledCount(guess, count.data?.isEstimate === false, last, lastEnd),
    isEstimate: count.data?.isEstimate ?? false,
    isCounted: count.data !== undefined,
    rowAt: (index) =>
      queries.getQueryData<Page>(keyOf(Math.floor(index / rowsPerPage)))?.rows[index % rowsPerPage],
    error: results.find(({ error, data }) => error !== null && data === undefined)?.error ?? null,
    retry: () => void queries.refetchQueries({ queryKey: queryKeys.lists(object), type: 'active' }),
  };
}

/** An estimated or old count gives way to what was read: an end that was reached, or rows beyond it. */
export function settledCount(
  guess: number,
  isExact: boolean,
  last: Page | undefined,
  lastEnd: number,
): number {
  if (!last) return guess;
  if (last.nextCursor === null && (last.rows.length > 0 || lastEnd === 0)) return lastEnd;
  return isExact ? guess : Math.max(guess, lastEnd + rowsPerPage);
}

/** The pages to read: at once when all are cached, else when scrolling has rested on them. */
function useSettledPages(pages: number[], isCached: (page: number) => boolean): number[] {
  const wanted = pages.join(' ');
  const [settled, setSettled] = useState(wanted);
  const isReady = wanted === settled || pages.every(isCached);
  useEffect(() => {
    if (wanted === settled) return undefined;
    const timer = window.setTimeout(() => setSettled(wanted), isReady ? 0 : settleMilliseconds);
    return () => window.clearTimeout(timer);
  }, [wanted, settled, isReady]);
  return isReady ? pages : settled.split(' ').map(Number);
}
