import { requireIdentity } from '../context.ts';
import { procedures } from '../procedures.ts';
import { fillWithDemo } from './fill.ts';

export const fillWithDemoProcedure = procedures.workspace.fillWithDemo.handler(async function* ({
  context,
  input,
  signal,
}) {
  const identity = await requireIdentity(context);
  yield* fillWithDemo(context.app, identity, { ...input, pace: 'background', ...(signal && { signal }) });
});
