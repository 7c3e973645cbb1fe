import { requireIdentity } from '../context.ts';
import { procedures } from '../procedures.ts';
import { removeView, savedViews, saveView } from './saved-views.ts';

const { views } = procedures;

export const viewsRouter = views.router({
  list: views.list.handler(async ({ context, input }) => {
    const identity = await requireIdentity(context);
    return context.app.engine.transaction({ as: identity, readOnly: true, label: 'saved views' }, (tx) =>
      savedViews(tx, identity, input.object),
    );
  }),
  save: views.save.handler(async ({ context, input }) =>
    saveView(context.app, await requireIdentity(context), input),
  ),
  remove: views.remove.handler(async ({ context, input }) => {
    await removeView(context.app, await requireIdentity(context), input.id);
    return {};
  }),
});
