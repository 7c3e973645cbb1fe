import { requireIdentity } from '../context.ts';
import { type CallContext, procedures } from '../procedures.ts';
import { cancel, type Jobs, readJobs, retry, watchJobs } from './jobs.ts';

const { jobs } = procedures;

const jobsOf = ({ app, services }: CallContext): Jobs => ({
  app,
  queue: services.jobs,
  works: services.works,
});

export const jobsRouter = jobs.router({
  list: jobs.list.handler(async ({ context }) => readJobs(jobsOf(context), await requireIdentity(context))),
  watch: jobs.watch.handler(async function* ({ context, signal }) {
    yield* watchJobs(jobsOf(context), await requireIdentity(context), signal);
  }),
  retry: jobs.retry.handler(async ({ input, context }) => {
    await retry(jobsOf(context), await requireIdentity(context), input.id);
    return {};
  }),
  cancel: jobs.cancel.handler(async ({ input, context }) => {
    await cancel(jobsOf(context), await requireIdentity(context), input.id);
    return {};
  }),
});
