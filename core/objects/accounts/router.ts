import { procedures } from '../../procedures.ts';
import { recordHandlers } from '../../records/handlers.ts';
import { accountObject } from './account-object.ts';

const handlers = recordHandlers(accountObject);
const { accounts } = procedures;

export const accountsRouter = accounts.router({
  list: accounts.list.handler(handlers.list),
  count: accounts.count.handler(handlers.count),
  get: accounts.get.handler(handlers.get),
  create: accounts.create.handler(handlers.create),
  update: accounts.update.handler(handlers.update),
  bulkUpdate: accounts.bulkUpdate.handler(handlers.bulkUpdate),
  trash: accounts.trash.handler(handlers.trash),
  restore: accounts.restore.handler(handlers.restore),
  purge: accounts.purge.handler(handlers.purge),
});
