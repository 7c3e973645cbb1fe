import { existsSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { VerifiedBackup } from '#db/engine/backup/manifest.ts';
import { type Inspection, inspectDataDirectory } from '#db/start/inspect.ts';
import { checked } from '#shared/contract/invalid-input.ts';
import { SatchelError } from '#shared/errors.ts';
import { ask, say } from '#shared/message.ts';
import { systemClock, systemIds } from '#shared/runtime.ts';
import type { Storage } from '../context.ts';
import { type Restored, restore } from './restore.ts';

export type { Inspection } from '#db/start/inspect.ts';

/*
 * What a shell does with a data directory as a whole, and with files anywhere on the machine. The contract has none of it:
 * a window must not name a place on the disk.
 */

const placeSchema = z
  .string()
  .max(4_096, ask`The name of a file or directory is too long.`)
  .refine((place) => path.isAbsolute(place), ask`Give the whole path of a file or directory.`)
  .refine(
    (place) => !place.includes('\u0000'),
    ask`The name of a file or directory cannot hold a NUL character.`,
  );

const inspectInput = z.object({ dataDir: placeSchema, rebuildsIndexes: z.boolean() });

/**
 * Looks at a data directory that nobody has open: versions, durability, integrity, sizes, maintenance, last backup. With
 * `rebuildsIndexes` it makes damaged indexes again.
 */
export async function inspectDirectory(input: z.input<typeof inspectInput>): Promise<Inspection> {
  const { dataDir, rebuildsIndexes } = checked(inspectInput, input);
  return inspectDataDirectory(dataDir, { clock: systemClock, ids: systemIds, rebuildsIndexes });
}

const restoreInput = z.object({ file: placeSchema, dataDir: placeSchema, replace: z.boolean() });

/** Puts a backup into a data directory: a new one, or with `replace` one whose database and files are kept beside it. */
export async function restoreInto(
  input: z.input<typeof restoreInput>,
  signal?: AbortSignal,
): Promise<Restored> {
  const { file, dataDir, replace } = checked(restoreInput, input);
  return restore(file, dataDir, { replace, ...(signal && { signal }) });
}

const backUpInput = z.object({ file: placeSchema });

/**
 * Writes everything into one new file, restores it elsewhere and compares every table.
 * @throws SatchelError `conflict` when the file exists: an older backup may be the only good one
 */
export async function backUpTo(
  storage: Storage,
  input: z.input<typeof backUpInput>,
  signal: AbortSignal,
): Promise<VerifiedBackup> {
  const { file } = checked(backUpInput, input);
  if (existsSync(file)) throw new SatchelError('conflict', say`${file} exists already. Choose another name.`);
  if (!existsSync(path.dirname(file))) {
    throw new SatchelError(
      'not_found',
      say`There is no directory ${path.dirname(file)}. Make it, or choose another.`,
    );
  }
  return storage.backup(file, { signal, countsAll: true });
}
