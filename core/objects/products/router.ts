import { procedures } from '../../procedures.ts';
import { recordHandlers } from '../../records/handlers.ts';
import { productObject } from './product-object.ts';

const handlers = recordHandlers(productObject);
const { products } = procedures;

export const productsRouter = products.router({
  list: products.list.handler(handlers.list),
  count: products.count.handler(handlers.count),
  get: products.get.handler(handlers.get),
  create: products.create.handler(handlers.create),
  update: products.update.handler(handlers.update),
  bulkUpdate: products.bulkUpdate.handler(handlers.bulkUpdate),
  trash: products.trash.handler(handlers.trash),
  restore: products.restore.handler(handlers.restore),
  purge: products.purge.handler(handlers.purge),
});
