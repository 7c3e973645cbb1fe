import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { create } from 'zustand';
import type { ListScope, Sort } from '#shared/contract/list.ts';
import type { ObjectName } from '#shared/objects/objects.ts';
import { useClient } from '../client/client-context.tsx';
import { recordClient } from '../client/record-client.ts';

/** The list that a record was opened from, and where the record stood in it, from 0. */
export interface ListTrail {
  readonly object: ObjectName;
  readonly scope: ListScope;
  readonly sort: readonly Sort[];
  readonly index: number;
}

export const useListTrail = create<{ trail: ListTrail | null }>(() => ({ trail: null }));

/** Call when a list opens one of its records: its page then leads on to the next and previous one. */
export function leaveTrail(trail: ListTrail | null): void {
  useListTrail.setState({ trail });
}

export interface Neighbours {
  /** Where the record stands in its list, from 0; null when it was not opened from a list. */
  index: number | null;
  previous: string | null;
  next: string | null;
}

const nowhere: Neighbours = { index: null, previous: null, next: null };

/**
 * The records before and after one in the list it was opened from: three rows by index position, so that it costs the
 * same anywhere in a long list. Looks a few rows around, because an edit may have moved the record within its list.
 */
export function useNeighbours(object: ObjectName, id: string): Neighbours {
  const client = useClient();
  const trail = useListTrail((state) => state.trail);
  const isOn = trail?.object === object;
  const offset = Math.max(0, (trail?.index ?? 0) - 3);
  const { data } = useQuery({
    queryKey: ['records', object, 'neighbours', trail?.scope, trail?.sort, offset],
    queryFn: ({ signal }) =>
      recordClient(client, object).list(
        { ...trail?.scope, sort: [...(trail?.sort ?? [])], offset, limit: 7 },
        { signal },
      ),
    enabled: isOn,
    placeholderData: keepPreviousData,
  });
  if (!isOn || !data) return nowhere;
  const place = data.rows.findIndex((row) => row.id === id);
  if (place < 0) return nowhere;
  return {
    index: offset + place,
    previous: data.rows[place - 1]?.id ?? null,
    next: data.rows[place + 1]?.id ?? null,
  };
}
