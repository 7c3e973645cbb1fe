import { requireIdentity } from '../context.ts';
import { procedures } from '../procedures.ts';

export const reportsRouter = {
  watch: procedures.reports.watch.handler(async function* ({ input, context, signal }) {
    const identity = await requireIdentity(context);
    yield* context.services.reports.watch(identity, input.reports, signal);
  }),
};
