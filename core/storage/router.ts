import { requireIdentity } from '../context.ts';
import { procedures } from '../procedures.ts';
import { backUp } from './back-up.ts';
import { storageFacts } from './facts.ts';
import { requireCareOfStorage } from './permission.ts';

/** The storage's part of the contract. */
export const storageRouter = procedures.storage.router({
  facts: procedures.storage.facts.handler(async ({ context }) => {
    await requireCareOfStorage(context.app, await requireIdentity(context));
    return storageFacts(context.storage);
  }),
  backUp: procedures.storage.backUp.handler(async function* ({ context, signal }) {
    await requireCareOfStorage(context.app, await requireIdentity(context));
    yield* backUp(context.app, context.storage, signal);
  }),
});
