import type { Identity, Tx } from '#db/engine/types.ts';
import { int4, returning, returningFields, uuid } from '#db/row.ts';
import { sql } from '#db/sql.ts';
import { SatchelError } from '#shared/errors.ts';
import { say, term } from '#shared/message.ts';
import type { Child } from '#shared/objects/define.ts';
import type { Fields } from '#shared/objects/field.ts';
import type { FieldDefinition } from '#shared/objects/objects.ts';
import type { IdSource } from '#shared/runtime.ts';
import { columnOf, executeStatement, list, queryOne, queryRows } from '../data/statement.ts';
import type { RecordObject } from './record-object.ts';
import { selectedColumns, selectList } from './record-row.ts';
import type { RecordValues } from './record-values.ts';
import { checkReferences } from './references.ts';
import { checkRequired } from './required.ts';
import { insertRows, type Row, type RowOf, rowOf, updateEach, type WrittenTable } from './write-rows.ts';

/** Rows that belong to a record and are edited with it, by the key of the children in the record. */
type ChildRows = Readonly<Record<string, readonly unknown[]>>;

/** Which of the values are children, and which are not. */
export function splitChildren(
  object: RecordObject,
  values: RecordValues,
): { readonly own: RecordValues; readonly children: ChildRows } {
  const isChild = (key: string) => Object.hasOwn(object.children, key);
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return {
    own: Object.fromEntries(entries.filter(([key]) => !isChild(key))),
    // The contract's schema has made them arrays.
    children: Object.fromEntries(entries.filter(([key]) => isChild(key))) as ChildRows,
  };
}

/** The children of a record, each kind in its order. */
export async function childrenOf(
  tx: Tx,
  object: RecordObject,
  identity: Identity,
  id: string,
): Promise<ChildRows> {
  const found: Record<string, readonly unknown[]> = {};
  for (const [key, child] of Object.entries(object.children)) {
    found[key] = await queryRows(
      tx,
      returningFields({ id: uuid, ...selectedColumns(child.table, fieldsOfChild(child)) }),
      sql`
        SELECT r.id, ${selectList(fieldsOfChild(child))}
        FROM ${sql.identifier(child.table)} r
        WHERE r.workspace_id = ${identity.workspaceId}::uuid AND ${columnOf('r', child.parentColumn)} = ${id}::uuid
          AND r.deleted_at IS NULL
        ORDER BY ${columnOf('r', child.positionColumn)}, r.id`,
    );
  }
  return found;
}

/**
 * Makes the children of a record these, in this order: those without an id are new, those left out are taken away. What
 * was taken away lies in the trash of its table until the record goes, so that undo brings it back.
 * @throws SatchelError `conflict` where one that is kept was taken away meanwhile
 */
export async function writeChildren(
  tx: Tx,
  object: RecordObject,
  identity: Identity,
  id: string,
  given: ChildRows,
  ids: IdSource,
): Promise<void> {
  for (const [key, rows] of Object.entries(given)) {
    const child = object.children[key];
    if (child) await writeKind(tx, object, identity, id, key, child, rows as readonly RecordValues[], ids);
  }
}

