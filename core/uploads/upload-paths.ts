import { join } from 'node:path';
import type { UploadId } from '#shared/contract/uploads.ts';

export function uploadsDirectory(dataDir: string): string {
  return join(dataDir, 'uploads');
}

/** The bytes of an upload. Its id is a UUID, checked at the boundary, so the path cannot leave the directory. */
export function uploadPath(dataDir: string, id: UploadId): string {
  return join(uploadsDirectory(dataDir), `${id}.part`);
}

/** What is known of an upload, as JSON. */
export function uploadFactsPath(dataDir: string, id: UploadId): string {
  return join(uploadsDirectory(dataDir), `${id}.json`);
}
