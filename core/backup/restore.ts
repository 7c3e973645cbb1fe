import { access, constants } from 'node:fs/promises';
import { restoreBackup } from '#db/engine/backup/restore-backup.ts';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import { systemClock, systemIds } from '#shared/runtime.ts';

export interface Restored {
  /** When the backup was made: the state that is back. ISO 8601. */
  readonly created: string;
  readonly files: number;
}

/**
 * Puts a backup into a data directory: a new one, or with `replace` one whose database and files are kept beside it.
 *
 * @throws SatchelError `not_found` without the file, `conflict` when data is there and may not be replaced, `corrupt`
 *   when the backup is not whole
 */
export async function restore(
  file: string,
  dataDir: string,
  options: { replace: boolean; signal?: AbortSignal },
): Promise<Restored> {
  await access(file).catch(() => {
    throw new SatchelError('not_found', say`There is no file ${file}.`);
  });
  await access(file, constants.R_OK).catch((cause: unknown) => {
    throw new SatchelError('invalid', say`The file ${file} cannot be read. Give your user the right to.`, {
      cause,
    });
  });
  const manifest = await restoreBackup(file, dataDir, { clock: systemClock, ids: systemIds, ...options });
  return { created: manifest.created, files: Object.keys(manifest.files).length };
}
