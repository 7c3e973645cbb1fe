import { z } from 'zod';
import { workspaceIdSchema } from '#shared/ids.ts';
import type { EngineLog } from './log.ts';
import type { Session } from './session.ts';
import type { TablesChanged } from './types.ts';

/** The channel that the triggers of the schema notify; PostgreSQL delivers after the commit and drops on rollback. */
const channel = 'satchel_changes';
/** More changed rows than this are not named one by one. */
const maxNamedIds = 200;

const payloadSchema = z.object({
  workspace_id: workspaceIdSchema,
  table: z.string(),
  ids: z.array(z.string()).nullish(),
});

/** Collects what the statements of a transaction notified, and tells listeners once per table when it has committed. */
export class TableChanges {
  readonly #listeners = new Set<(changed: TablesChanged) => void>();
  readonly #log: EngineLog;
  #collected: TablesChanged[] = [];

  constructor(log: EngineLog) {
    this.#log = log;
  }

  async attach(session: Session): Promise<void> {
    session.onNotification = (notification) => {
      if (notification.channel === channel) this.#collect(notification.payload);
    };
    await session.script(`LISTEN ${channel}`, 'changes');
  }

  subscribe(listener: (changed: TablesChanged) => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => this.#listeners.delete(listener) };
  }

  /** Called when a transaction has ended. A listener that throws is logged and does not keep the others from hearing. */
  deliver(): TablesChanged[] {
    const merged = mergeByTable(this.#collected);
    this.#collected = [];
    for (const changed of merged) {
      for (const listener of this.#listeners) {
        try {
          listener(changed);
        } catch (error) {
          this.#log.error({ error: String(error), table: changed.table }, 'A listener of changes failed');
        }
      }
    }
    return merged;
  }

  #collect(payload: string): void {
    const parsed = payloadSchema.safeParse(tryJson(payload));
    if (!parsed.success) {
      this.#log.error({ channel }, 'A change notification is not in the known form');
      return;
    }
    const { workspace_id: workspaceId, table, ids } = parsed.data;
    this.#collected.push({ workspaceId, table, ...(ids && { ids }) });
  }
}

function mergeByTable(changes: readonly TablesChanged[]): TablesChanged[] {
  const byTable = Map.groupBy(changes, ({ workspaceId, table }) => `${workspaceId} ${table}`);
  return [...byTable.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const ids = new Set(group.flatMap((change) => change.ids ?? []));
    const areNamed = group.every((change) => change.ids) && ids.size <= maxNamedIds;
    return [{ workspaceId: first.workspaceId, table: first.table, ...(areNamed && { ids: [...ids] }) }];
  });
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
