import type { Identity, Tx } from '#db/engine/types.ts';
import { int4, type RowShape, returning, returningFields, uuid } from '#db/row.ts';
import { type SQL, sql } from '#db/sql.ts';
import type { ListInput, Sort } from '#shared/contract/list.ts';
import type { ObjectName, RecordOf } from '#shared/objects/objects.ts';
import { queryRows } from '../data/statement.ts';
import type { ListPart, Position } from './cursor.ts';
import { type PageRequest, pageQuery, partSizeQuery } from './page-query.ts';
import { fieldResolver, recordsByIds } from './read.ts';
import type { RecordObject } from './record-object.ts';
import { recordColumns, recordRow } from './record-row.ts';
import { walkQuery, walksReferences } from './reference-walk.ts';
import { scopeCondition, scopePlan, showsAll } from './scope.ts';
import { cursorAfter, type KeyColumns, keyKinds, listOrder, partsWithout, positionOf } from './sort.ts';

export interface Page<Row> {
  readonly rows: Row[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
}

const defaultLimit = 100;

/** One page of an object's list; see `listInputSchema` for how pages are named. */
export async function listRecords<Name extends ObjectName>(
  tx: Tx,
  object: RecordObject<Name>,
  identity: Identity,
  input: ListInput,
): Promise<Page<RecordOf<Name>>> {
  const sorts = input.sort?.length ? input.sort : defaultSort(object, input.trashed ?? false);
  const field = await fieldResolver(
    tx,
    object,
    identity,
    input,
    sorts.map((sort) => sort.field),
  );
  const list = {
    object,
    scope: scopeCondition(identity, field, input),
    plan: scopePlan(field, input),
    isWhole: showsAll(input),
    order: listOrder(object, sorts, field),
  };
  const limit = input.limit ?? defaultLimit;
  // One more than asked for, to know whether there is a next page.
  const pageOf = <Row extends Identified>(columns: SQL, row: RowShape<Row>) =>
    placedRows(tx, { ...list, columns, row }, input, limit + 1);
  const nextCursor = (found: readonly Placed<unknown>[]) => {
    const last = found[limit - 1];
    return last && found.length > limit ? cursorAfter(list.order, last.position) : null;
  };
  if (isReadInOrder(list, input)) {
    const found = await pageOf(recordColumns(object), recordRow(object));
    return { rows: found.slice(0, limit).map(({ row }) => row), nextCursor: nextCursor(found) };
  }
  const found = await pageOf(sql`r.id`, returning({ id: uuid }));
  const ids = found.slice(0, limit).map(({ position }) => position.id);
  return { rows: await recordsByIds(tx, object, identity, ids), nextCursor: nextCursor(found) };
}

/**
 * Whether the page's rows come out of an index one after the other, so that whole records are read at once. Where rows are
 * skipped or sorted first, only ids are read of these, and then the records of the page.
 */
function isReadInOrder(
  { plan, order }: Pick<List, 'plan' | 'order'>,
  { offset, trashed }: ListInput,
): boolean {
  return order.isIndexed && plan === 'kept' && !offset && !trashed;
}

/** Live records by title; the trash by age, what was thrown away last on top. */
function defaultSort({ title }: RecordObject, isTrash: boolean): Sort[] {
  return isTrash ? [{ field: 'deletedAt', direction: 'desc' }] : [{ field: title, direction: 'asc' }];
}

interface List<Row extends object = object>
  extends Pick<PageRequest, 'object' | 'scope' | 'plan' | 'order' | 'columns'> {
  /** From `showsAll`. */
  readonly isWhole: boolean;
  /** What the columns give. */
  readonly row: RowShape<Row>;
}

interface Placed<Row> {
  readonly row: Row;
  readonly position: Position;
}

interface Identified {
  readonly id: string;
}

/** The page's rows and where they stand, read from the filled part of the list and, where that ends, from the others. */
async function placedRows<Row extends Identified>(
  tx: Tx,
  list: List<Row>,
  input: Pick<ListInput, 'cursor' | 'offset'>,
  limit: number,
): Promise<Placed<Row>[]> {
  const parts: readonly ListPart[] = ['filled', ...partsWithout(list.order)];
  if (input.cursor === undefined) {
    return readOn(tx, list, parts, { offset: input.offset ?? 0, limit }, []);
  }
  const after = positionOf(list.order, input.cursor);
  const found = await readAfter(tx, list, after, limit);
  return readOn(tx, list, parts.slice(parts.indexOf(after.part) + 1), { offset: 0, limit }, found);
}

/** Fills the page from the given parts, one after the other. */
async function readOn<Row extends Identified>(
  tx: Tx,
  list: List<Row>,
  parts: readonly ListPart[],
  { offset, limit }: { offset: number; limit: number },
  found: readonly Placed<Row>[],
): Promise<Placed<Row>[]> {
  const [part, ...further] = parts;
  if (part === undefined || found.length === limit) return [...found];
  // Skipping through what rows refer to is dear, so it is not done to learn that the offset lies beyond them.
  const size = offset > 0 && list.order.leading ? await partSize(tx, list, part, offset + 1) : undefined;
  const isBeyond = size !== undefined && size <= offset;
  const rows = isBeyond ? [] : await readPart(tx, list, part, offset, limit - found.length);
  // Past the part: what is left of the offset is skipped in the next ones.
  const passed =
    rows.length > 0 || offset === 0 ? offset : (size ?? (await partSize(tx, list, part, offset)));
  return readOn(tx, list, further, { offset: offset - passed, limit }, [...found, ...rows]);
}

function readPart<Row extends Identified>(
  tx: Tx,
  list: List<Row>,
  part: ListPart,
  offset: number,
  limit: number,
): Promise<Placed<Row>[]> {
  const { leading } = list.order;
  if (leading && part === 'filled' && walksReferences(list.order, { isWhole: list.isWhole, offset })) {
    return readRows(tx, list, part, walkQuery({ ...list, leading, names: 'all', offset, limit }));
  }
  return readRows(tx, list, part, pageQuery({ ...list, part, offset, limit }));
}

/** What comes after a position in its own part. */
async function readAfter<Row extends Identified>(
  tx: Tx,
  list: List<Row>,
  after: Position,
  limit: number,
): Promise<Placed<Row>[]> {
  const { part } = after;
  const { leading } = list.order;
  if (leading && part === 'filled' && walksReferences(list.order, { isWhole: list.isWhole, offset: 0 })) {
    const walk = { ...list, leading, limit };
    const alike = await readRows(tx, list, part, walkQuery({ ...walk, names: { is: after } }));
    if (alike.length === limit) return alike;
    const rest = walkQuery({ ...walk, names: { after }, limit: limit - alike.length });
    return [...alike, ...(await readRows(tx, list, part, rest))];
  }
  return readRows(tx, list, part, pageQuery({ ...list, part, after, limit }));
}

async function readRows<Row extends Identified>(
  tx: Tx,
  { plan, order, row: asked }: List<Row>,
  part: ListPart,
  query: SQL,
): Promise<Placed<Row>[]> {
  const rows = await queryRows(
    tx,
    returningFields<Row & KeyColumns>({ ...asked.columns, ...keyKinds(order) }),
    query,
    plan,
  );
  return rows.map(({ key_0 = null, key_1 = null, key_2 = null, ...row }) => ({
    // Without the columns of the keys, it is what was asked for.
    row: row as unknown as Row,
    position: { part, id: row.id, keys: [key_0, key_1, key_2].slice(0, order.keys.length) },
  }));
}

async function partSize(tx: Tx, list: List, part: ListPart, most: number): Promise<number> {
  const [row] = await queryRows(
    tx,
    returning({ count: int4 }),
    partSizeQuery({ ...list, part }, most),
    list.plan,
  );
  return row?.count ?? 0;
}
