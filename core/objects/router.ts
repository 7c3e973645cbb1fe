import type { Router } from '@orpc/server';
import type { RecordsContract } from '#shared/contract/records.ts';
import { type ObjectName, objectNames } from '#shared/objects/objects.ts';
import type { RequestContext } from '../context.ts';
import { procedures } from '../procedures.ts';
import { recordHandlers } from '../records/handlers.ts';
import { recordObjects } from './catalogue.ts';

type ObjectRouters = { readonly [Name in ObjectName]: Router<RecordsContract[Name], RequestContext> };

/** The part of the contract that every object has, bound to its module. */
export const objectRouters = Object.fromEntries(
  objectNames.map((name) => [name, routerOf(name)]),
) as unknown as ObjectRouters;

function routerOf(name: ObjectName) {
  // All objects' procedures have one form; the types of their values are the definition's, checked by its schemas.
  const part = procedures[name] as unknown as (typeof procedures)['accounts'];
  const handlers = recordHandlers(recordObjects[name] as unknown as (typeof recordObjects)['accounts']);
  return part.router({
    list: part.list.handler(handlers.list),
    count: part.count.handler(handlers.count),
    get: part.get.handler(handlers.get),
    create: part.create.handler(handlers.create),
    update: part.update.handler(handlers.update),
    bulkUpdate: part.bulkUpdate.handler(handlers.bulkUpdate),
    trash: part.trash.handler(handlers.trash),
    restore: part.restore.handler(handlers.restore),
    purge: part.purge.handler(handlers.purge),
  });
}
