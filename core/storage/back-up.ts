import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { dataDirectory } from '#db/engine/layout.ts';
import type { BackupEvent } from '#shared/contract/storage.ts';
import type { Application, Storage } from '../context.ts';
import { EventStream } from '../event-stream.ts';

/**
 * Backs up into a new file below the data directory, named by the moment. Ends with its last listener, and keeps nothing
 * of what was not finished and proven.
 */
export async function* backUp(
  app: Pick<Application, 'dataDir' | 'clock'>,
  storage: Storage,
  signal?: AbortSignal,
): AsyncGenerator<BackupEvent, void> {
  const { backups } = dataDirectory(app.dataDir);
  await mkdir(backups, { recursive: true, mode: 0o700 });
  const file = join(backups, backupName(app.clock.now()));
  const left = new AbortController();
  const events = new EventStream<BackupEvent>();
  const written = storage
    .backup(file, {
      signal: signal ? AbortSignal.any([signal, left.signal]) : left.signal,
      onProgress: ({ step, done, total }) =>
        events.push(step === 'copying' ? { step, done, total } : { step }),
    })
    .then(
      ({ bytes, tables, allTables }) => events.end({ step: 'done', file, bytes, tables, allTables }),
      (error: unknown) => events.fail(error),
    );
  try {
    yield* events.listen(signal);
  } finally {
    left.abort();
    await written;
  }
}

/** Such as `2026-03-05T09-30-00Z.satchel`: no colons, which Windows refuses. */
function backupName(now: number): string {
  return `${new Date(now).toISOString().slice(0, 19).replaceAll(':', '-')}Z.satchel`;
}
