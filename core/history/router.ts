import { requireIdentity } from '../context.ts';
import { procedures } from '../procedures.ts';
import { recentChangeSets } from './recent.ts';
import { undoChangeSet } from './undo.ts';

export const historyRouter = procedures.history.router({
  recent: procedures.history.recent.handler(async ({ context, input }) => {
    const identity = await requireIdentity(context);
    return context.app.engine.transaction({ as: identity, readOnly: true, label: 'recent changes' }, (tx) =>
      recentChangeSets(tx, identity, input.limit),
    );
  }),
  undo: procedures.history.undo.handler(async ({ context, input }) =>
    undoChangeSet(context.app, await requireIdentity(context), input.changeSetId),
  ),
});
