import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import { requireIdentity } from '../context.ts';
import { fillWithDemo } from '../demo/fill.ts';
import { procedures } from '../procedures.ts';
import { changeWorkspace } from './change.ts';
import { createWorkspace } from './create.ts';
import { listPeople, workspaceStatus } from './status.ts';

export const workspaceRouter = {
  status: procedures.workspace.status.handler(async ({ context }) =>
    workspaceStatus(context.app.engine, await context.identity()),
  ),
  create: procedures.workspace.create.handler(async ({ context, input }) => {
    await createWorkspace(context.app, input);
    return workspaceStatus(context.app.engine, await context.identity());
  }),
  update: procedures.workspace.update.handler(async ({ context, input }) =>
    changeWorkspace(context.app, await requireIdentity(context), input),
  ),
  fillWithDemo: procedures.workspace.fillWithDemo.handler(async function* ({ context, input, signal }) {
    yield* fillWithDemo(context.app, await requireIdentity(context), {
      ...input,
      pace: context.pace,
      ...(signal && { signal }),
    });
  }),
  recover: procedures.workspace.recover.handler(() => {
    throw new SatchelError('conflict', say`The workspace is open and sound: there is nothing to recover.`);
  }),
  people: procedures.workspace.people.handler(async ({ context, input }) =>
    listPeople(context.app.engine, await requireIdentity(context), input.search ?? ''),
  ),
};
