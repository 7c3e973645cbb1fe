import type { Engine, TablesChanged } from '#db/engine/types.ts';

/** What a subscriber has not taken yet, by table: the ids, or `all` when they are too many to name. */
type Pending = Map<string, Set<string> | 'all'>;

const maxNamedIds = 200;

/**
 * Table-changed events of one workspace until `signal` aborts. A subscriber that is slower than the changes gets them
 * merged by table, so that an import cannot make its queue grow.
 *
 * @param workspaceId asked for at every change: a workspace may be created while somebody listens
 */
export async function* tablesChanged(
  engine: Engine,
  workspaceId: () => Promise<string | undefined>,
  signal: AbortSignal | undefined,
): AsyncGenerator<{ table: string; ids?: string[] }, void, void> {
  const pending: Pending = new Map();
  let wake = () => {};
  const stop = () => wake();
  signal?.addEventListener('abort', stop);
  using _subscription = engine.onTablesChanged((changed) => {
    void workspaceId().then((id) => {
      if (id !== changed.workspaceId) return;
      merge(pending, changed);
      wake();
    });
  });
  try {
    // oxlint-disable-next-line no-unmodified-loop-condition -- `aborted` is a getter that changes
    while (!signal?.aborted) {
      if (pending.size === 0) await new Promise<void>((resolve) => (wake = resolve));
      const taken = [...pending];
      pending.clear();
      for (const [table, ids] of taken) yield ids === 'all' ? { table } : { table, ids: [...ids] };
    }
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

function merge(pending: Pending, { table, ids }: TablesChanged): void {
  const known = pending.get(table) ?? new Set<string>();
  if (known === 'all') return;
  if (!ids || known.size + ids.length > maxNamedIds) {
    pending.set(table, 'all');
    return;
  }
  for (const id of ids) known.add(id);
  pending.set(table, known);
}
