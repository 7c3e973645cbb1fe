import type { Command } from 'commander';
import { z } from 'zod';
import { backUpTo } from '#core/storage/storage.ts';
import { action, commonOptions, fromCallersDirectory, satchelCommand, withApplication } from './command.ts';
import { counted } from './counted.ts';
import { formatBytes } from './table.ts';

const backupOptions = commonOptions.extend({ out: z.string() });

export function backupCommand(): Command {
  return satchelCommand(
    'backup',
    'Write the whole data directory into one file, and verify it by restoring it',
  )
    .requiredOption('-o, --out <file>', 'the file to write')
    .action(
      action(backupOptions, (invocation, options) =>
        withApplication(invocation, { mustExist: true }, async ({ storage }) => {
          const file = fromCallersDirectory(options.out);
          invocation.output.progress('Writing and verifying the backup …');
          const written = await backUpTo(storage, { file }, invocation.signal);
          invocation.output.progress();
          invocation.output.result(written, () => [
            `Backed up to ${file} (${formatBytes(written.bytes)}), restored it and compared all ${counted(written.allTables, 'table')}.`,
          ]);
        }),
      ),
    );
}