async function writeKind(
  tx: Tx,
  object: RecordObject,
  identity: Identity,
  parentId: string,
  key: string,
  child: Child<Fields>,
  given: readonly RecordValues[],
  ids: IdSource,
): Promise<void> {
  const table = writtenTable(child);
  const fields = fieldsOfChild(child);
  for (const row of given) {
    await checkReferences(tx, { fields }, identity, row);
    checkRequired(
      { singular: object.singular, fields },
      row,
      typeof row['id'] === 'string' ? 'update' : 'insert',
    );
  }
  const rows = given.map(({ id, ...values }, position) => ({
    isNew: typeof id !== 'string',
    columns: { ...rowOf(table, values), [child.positionColumn]: position },
    id: typeof id === 'string' ? id.toLowerCase() : ids.next(),
  }));
  const kept = rows.filter(({ isNew }) => !isNew);
  const ofParent = sql`r.workspace_id = ${identity.workspaceId}::uuid AND ${columnOf('r', child.parentColumn)} = ${parentId}::uuid
    AND r.deleted_at IS NULL`;
  const there = await queryOne(
    tx,
    returning({ count: int4 }),
    sql`
      SELECT count(*)::integer AS count FROM ${sql.identifier(child.table)} r
      WHERE ${ofParent} AND r.id = ANY(${list(kept.map((row) => row.id))}::uuid[])`,
  );
  if ((there?.count ?? 0) < kept.length) throw changedMeanwhile(object, key);
  const isLeftOut = sql`${ofParent} AND r.id <> ALL(${list(kept.map((row) => row.id))}::uuid[])`;
  const leftOut = await queryOne(
    tx,
    returning({ count: int4 }),
    sql`SELECT count(*)::integer AS count FROM ${sql.identifier(child.table)} r WHERE ${isLeftOut}`,
  );
  const taken = await executeStatement(
    tx,
    sql`UPDATE ${sql.identifier(child.table)} r SET deleted_at = now() WHERE ${isLeftOut}`,
  );
  // Row-level security leaves out what the person may see and not change.
  if (taken < (leftOut?.count ?? 0)) throw mayNotChange(object);
  for (const { columns, rows: alike } of byColumns(kept)) {
    if ((await updateEach(tx, table, identity, alike, columns)) < alike.length) throw mayNotChange(object);
  }
  const added = rows
    .filter(({ isNew }) => isNew)
    .map((row) => ({ ...row, columns: { ...row.columns, [child.parentColumn]: parentId } }));
  for (const { columns, rows: alike } of byColumns(added))
    await insertRows(tx, table, identity, alike, columns);
}

interface ChildRow {
  readonly id: string;
  readonly columns: Row;
}

/** One statement writes rows of the same columns. */
function byColumns(
  rows: readonly ChildRow[],
): { readonly columns: ReadonlySet<string>; readonly rows: RowOf[] }[] {
  const groups = new Map<string, { columns: ReadonlySet<string>; rows: RowOf[] }>();
  for (const { id, columns } of rows) {
    const names = Object.keys(columns);
    const group = groups.get(names.join(' ')) ?? { columns: new Set(names), rows: [] };
    groups.set(names.join(' '), group);
    group.rows.push({ ...columns, id });
  }
  return [...groups.values()];
}

/**
 * Two people may change different fields of a record, but children are given as a whole.
 * @throws SatchelError `conflict` where somebody has changed children of a kind that is given
 */
export async function checkChildrenUnchanged(
  tx: Tx,
  object: RecordObject,
  identity: Identity,
  id: string,
  given: ChildRows,
  expectedUpdatedAt: string | undefined,
): Promise<void> {
  if (expectedUpdatedAt === undefined) return;
  for (const key of Object.keys(given)) {
    const child = object.children[key];
    if (!child) continue;
    const changed = await queryOne(
      tx,
      returning({ id: uuid }),
      sql`
        SELECT r.id FROM ${sql.identifier(child.table)} r
        WHERE r.workspace_id = ${identity.workspaceId}::uuid AND ${columnOf('r', child.parentColumn)} = ${id}::uuid
          AND (r.updated_at > ${expectedUpdatedAt}::timestamptz OR r.deleted_at > ${expectedUpdatedAt}::timestamptz)
        LIMIT 1`,
    );
    if (changed) throw changedMeanwhile(object, key);
  }
}

function changedMeanwhile(object: RecordObject, key: string): SatchelError {
  return new SatchelError(
    'conflict',
    say`Somebody changed this ${term(object.singular)} meanwhile. Look at it as it is now, then change it again.`,
    { details: { fields: [key] } },
  );
}

function mayNotChange(object: RecordObject): SatchelError {
  return new SatchelError(
    'forbidden',
    say`Your role does not allow you to change this ${term(object.singular)}.`,
  );
}

function fieldsOfChild(child: Child<Fields>): readonly FieldDefinition[] {
  // The catalogue has checked what they refer to.
  return child.fieldList as readonly FieldDefinition[];
}

/** The table with the two columns that no field names. */
function writtenTable(child: Child<Fields>): WrittenTable {
  return {
    name: child.table,
    fields: [
      ...child.fieldList,
      { key: '', column: child.parentColumn, sqlType: 'uuid', isReadOnly: true },
      { key: '', column: child.positionColumn, sqlType: 'integer', isReadOnly: true },
    ],
  };
}
