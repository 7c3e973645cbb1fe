import { mkdir, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { writeFileDurably } from '#db/engine/durable-write.ts';
import { type UploadId, uploadChunkBytes, uploadIdSchema } from '#shared/contract/uploads.ts';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import type { Application } from '../context.ts';
import { uploadFactsPath, uploadPath, uploadsDirectory } from './upload-paths.ts';

/** All uploads together; a caller that only ever begins cannot fill the disk. */
const maxTotalBytes = 16 * 1024 * 1024 * 1024;
const maxAgeMilliseconds = 24 * 60 * 60 * 1_000;

const factsSchema = z.object({ name: z.string(), sizeBytes: z.int() });
export type UploadFacts = z.infer<typeof factsSchema>;

/** What of the application uploads need. */
export type UploadsHost = Pick<Application, 'dataDir' | 'ids' | 'clock'>;

/** @throws SatchelError `busy` when other uploads take up the room there is. */
export async function beginUpload(app: UploadsHost, facts: UploadFacts): Promise<UploadId> {
  await mkdir(uploadsDirectory(app.dataDir), { recursive: true, mode: 0o700 });
  await removeForgotten(app);
  if ((await announcedBytes(app.dataDir)) + facts.sizeBytes > maxTotalBytes) {
    throw new SatchelError(
      'busy',
      say`Other uploads are still being used. Finish or discard them, then try again.`,
    );
  }
  const id = uploadIdSchema.parse(app.ids.next());
  // Whole or not at all: a process may be killed at any moment.
  writeFileDurably(uploadFactsPath(app.dataDir, id), JSON.stringify(facts));
  await writeFile(uploadPath(app.dataDir, id), '', { mode: 0o600 });
  return id;
}

/**
 * Writes a chunk where the last one ended.
 * @returns the number of bytes received so far
 * @throws SatchelError `conflict` with `details.receivedBytes` for another offset, `invalid` for more than was announced
 */
export async function appendToUpload(
  app: UploadsHost,
  id: UploadId,
  offset: number,
  chunk: Uint8Array,
): Promise<number> {
  const facts = await uploadFacts(app.dataDir, id);
  if (chunk.length > uploadChunkBytes) throw new SatchelError('invalid', say`Send at most 1 MiB at a time.`);
  await using file = await open(uploadPath(app.dataDir, id), 'r+');
  const { size } = await file.stat();
  if (offset !== size) {
    throw new SatchelError('conflict', say`Go on at byte ${size}.`, { details: { receivedBytes: size } });
  }
  if (size + chunk.length > facts.sizeBytes) {
    throw new SatchelError('invalid', say`${facts.name} is longer than was announced. Send it again.`);
  }
  await file.write(chunk, 0, chunk.length, size);
  return size + chunk.length;
}

/** Discarding what is not there is no error. */
export async function discardUpload(dataDir: string, id: UploadId): Promise<void> {
  await rm(uploadPath(dataDir, id), { force: true });
  await rm(uploadFactsPath(dataDir, id), { force: true });
}

/** @throws SatchelError `not_found` */
export async function uploadFacts(dataDir: string, id: UploadId): Promise<UploadFacts> {
  try {
    return factsSchema.parse(JSON.parse(await readFile(uploadFactsPath(dataDir, id), 'utf8')));
  } catch (error) {
    throw new SatchelError('not_found', say`The uploaded file is gone. Choose it again.`, { cause: error });
  }
}

/**
 * An upload that has arrived in full.
 * @throws SatchelError `not_found`, or `invalid` when parts are missing
 */
export async function completeUpload(dataDir: string, id: UploadId): Promise<UploadFacts & { path: string }> {
  const facts = await uploadFacts(dataDir, id);
  const path = uploadPath(dataDir, id);
  const { size } = await stat(path);
  if (size < facts.sizeBytes) {
    throw new SatchelError('invalid', say`${facts.name} has not arrived completely. Send the rest.`, {
      details: { receivedBytes: size },
    });
  }
  return { ...facts, path };
}

async function uploadIds(dataDir: string): Promise<UploadId[]> {
  const names = await readdir(uploadsDirectory(dataDir));
  const ids = names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));
  return ids.flatMap((id) => uploadIdSchema.safeParse(id).data ?? []);
}

async function announcedBytes(dataDir: string): Promise<number> {
  let sum = 0;
  for (const id of await uploadIds(dataDir)) {
    const facts = await uploadFacts(dataDir, id).catch(() => undefined);
    // What cannot be read can never be used: it only takes up room.
    if (facts === undefined) await discardUpload(dataDir, id);
    else sum += facts.sizeBytes;
  }
  return sum;
}

async function removeForgotten(app: UploadsHost): Promise<void> {
  for (const id of await uploadIds(app.dataDir)) {
    const { mtimeMs } = await stat(uploadFactsPath(app.dataDir, id));
    if (app.clock.now() - mtimeMs > maxAgeMilliseconds) await discardUpload(app.dataDir, id);
  }
}
