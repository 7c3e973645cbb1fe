import type { PGlite } from '@electric-sql/pglite';

/** The database stopped for good, e.g. because a sync failed: a new engine must recover from what is on disk. */
export class EngineStopped extends Error {
  constructor(cause: unknown) {
    super(`The database stopped: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.name = 'EngineStopped';
  }
}

// What PostgreSQL uses to leave a failed statement; any other exception means that the process would have ended.
const statementLongjmp = 100;

// The part of PGlite's WebAssembly module that runs statements.
interface MainLoop {
  _PostgresMainLoopOnce(): void;
  _PostgresSendReadyForQueryIfNecessary(): void;
  _pgl_pq_flush(): void;
  stackRestore(pointer: number): void;
}

/**
 * Makes a PANIC an error. PGlite's message loop swallows every exception and goes on: after PostgreSQL has aborted
 * (which it must when a sync fails) that loop would spin forever, or report a commit that never reached the disk.
 */
export function stopOnPanic(pg: PGlite, onStopped: (reason: EngineStopped) => void): void {
  const main = pg.Module as unknown as MainLoop;
  const runOnce = main._PostgresMainLoopOnce.bind(main);
  let stopped: EngineStopped | undefined;
  main._PostgresMainLoopOnce = () => {
    if (stopped) throw stopped;
    try {
      runOnce();
    } catch (error) {
      if (isStatementFailure(error)) throw error;
      const reason = new EngineStopped(error);
      stopped = reason;
      // The loop's own catch block calls this next, so throwing here is the way out of it.
      main.stackRestore = () => {
        throw reason;
      };
      main._PostgresSendReadyForQueryIfNecessary = () => {};
      main._pgl_pq_flush = () => {};
      onStopped(reason);
      throw reason;
    }
  };
}

function isStatementFailure(error: unknown): boolean {
  return (
    typeof error === 'object' && error !== null && 'status' in error && error.status === statementLongjmp
  );
}
