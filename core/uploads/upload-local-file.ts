import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { type UploadId, uploadChunkBytes, uploadFileBytes } from '#shared/contract/uploads.ts';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import { appendToUpload, beginUpload, discardUpload, type UploadsHost } from './uploads.ts';

/** Takes a file of this machine in, the way the interface sends one. @throws SatchelError `not_found`, `invalid` */
export async function uploadLocalFile(app: UploadsHost, path: string): Promise<UploadId> {
  const size = await sizeOfFile(path);
  if (size > uploadFileBytes) {
    throw new SatchelError('invalid', say`${path} is larger than 4 GB. Split it and import the parts.`);
  }
  const id = await beginUpload(app, { name: basename(path), sizeBytes: size });
  try {
    let offset = 0;
    for await (const chunk of createReadStream(path, { highWaterMark: uploadChunkBytes })) {
      // Without an encoding, a read stream gives Buffers.
      const bytes = chunk as Buffer;
      if (offset + bytes.length > size) throw changed(path);
      offset = await appendToUpload(app, id, offset, bytes);
    }
    if (offset < size || (await sizeOfFile(path)) !== size) throw changed(path);
    return id;
  } catch (error) {
    await discardUpload(app.dataDir, id);
    throw error instanceof SatchelError ? error : unreadable(path, error);
  }
}

function changed(path: string): SatchelError {
  return new SatchelError(
    'invalid',
    say`${path} was changed while it was read. Wait until the program that writes it has finished, then import it again.`,
  );
}

function unreadable(path: string, cause: unknown): SatchelError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : '';
  if (code === 'ENOENT') return new SatchelError('not_found', say`There is no file ${path}.`, { cause });
  const isForbidden = code === 'EACCES' || code === 'EPERM';
  return isForbidden
    ? new SatchelError('forbidden', say`You are not allowed to read ${path}.`, { cause })
    : new SatchelError('invalid', say`${path} cannot be read.`, { cause });
}

async function sizeOfFile(path: string): Promise<number> {
  const facts = await stat(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  if (facts.isFile()) return facts.size;
  throw new SatchelError(
    'invalid',
    facts.isDirectory() ? say`${path} is a folder. Name the CSV files in it.` : say`${path} is not a file.`,
  );
}
