import { inspectOpenDirectory } from '#db/start/inspect.ts';
import type { OpenEngine } from '#db/start/open.ts';
import type { Storage } from '../context.ts';

/** The storage below a running engine. */
export function storageOf(engine: OpenEngine): Storage {
  return {
    inspect: () => inspectOpenDirectory(engine),
    backup: (file, options) => engine.backup(file, options),
  };
}
