import { access, constants, open, stat } from 'node:fs/promises';
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
 * @throws SatchelError `not_found` without the file, `invalid` for a file that is no backup, `conflict` when data is there
 *   and may not be replaced, `corrupt` when the backup is not whole
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
  await requireBackup(file);
  const manifest = await restoreBackup(file, dataDir, { clock: systemClock, ids: systemIds, ...options });
  return { created: manifest.created, files: Object.keys(manifest.files).length };
}

/** What every file begins with that zstd has compressed (RFC 8878, 3.1.1). */
const compressed = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

async function requireBackup(file: string): Promise<void> {
  const isFile = (await stat(file)).isFile();
  if (isFile && (await beginning(file, compressed.length)).equals(compressed)) return;
  throw new SatchelError(
    'invalid',
    isFile
      ? say`${file} is no backup of Satchel. Name a file that "satchel backup" has written.`
      : say`${file} is a folder, not a backup. Name a file that "satchel backup" has written.`,
  );
}

async function beginning(file: string, length: number): Promise<Buffer> {
  await using opened = await open(file, 'r');
  const { buffer } = await opened.read(Buffer.alloc(length), 0, length, 0);
  return buffer;
}
