import type { UploadId } from '#shared/contract/uploads.ts';
import { SatchelError } from '#shared/errors.ts';
import type { Application } from '../../context.ts';
import { completeUpload } from '../../uploads/uploads.ts';
import { detectFormat } from '../files/format.ts';
import { readRecords } from '../files/records.ts';
import { type ScaleDescription, scaleDescriptions } from '../mapping/described-scale.ts';

/** No description of columns is bigger: such files are not read for one. */
const maxBytes = 1024 * 1024;

/** What the data dictionaries among some uploads say about the scales of other files' columns. */
export async function readScaleDescriptions(
  app: Application,
  uploadIds: readonly UploadId[],
): Promise<ScaleDescription[]> {
  const found: ScaleDescription[] = [];
  for (const uploadId of uploadIds) {
    const { name, path, sizeBytes } = await completeUpload(app.dataDir, uploadId);
    if (sizeBytes > maxBytes) continue;
    try {
      const format = await detectFormat(path, name);
      const rows: (readonly string[])[] = [];
      for await (const batch of readRecords(path, name, format)) {
        for (const { cells } of batch) rows.push(cells);
      }
      const [headers = [], ...described] = rows.slice(format.preambleRecords);
      found.push(...scaleDescriptions(name, headers, described));
    } catch (error) {
      // A file that cannot be read describes nothing; its own inspection tells why.
      if (!(error instanceof SatchelError && error.code === 'invalid')) throw error;
    }
  }
  return found;
}
