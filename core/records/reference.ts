import { type SQL, sql } from '#db/sql.ts';
import type { ReferenceTarget } from '#shared/objects/field.ts';
import { columnOf } from './statement.ts';

/** The name by which a record is shown where another refers to it; the column is under the given alias. */
export function referenceName(target: ReferenceTarget, alias: string): SQL {
  switch (target) {
    case 'contacts':
      return columnOf(alias, 'full_name');
    case 'users':
      return sql`coalesce(${columnOf(alias, 'full_name')}, ${columnOf(alias, 'email')})`;
    case 'accounts':
    case 'opportunities':
    case 'products':
      return columnOf(alias, 'name');
    default:
      return target satisfies never;
  }
}

/** The folded name that orders and compares references. People have no stored one: there are few of them. */
export function referenceKey(target: ReferenceTarget, alias: string): SQL {
  return target === 'users'
    ? sql`satchel.fold(${referenceName(target, alias)})`
    : columnOf(alias, 'name_key');
}

/**
 * The display name of what a column of `row` points at, as a scalar subquery: one look-up by primary key for each row
 * of a page, whatever the planner thinks of the table. Null where the caller may not see the target.
 */
export function referencedName(target: ReferenceTarget, row: string, column: string): SQL {
  return sql`(
    SELECT ${referenceName(target, 't')}
    FROM ${sql.identifier(target)} t
    WHERE t.workspace_id = ${columnOf(row, 'workspace_id')} AND t.id = ${columnOf(row, column)}
  )`;
}
