import { join } from 'node:path';
import type { UploadId } from '#shared/contract/uploads.ts';
import type { ImportBatchId } from '#shared/ids.ts';

/** Where the files of a batch lie: its error files and, until it has ended, its source files and the list of parent links. */
export function batchDirectory(dataDir: string, batchId: ImportBatchId): string {
  return join(dataDir, 'imports', batchId);
}

/** Where all dry runs keep what a report of theirs offers to read: error files, until the next import begins. */
export function dryRunsDirectory(dataDir: string): string {
  return join(dataDir, 'imports', 'dry-runs');
}

/** A source file of a batch: an upload that was moved here when the import began, so that no cleaning removes it. */
export function batchSourcePath(dataDir: string, batchId: ImportBatchId, uploadId: UploadId): string {
  return join(batchDirectory(dataDir, batchId), `${uploadId}.source`);
}
