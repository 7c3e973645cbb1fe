import type { Command } from 'commander';
import { restore } from '#core/backup/restore.ts';
import { action, type CommonOptions, fromCallersDirectory, satchelCommand } from './command.ts';

interface RestoreOptions extends CommonOptions {
  readonly replace?: boolean;
}

export function restoreCommand(): Command {
  return satchelCommand('restore', 'Restore a backup into a new data directory')
    .argument('<file>', 'the backup')
    .option('--replace', 'into a directory with data: its database is kept beside the restored one')
    .action(
      action<RestoreOptions>(async ({ output, dataDir, signal }, options, [file = '']) => {
        output.progress('Restoring …');
        const restored = await restore(fromCallersDirectory(file), dataDir, {
          replace: options.replace === true,
          signal,
        });
        output.progress();
        output.result({ dataDir, ...restored }, () => [
          `Restored the state of ${restored.created} into ${dataDir}.`,
        ]);
      }),
    );
}
