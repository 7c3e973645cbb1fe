import { procedures } from '../../procedures.ts';
import { recordHandlers } from '../../records/handlers.ts';
import { contactObject } from './contact-object.ts';

const handlers = recordHandlers(contactObject);
const { contacts } = procedures;

export const contactsRouter = contacts.router({
  list: contacts.list.handler(handlers.list),
  count: contacts.count.handler(handlers.count),
  get: contacts.get.handler(handlers.get),
  create: contacts.create.handler(handlers.create),
  update: contacts.update.handler(handlers.update),
  bulkUpdate: contacts.bulkUpdate.handler(handlers.bulkUpdate),
  trash: contacts.trash.handler(handlers.trash),
  restore: contacts.restore.handler(handlers.restore),
  purge: contacts.purge.handler(handlers.purge),
});
