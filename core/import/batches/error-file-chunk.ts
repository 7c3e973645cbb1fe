import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Identity, Tx } from '#db/engine/types.ts';
import { SatchelError } from '#shared/errors.ts';
import type { ImportBatchId } from '#shared/ids.ts';
import { say } from '#shared/message.ts';
import { batchDirectory } from './batch-paths.ts';
import { readBatch } from './batch-rows.ts';

const chunkBytes = 512 * 1024;

export interface ErrorFileChunk {
  readonly chunk: string;
  readonly sizeBytes: number;
  readonly nextOffset: number | null;
}

/**
 * The path of an error file. Its name is looked up in the batch, so that no path can be asked for.
 * @throws SatchelError `not_found`
 */
export async function errorFilePath(
  tx: Tx,
  identity: Identity,
  dataDir: string,
  wanted: { readonly batchId: ImportBatchId; readonly name: string },
): Promise<string> {
  const { cursor } = await readBatch(tx, identity, wanted.batchId);
  const known = cursor.errorFiles.find(({ name }) => name === wanted.name);
  if (!known) throw new SatchelError('not_found', say`This import has no such error file.`);
  return join(batchDirectory(dataDir, wanted.batchId), known.name);
}

/** A piece of an error file. @throws SatchelError `not_found` */
export async function errorFileChunk(
  path: string,
  wanted: { readonly offset: number },
): Promise<ErrorFileChunk> {
  try {
    await using file = await open(path, 'r');
    const { size } = await file.stat();
    const buffer = Buffer.alloc(Math.max(0, Math.min(chunkBytes, size - wanted.offset)));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, wanted.offset);
    const next = wanted.offset + bytesRead;
    return {
      chunk: buffer.subarray(0, bytesRead).toString('base64'),
      sizeBytes: size,
      nextOffset: next < size && bytesRead > 0 ? next : null,
    };
  } catch (error) {
    throw new SatchelError('not_found', say`The error file is no longer there.`, { cause: error });
  }
}
