import { inspectOpenDirectory } from '#db/engine/inspect.ts';
import type { OpenEngine } from '#db/engine/open.ts';
import type { Storage } from '../context.ts';

/** The storage below a running engine. */
export function storageOf(engine: OpenEngine): Storage {
  return {
    inspect: () => inspectOpenDirectory(engine),
    backup: (file, options) => engine.backup(file, options),
  };
}
