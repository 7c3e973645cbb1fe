import type { QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { ContractClient } from '#shared/contract/contract.ts';
import { isSignedOut } from './connection.ts';
import { useConnection } from './connection-state.ts';
import { showsChange } from './shown-tables.ts';

/** An import commits many times a second; refetching for each would keep the engine busy with nothing else. */
const batchMilliseconds = 250;
const firstRetryMilliseconds = 250;
const longestRetryMilliseconds = 4_000;

/**
 * Follows the application's table-changed events for as long as the page lives: invalidates what shows the tables,
 * and keeps the connection's state. After a lost connection everything is read again, since events were missed.
 */
async function followChanges(
  client: ContractClient,
  queries: QueryClient,
  signal: AbortSignal,
): Promise<void> {
  const changed = new Map<string, Set<string> | 'all'>();
  let timer: number | undefined;
  const flush = () => {
    timer = undefined;
    const tables = [...changed];
    changed.clear();
    void queries.invalidateQueries({
      predicate: ({ queryKey }) => tables.some(([table, ids]) => showsChange(queryKey, table, ids)),
    });
  };

  let retry = firstRetryMilliseconds;
  let wasLost = false;
  while (!signal.aborted) {
    try {
      const events = await client.events.tablesChanged({}, { signal });
      useConnection.setState({ state: 'open' });
      retry = firstRetryMilliseconds;
      if (wasLost) void queries.invalidateQueries();
      for await (const { table, ids } of events) {
        const known = changed.get(table) ?? new Set();
        if (known !== 'all') for (const id of ids ?? []) known.add(id);
        changed.set(table, ids ? known : 'all');
        timer ??= window.setTimeout(flush, batchMilliseconds);
      }
    } catch {
      // Whatever ended the stream, the answer is the same: say so and connect again.
    }
    if (signal.aborted) break;
    wasLost = true;
    useConnection.setState({ state: (await isSignedOut()) ? 'signed_out' : 'lost' });
    await new Promise((resolve) => window.setTimeout(resolve, retry));
    retry = Math.min(retry * 2, longestRetryMilliseconds);
  }
  window.clearTimeout(timer);
}

export function useLiveUpdates(client: ContractClient, queries: QueryClient): void {
  useEffect(() => {
    const leaving = new AbortController();
    void followChanges(client, queries, leaving.signal);
    return () => leaving.abort();
  }, [client, queries]);
}
