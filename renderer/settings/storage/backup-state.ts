import { create } from 'zustand';
import type { ContractClient } from '#shared/contract/contract.ts';
import type { BackupEvent } from '#shared/contract/storage.ts';

type DoneEvent = Extract<BackupEvent, { step: 'done' }>;

interface BackupState {
  /** What the running backup said last; null when none runs. */
  readonly running: Exclude<BackupEvent, DoneEvent> | null;
  /** The one that was made since the app was opened. */
  readonly made: DoneEvent | null;
}

/** Kept outside the page, so that a backup goes on, and can still be cancelled, when its person looks at something else. */
export const useBackup = create<BackupState>()(() => ({ running: null, made: null }));

let stop: AbortController | null = null;

/**
 * Resolves with `false` where it was cancelled.
 * @throws SatchelError as the contract tells
 */
export async function runBackup(client: ContractClient): Promise<boolean> {
  stop = new AbortController();
  const { signal } = stop;
  useBackup.setState({ running: { step: 'copying', done: 0, total: 0 }, made: null });
  try {
    for await (const event of await client.storage.backUp({}, { signal })) {
      if (event.step === 'done') useBackup.setState({ made: event });
      else useBackup.setState({ running: event });
    }
    return true;
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  } finally {
    useBackup.setState({ running: null });
  }
}

export function cancelBackup(): void {
  stop?.abort();
}
