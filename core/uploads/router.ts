import { procedures } from '../procedures.ts';
import { appendToUpload, beginUpload, discardUpload } from './uploads.ts';

/** The uploads' part of the contract. */
export const uploadsRouter = procedures.uploads.router({
  begin: procedures.uploads.begin.handler(async ({ input, context }) => ({
    uploadId: await beginUpload(context.app, input),
  })),
  append: procedures.uploads.append.handler(async ({ input, context }) => {
    const chunk = Buffer.from(input.chunk, 'base64');
    return { receivedBytes: await appendToUpload(context.app, input.uploadId, input.offset, chunk) };
  }),
  discard: procedures.uploads.discard.handler(async ({ input, context }) => {
    await discardUpload(context.app.dataDir, input.uploadId);
    return {};
  }),
});
