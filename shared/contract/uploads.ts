import { oc } from '@orpc/contract';
import { z } from 'zod';

export const uploadIdSchema = z.guid().brand<'UploadId'>();
export type UploadId = z.infer<typeof uploadIdSchema>;

/** Bytes in one chunk, before base64. */
export const uploadChunkBytes = 1024 * 1024;
/** Bytes in one file. */
export const uploadFileBytes = 4 * 1024 * 1024 * 1024;

/**
 * Files on their way into the application, the same through both shells: begun, filled in order, used by id. They lie
 * below the data directory until they are used or discarded; what is a day old and unused is removed at the next `begin`.
 */
export const uploadsContract = {
  begin: oc
    .input(z.object({ name: z.string().min(1).max(500), sizeBytes: z.int().min(0).max(uploadFileBytes) }))
    .output(z.object({ uploadId: uploadIdSchema })),
  /**
   * Adds a chunk, as base64. `offset` is where it goes: the number of bytes received so far, or `conflict` says which
   * offset is wanted, so that a sender can go on after a break. Complete when `receivedBytes` is the announced size.
   */
  append: oc
    .input(
      z.object({
        uploadId: uploadIdSchema,
        offset: z.int().min(0),
        chunk: z.string().max(Math.ceil(uploadChunkBytes / 3) * 4),
      }),
    )
    .output(z.object({ receivedBytes: z.int().min(0) })),
  discard: oc.input(z.object({ uploadId: uploadIdSchema })).output(z.object({})),
};
