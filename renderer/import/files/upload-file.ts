import type { ContractClient } from '#shared/contract/contract.ts';
import { type UploadId, uploadChunkBytes } from '#shared/contract/uploads.ts';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';

/**
 * Sends a file into the application, a chunk at a time, so that its size never matters to memory.
 * @param onProgress bytes that have arrived
 */
export async function uploadFile(
  client: ContractClient,
  file: File,
  onProgress: (bytes: number) => void,
  signal: AbortSignal,
): Promise<UploadId> {
  const { uploadId } = await client.uploads.begin({ name: file.name, sizeBytes: file.size }, { signal });
  let offset = 0;
  while (offset < file.size) {
    const bytes = await readPiece(file, offset);
    const { receivedBytes } = await client.uploads.append(
      { uploadId, offset, chunk: base64Of(bytes) },
      { signal },
    );
    offset = receivedBytes;
    onProgress(offset);
  }
  return uploadId;
}

/** @throws SatchelError `invalid` for what the browser cannot read any more, or never could: a folder looks like a file */
async function readPiece(file: File, offset: number): Promise<Uint8Array> {
  try {
    const bytes = new Uint8Array(await file.slice(offset, offset + uploadChunkBytes).arrayBuffer());
    if (bytes.length > 0) return bytes;
  } catch (error) {
    throw unreadable(file, error);
  }
  throw unreadable(file, null);
}

function unreadable({ name }: File, cause: unknown): SatchelError {
  return new SatchelError(
    'invalid',
    say`${name} cannot be read. It is a folder, or it was changed or removed while it was read. Choose CSV files that no other program is writing.`,
    { cause },
  );
}

/** Characters are joined in pieces, because a call takes only so many arguments. */
const pieceBytes = 32_768;

export function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    text += String.fromCharCode(...bytes.subarray(at, at + pieceBytes));
  }
  return btoa(text);
}

export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
