import { app } from 'electron';

/** Longer than a checkpoint of a large workspace takes; then the journal has everything that was acknowledged. */
const deadlineMs = 10_000;

interface Closable {
  close(deadlineMs: number): Promise<void>;
}

/**
 * Holds the quitting until what was added has closed: the windows go first (so nothing new is asked for), then the
 * engine writes its checkpoint and releases the directory, then the process ends.
 */
export function quitInOrder(): { add(closable: Closable): void } {
  const open: Closable[] = [];
  let state: 'open' | 'closing' | 'closed' = 'open';
  const closeAll = async () => {
    await Promise.allSettled(open.map((closable) => closable.close(deadlineMs)));
    state = 'closed';
    app.quit();
  };
  app.on('will-quit', (event) => {
    if (state === 'closed') return;
    event.preventDefault();
    if (state === 'closing') return;
    state = 'closing';
    void closeAll();
  });
  return {
    add: (closable) => {
      open.push(closable);
    },
  };
}
