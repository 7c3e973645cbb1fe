import { requireIdentity } from '../context.ts';
import { procedures } from '../procedures.ts';
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
  people: procedures.workspace.people.handler(async ({ context, input }) =>
    listPeople(context.app.engine, await requireIdentity(context), input.search ?? ''),
  ),
};
