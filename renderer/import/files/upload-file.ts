import type { ContractClient } from '#shared/contract/contract.ts';
import { type UploadId, uploadChunkBytes } from '#shared/contract/uploads.ts';

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
    const bytes = new Uint8Array(await file.slice(offset, offset + uploadChunkBytes).arrayBuffer());
    const { receivedBytes } = await client.uploads.append(
      { uploadId, offset, chunk: base64Of(bytes) },
      { signal },
    );
    offset = receivedBytes;
    onProgress(offset);
  }
  return uploadId;
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
