import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import {
  action,
  type CommonOptions,
  fromCallersDirectory,
  satchelCommand,
  withApplication,
} from './command.ts';
import { counted } from './counted.ts';
import { formatBytes } from './table.ts';

interface BackupOptions extends CommonOptions {
  readonly out: string;
}

export function backupCommand(): Command {
  return satchelCommand(
    'backup',
    'Write the whole data directory into one file, and verify it by restoring it',
  )
    .requiredOption('-o, --out <file>', 'the file to write')
    .action(
      action<BackupOptions>((invocation, options) =>
        withApplication(invocation, { mustExist: true }, async ({ storage }) => {
          const file = fromCallersDirectory(options.out);
          requireNewFile(file);
          invocation.output.progress('Writing and verifying the backup …');
          const written = await storage.backup(file, {
            signal: invocation.signal,
            countsAll: true,
          });
          invocation.output.progress();
          invocation.output.result(written, () => [
            `Backed up to ${file} (${formatBytes(written.bytes)}), restored it and compared all ${counted(written.allTables, 'table')}.`,
          ]);
        }),
      ),
    );
}

/** An older backup is never written over: it may be the only good one. */
function requireNewFile(file: string): void {
  if (existsSync(file)) throw new SatchelError('conflict', say`${file} exists already. Choose another name.`);
  if (!existsSync(path.dirname(file))) {
    throw new SatchelError(
      'not_found',
      say`There is no directory ${path.dirname(file)}. Make it, or choose another.`,
    );
  }
}
