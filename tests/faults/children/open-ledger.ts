import { writeSync } from 'node:fs';
import { silentLog } from '#db/engine/log.ts';
import type { Migration } from '#db/migrate/migrations.ts';
import { type OpenEngine, openEngine } from '#db/start/open.ts';
import { systemClock, systemIds } from '#shared/runtime.ts';

/** Opens a durable engine for a process that is about to be killed. */
export function openForKill(
  dataDir: string,
  migrations: readonly Migration[],
  template: string | undefined,
): Promise<OpenEngine> {
  return openEngine({
    dataDir,
    migrations,
    template: template ?? false,
    clock: systemClock,
    ids: systemIds,
    log: silentLog,
    program: 'fault test',
    onUpgrade: ({ step }) => say({ [step]: true }),
  });
}

/** A line to the parent, in the pipe before this returns: what was said cannot be lost by a kill. */
export function say(message: object): void {
  writeSync(1, `${JSON.stringify(message)}\n`);
}
