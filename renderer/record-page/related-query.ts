import type { ListScope } from '#shared/contract/list.ts';
import type { ObjectName } from '#shared/objects/objects.ts';

export const relatedPageSize = 50;

/** Under the object's records, so that its table-changed events refresh it. */
export function relatedQueryKey(object: ObjectName, scope: ListScope) {
  return ['records', object, 'related', scope] as const;
}
