import type { Identity } from '#db/engine/types.ts';
import { type SQL, sql } from '#db/sql.ts';
import type { ListScope } from '#shared/contract/list.ts';
import { filterCondition } from './filter.ts';
import type { ListField } from './list-field.ts';
import { searchCondition } from './search-words.ts';
import { allOf } from './statement.ts';

/**
 * Which rows `r` a list shows: the workspace's live (or trashed) ones that match the filter and the search words.
 * Row-level security takes away what the person may not see.
 */
export function scopeCondition(
  identity: Identity,
  field: (name: string) => ListField,
  scope: ListScope,
): SQL {
  const conditions = [
    sql`r.workspace_id = ${identity.workspaceId}::uuid`,
    scope.trashed ? sql`r.deleted_at IS NOT NULL` : sql`r.deleted_at IS NULL`,
  ];
  if (scope.filter) conditions.push(filterCondition({ field, me: identity.userId }, scope.filter));
  if (scope.search?.trim()) conditions.push(searchCondition(scope.search));
  return allOf(conditions);
}
