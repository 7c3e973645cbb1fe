import { requireIdentity } from '../context.ts';
import { procedures } from '../procedures.ts';
import { logActivity, removeActivity, updateActivity } from './activities.ts';
import { recordTimeline } from './timeline.ts';

const { timeline } = procedures;

export const timelineRouter = timeline.router({
  list: timeline.list.handler(async ({ context, input }) => {
    const identity = await requireIdentity(context);
    return context.app.engine.transaction({ as: identity, readOnly: true, label: 'timeline' }, (tx) =>
      recordTimeline(tx, identity, input),
    );
  }),
  log: timeline.log.handler(async ({ context, input }) =>
    logActivity(context.app, await requireIdentity(context), input),
  ),
  update: timeline.update.handler(async ({ context, input }) =>
    updateActivity(context.app, await requireIdentity(context), input, input.values),
  ),
  remove: timeline.remove.handler(async ({ context, input }) => ({
    changeSetId: await removeActivity(context.app, await requireIdentity(context), input),
  })),
});
