import { requireIdentity } from '../context.ts';
import { procedures } from '../procedures.ts';
import { quickSearch } from './quick-search.ts';

export const searchRouter = procedures.search.router({
  quick: procedures.search.quick.handler(async ({ context, input }) => {
    const identity = await requireIdentity(context);
    return context.app.engine.transaction({ as: identity, readOnly: true, label: 'quick search' }, (tx) =>
      quickSearch(tx, identity, input),
    );
  }),
});
