import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { create } from 'zustand';
import type { ListScope, Sort } from '#shared/contract/list.ts';
import type { ObjectName } from '#shared/objects/objects.ts';
import { useClient } from '../client/client-context.tsx';
import { queryKeys } from '../client/query-keys.ts';
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

/** Call when a record's page leads on to another record of the same list. */
function followTrail(index: number): void {
  useListTrail.setState(({ trail }) => ({ trail: trail && { ...trail, index } }));
}

/** A record beside the one that shows. */
export interface Neighbour {
  readonly id: string;
  /** Remembers that it is the one that shows now: call it before its page opens. */
  readonly follow: () => void;
}

export interface Neighbours {
  /** Where the record stands in its list, from 0. */
  readonly index: number;
  /** How long the list is; null until it was counted. */
  readonly total: { readonly count: number; readonly isEstimate: boolean } | null;
  readonly previous: Neighbour | null;
  readonly next: Neighbour | null;
}

/** Rows read around the record: an edit may have moved it within its list. */
const around = 3;

/**
 * The records before and after one in the list it was opened from: a few rows by index position, so that it costs the
 * same anywhere in a long list. Null where it was not opened from a list, or is no longer near its place there.
 */
export function useNeighbours(object: ObjectName, id: string): Neighbours | null {
  const client = useClient();
  const trail = useListTrail((state) => state.trail);
  const isOn = trail?.object === object;
  const scope = trail?.scope ?? {};
  const offset = Math.max(0, (trail?.index ?? 0) - around);
  const { data } = useQuery({
    queryKey: ['records', object, 'neighbours', scope, trail?.sort, offset],
    queryFn: async ({ signal }) => {
      const page = await recordClient(client, object).list(
        { ...scope, sort: [...(trail?.sort ?? [])], offset, limit: 2 * around + 1 },
        { signal },
      );
      return { offset, ids: page.rows.map((row) => row.id) };
    },
    enabled: isOn,
    placeholderData: keepPreviousData,
  });
  const { data: total } = useQuery({
    queryKey: queryKeys.count(object, scope),
    queryFn: ({ signal }) => recordClient(client, object).count(scope, { signal }),
    enabled: isOn,
  });
  if (!isOn || !data) return null;
  const place = data.ids.findIndex((other) => other === id);
  if (place < 0) return null;
  const index = data.offset + place;
  const at = (step: number): Neighbour | null => {
    const other = data.ids[place + step];
    return other === undefined ? null : { id: other, follow: () => followTrail(index + step) };
  };
  return { index, total: total ?? null, previous: at(-1), next: at(1) };
}
