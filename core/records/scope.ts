import type { Identity, PlanKind } from '#db/engine/types.ts';
import { type SQL, sql } from '#db/sql.ts';
import type { FilterCondition, FilterGroup, FilterOperator, ListScope } from '#shared/contract/list.ts';
import { allOf } from '../data/statement.ts';
import { filterCondition } from './filter.ts';
import type { FieldKind, ListField } from './list-field.ts';
import { searchCondition } from './search-words.ts';

/** Kinds of which one value is about as frequent as another, or stands in the text of the statement. */
const evenKinds: readonly FieldKind[] = ['reference', 'select', 'boolean'];
const hasEvenValues = ({ kind, customKey }: ListField) => customKey === undefined && evenKinds.includes(kind);
const textOperators: readonly FilterOperator[] = ['contains', 'not_contains', 'starts_with'];

/**
 * How a statement over the scope is planned. What is searched for, or a value of a number, decides whether an index over
 * it or the list's order is the better way, so that is planned each time; an owner or a stage is not.
 */
export function scopePlan(field: (name: string) => ListField, scope: ListScope): PlanKind {
  const isEven = (part: FilterCondition | FilterGroup): boolean =>
    'join' in part
      ? part.conditions.every(isEven)
      : hasEvenValues(field(part.field)) && !textOperators.includes(part.operator);
  return scope.search?.trim() || (scope.filter && !isEven(scope.filter)) ? 'fresh' : 'kept';
}

/** Whether the list is of all live records, as far as the caller may see them. */
export function showsAll({ filter, search, trashed }: ListScope): boolean {
  const narrows = (group: FilterGroup): boolean =>
    group.conditions.some((part) => !('join' in part) || narrows(part));
  return !trashed && !search?.trim() && !(filter && narrows(filter));
}

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
