import type { ListScope, Sort } from '#shared/contract/list.ts';
import type { ObjectName } from '#shared/objects/objects.ts';

/** Where each answer is cached. `shown-tables.ts` tells by their first words what shows a change. */
export const queryKeys = {
  status: () => ['workspace', 'status'] as const,
  customFields: (object: ObjectName | null) => ['customFields', object] as const,
  views: (object: ObjectName) => ['views', object] as const,
  records: (object: ObjectName) => ['records', object] as const,
  record: (object: ObjectName, id: string) => ['records', object, 'get', id] as const,
  /** Every page of every list of the object. */
  lists: (object: ObjectName) => ['records', object, 'list'] as const,
  listPage: (object: ObjectName, scope: ListScope, sort: readonly Sort[], page: number) =>
    ['records', object, 'list', scope, sort, page] as const,
  count: (object: ObjectName, scope: ListScope) => ['records', object, 'count', scope] as const,
  options: (object: ObjectName, search: string) => ['records', object, 'options', search] as const,
  timeline: (object: ObjectName, id: string) => ['timeline', object, id] as const,
  pipeline: () => ['pipeline'] as const,
  history: () => ['history'] as const,
  search: (text: string) => ['search', text] as const,
  imports: () => ['imports'] as const,
  storage: () => ['storage'] as const,
};
