import { type SQL, sql } from '#db/sql.ts';
import { definitionOf, fieldsOf, type ReferenceTarget } from '#shared/objects/objects.ts';
import { columnOf } from './statement.ts';

/** What one of the target is called in a message. */
export function singularOf(target: ReferenceTarget): string {
  return target === 'users' ? 'user' : definitionOf(target).singular;
}

/** The name by which a record is shown where another refers to it; the column is under the given alias. */
export function referenceName(target: ReferenceTarget, alias: string): SQL {
  if (target === 'users') return sql`coalesce(${columnOf(alias, 'full_name')}, ${columnOf(alias, 'email')})`;
  const { title } = definitionOf(target);
  const field = fieldsOf(target).find(({ key }) => key === title);
  return columnOf(alias, field?.column ?? title);
}

/** The folded name that orders and compares references. */
export function referenceKey(alias: string): SQL {
  return columnOf(alias, 'name_key');
}

/**
 * Whether a reference may point at something whose name the caller is not shown; a constant of the statement. Users are
 * seen by everybody, but one may have no name.
 */
export function mayHideNames(target: ReferenceTarget): SQL {
  if (target === 'users') {
    return sql`(SELECT EXISTS (
      SELECT FROM users u WHERE u.workspace_id = (SELECT satchel.workspace_id()) AND u.name_key IS NULL
    ))`;
  }
  const { singular, access } = definitionOf(target);
  const permission = sql.raw(`'${singular}:read'`);
  return access === 'shared'
    ? sql`NOT (SELECT satchel.can(${permission}))`
    : sql`NOT (SELECT satchel.reaches_all(${permission}))`;
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
  return target === 'users' || definitionOf(target).isFew;
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
