import { renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { destination, pino } from 'pino';
import type { Log } from './context.ts';

const maxLogBytes = 5 * 1024 * 1024;

/**
 * The log of a data directory, one JSON document a line in `logs/satchel.log`; the one before is kept beside it. It
 * holds facts about the work and never the contents of records.
 */
export function openLog(dataDir: string): Log {
  const file = path.join(dataDir, 'logs', 'satchel.log');
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > maxLogBytes) renameSync(file, `${file}.1`);
  // Written at once: the lines that matter most are those just before a crash.
  return pino({ base: null }, destination({ dest: file, mkdir: true, sync: true }));
}

/** For a directory that cannot be written, and for tests that do not look at the log. */
export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
