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

/** The folded name that orders and compares references. */
export function referenceKey(alias: string): SQL {
  return columnOf(alias, 'name_key');
}

/**
 * Whether a reference may point at something whose name the caller is not shown; a constant of the statement. People are
 * seen by everybody, but one may have no name.
 */
export function mayHideNames(target: ReferenceTarget): SQL {
  switch (target) {
    case 'accounts':
      return sql`NOT (SELECT satchel.reaches_all('account:read'))`;
    case 'contacts':
      return sql`NOT (SELECT satchel.reaches_all('contact:read'))`;
    case 'opportunities':
      return sql`NOT (SELECT satchel.reaches_all('opportunity:read'))`;
    case 'products':
      return sql`NOT (SELECT satchel.can('product:read'))`;
    case 'users':
      return sql`(SELECT EXISTS (
        SELECT FROM users u WHERE u.workspace_id = (SELECT satchel.workspace_id()) AND u.name_key IS NULL
      ))`;
    default:
      return target satisfies never;
  }
}

/** Whether the caller is shown the name of what a column of `row` points at. */
export function showsName(target: ReferenceTarget, row: string, column: SQL): SQL {
  return sql`EXISTS (
    SELECT FROM ${sql.identifier(target)} t
    WHERE t.workspace_id = ${columnOf(row, 'workspace_id')} AND t.id = ${column} AND ${referenceKey('t')} IS NOT NULL
  )`;
}

/** Targets that are few while many records refer to each. */
export function isFew(target: ReferenceTarget): boolean {
  return target === 'users' || target === 'products';
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
