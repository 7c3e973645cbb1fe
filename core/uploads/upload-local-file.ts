import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { type UploadId, uploadChunkBytes, uploadFileBytes } from '#shared/contract/uploads.ts';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import type { Application } from '../context.ts';
import { appendToUpload, beginUpload, discardUpload } from './uploads.ts';

/** Takes a file of this machine in, the way the interface sends one. @throws SatchelError `not_found`, `invalid` */
export async function uploadLocalFile(app: Application, path: string): Promise<UploadId> {
  const size = await sizeOfFile(path);
  if (size > uploadFileBytes) {
    throw new SatchelError('invalid', say`${path} is larger than 4 GB. Split it and import the parts.`);
  }
  const id = await beginUpload(app, { name: basename(path), sizeBytes: size });
  try {
    let offset = 0;
    for await (const chunk of createReadStream(path, { highWaterMark: uploadChunkBytes })) {
      // Without an encoding, a read stream gives Buffers.
      offset = await appendToUpload(app, id, offset, chunk as Buffer);
    }
    return id;
  } catch (error) {
    await discardUpload(app.dataDir, id);
    throw error;
  }
}

async function sizeOfFile(path: string): Promise<number> {
  try {
    const facts = await stat(path);
    if (facts.isFile()) return facts.size;
  } catch (error) {
    throw new SatchelError('not_found', say`There is no file ${path}.`, { cause: error });
  }
  throw new SatchelError('invalid', say`${path} is not a file.`);
}
