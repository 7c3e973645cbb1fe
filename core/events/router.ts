import { procedures } from '../procedures.ts';
import { tablesChanged } from './tables-changed.ts';

export const eventsRouter = {
  tablesChanged: procedures.events.tablesChanged.handler(({ context, signal }) =>
    tablesChanged(context.app.engine, async () => (await context.identity())?.workspaceId, signal),
  ),
};
