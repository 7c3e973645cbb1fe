import { mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { destination, pino } from 'pino';
import type { Log } from './context.ts';

export { silentLog } from '#db/engine/log.ts';

const maxLogBytes = 5 * 1024 * 1024;

/** The log of a directory that may not be there yet or not be writable: the file is opened with the first line. */
export function laterLog(dataDir: string): Log {
  let log: Log | undefined;
  const opened = () => {
    log ??= openLog(dataDir);
    return log;
  };
  return {
    info: (facts, message) => opened().info(facts, message),
    warn: (facts, message) => opened().warn(facts, message),
    error: (facts, message) => opened().error(facts, message),
  };
}

/**
 * The log of a data directory, one JSON document a line in `logs/satchel.log`; the one before is kept beside it. It
 * holds facts about the work and never the contents of records.
 */
function openLog(dataDir: string): Log {
  const file = path.join(dataDir, 'logs', 'satchel.log');
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > maxLogBytes) renameSync(file, `${file}.1`);
  // Written at once: the lines that matter most are those just before a crash.
  return pino({ base: null }, destination({ dest: file, mode: 0o600, sync: true }));
}
