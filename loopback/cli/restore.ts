import type { Command } from 'commander';
import { z } from 'zod';
import { restoreInto } from '#core/storage/storage.ts';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import { action, commonOptions, fromCallersDirectory, satchelCommand } from './command.ts';

const restoreOptions = commonOptions.extend({ replace: z.boolean().default(false) });

export function restoreCommand(): Command {
  return satchelCommand('restore', 'Restore a backup into a new data directory')
    .argument('<file>', 'the backup')
    .option('--replace', 'into a directory with data: its database is kept beside the restored one')
    .action(
      action(restoreOptions, async ({ output, dataDir, signal }, { replace }, [file = '']) => {
        output.progress('Restoring …');
        const restored = await restoreInto(
          { file: fromCallersDirectory(file), dataDir, replace },
          signal,
        ).catch((error: unknown) => {
          throw namesReplace(error, dataDir);
        });
        output.progress();
        output.result({ dataDir, ...restored }, () => [
          `Restored the state of ${restored.created} into ${dataDir}.`,
        ]);
      }),
    );
}

/** What a window asks is an option here. */
function namesReplace(error: unknown, dataDir: string): unknown {
  if (!(error instanceof SatchelError) || error.details['canReplace'] !== true) return error;
  return new SatchelError(
    'conflict',
    say`The directory ${dataDir} holds data. Restore into a new directory, or add --replace: what is there is then kept beside what is restored.`,
    { cause: error },
  );
}
