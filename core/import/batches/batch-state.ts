import { z } from 'zod';
import { importPlanSchema } from '#shared/contract/imports.ts';
import { uploadIdSchema } from '#shared/contract/uploads.ts';

/** Where an import stands; committed with each slice, so that going on never imports a row twice or loses one. */
export const cursorSchema = z.object({
  step: z.enum(['importing', 'linking', 'finishing']),
  /** Files that are done, in the order of importing. */
  filesDone: z.int(),
  /** Rows of the file at hand that are done. */
  rowsDone: z.int(),
  /** Rows of all files that are done. */
  totalDone: z.int(),
  /** Bytes of the list of parent links that are written, and that are set. */
  linkBytes: z.int(),
  linkBytesDone: z.int(),
  errorFiles: z.array(
    z.object({
      uploadId: uploadIdSchema,
      sourceName: z.string(),
      name: z.string(),
      bytes: z.int(),
      rows: z.int(),
    }),
  ),
});
export type Cursor = z.infer<typeof cursorSchema>;

/** The column `options` of a batch. */
export const batchStateSchema = z.object({ cursor: cursorSchema });

/** The column `mapping` of a batch. */
export const batchPlanSchema = z.object({ plan: importPlanSchema });

export function startCursor(): Cursor {
  return {
    step: 'importing',
    filesDone: 0,
    rowsDone: 0,
    totalDone: 0,
    linkBytes: 0,
    linkBytesDone: 0,
    errorFiles: [],
  };
}
