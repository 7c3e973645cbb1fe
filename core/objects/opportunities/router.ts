import { procedures } from '../../procedures.ts';
import { recordHandlers } from '../../records/handlers.ts';
import { opportunityObject } from './opportunity-object.ts';

const handlers = recordHandlers(opportunityObject);
const { opportunities } = procedures;

export const opportunitiesRouter = opportunities.router({
  list: opportunities.list.handler(handlers.list),
  count: opportunities.count.handler(handlers.count),
  get: opportunities.get.handler(handlers.get),
  create: opportunities.create.handler(handlers.create),
  update: opportunities.update.handler(handlers.update),
  bulkUpdate: opportunities.bulkUpdate.handler(handlers.bulkUpdate),
  trash: opportunities.trash.handler(handlers.trash),
  restore: opportunities.restore.handler(handlers.restore),
  purge: opportunities.purge.handler(handlers.purge),
});
