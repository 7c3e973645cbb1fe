import type { Identity, Tx } from '#db/engine/types.ts';
import { type SQL, sql } from '#db/sql.ts';
import type { ListInput, Sort } from '#shared/contract/list.ts';
import type { ObjectName, RecordOf } from '#shared/objects/objects.ts';
import type { Position } from './cursor.ts';
import { type PageRequest, pageQuery, partSizeQuery } from './page-query.ts';
import { fieldResolver, recordsByIds } from './read.ts';
import type { RecordObject } from './record-object.ts';
import { recordColumns } from './record-row.ts';
import { scopeCondition, scopePlan } from './scope.ts';
import { cursorAfter, type KeyColumns, listOrder, partOf, positionOf } from './sort.ts';
import { queryRows } from './statement.ts';

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
  const sorts = input.sort?.length ? input.sort : defaultSort(input.trashed ?? false);
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
    order: listOrder(object.name, sorts, field),
  };
  const limit = input.limit ?? defaultLimit;
  // One more than asked for, to know whether there is a next page.
  const pageOf = <Row extends { readonly id: string }>(columns: SQL) =>
    placedRows<Row>(tx, { ...list, columns }, input, limit + 1);
  const nextCursor = (found: readonly Placed<unknown>[]) => {
    const last = found[limit - 1];
    return last && found.length > limit ? cursorAfter(list.order, last.position) : null;
  };
  if (isReadInOrder(list, input)) {
    const found = await pageOf<RecordOf<Name>>(recordColumns(object));
    return { rows: found.slice(0, limit).map(({ row }) => row), nextCursor: nextCursor(found) };
  }
  const found = await pageOf(sql`r.id`);
  const ids = found.slice(0, limit).map(({ position }) => position.id);
  return { rows: await recordsByIds(tx, object, identity, ids), nextCursor: nextCursor(found) };
}

/**
 * Whether the page's rows come out of an index one after the other, so that whole records are read at once. Where rows are
 * skipped or sorted first, only ids are read of these, and then the records of the page.
 */
function isReadInOrder({ plan, order }: List, { offset, trashed }: ListInput): boolean {
  return order.isIndexed && plan === 'kept' && !offset && !trashed;
}

/** Live records by name; the trash by age, what was thrown away last on top. */
function defaultSort(isTrash: boolean): Sort[] {
  return isTrash ? [{ field: 'deletedAt', direction: 'desc' }] : [{ field: 'name', direction: 'asc' }];
}

type List = Pick<PageRequest, 'object' | 'scope' | 'plan' | 'order'>;

interface Placed<Row> {
  readonly row: Row;
  readonly position: Position;
}

/** The page's rows and where they stand, read from the filled part of the list and, where that ends, from the empty one. */
async function placedRows<Row extends { readonly id: string }>(
  tx: Tx,
  list: List & Pick<PageRequest, 'columns'>,
  input: Pick<ListInput, 'cursor' | 'offset'>,
  limit: number,
): Promise<Placed<Row>[]> {
  const readEmpty = async (offset: number, most: number) =>
    most > 0 ? readPart<Row>(tx, { ...list, part: 'empty', offset, limit: most }) : [];
  if (input.cursor !== undefined) {
    const after = positionOf(list.order, input.cursor);
    const part = partOf(list.order, after);
    const found = await readPart<Row>(tx, { ...list, part, after, limit });
    return part === 'empty' ? found : [...found, ...(await readEmpty(0, limit - found.length))];
  }
  const offset = input.offset ?? 0;
  const found = await readPart<Row>(tx, { ...list, part: 'filled', offset, limit });
  if (found.length === limit) return found;
  // Past the filled part: what is left of the offset is skipped in the empty one.
  const filled = found.length > 0 || offset === 0 ? offset : await partSize(tx, list, offset);
  return [...found, ...(await readEmpty(offset - filled, limit - found.length))];
}

async function readPart<Row extends { readonly id: string }>(
  tx: Tx,
  request: PageRequest,
): Promise<Placed<Row>[]> {
  const rows = await queryRows<Row & KeyColumns>(tx, pageQuery(request), request.plan);
  return rows.map(({ key_0 = null, key_1 = null, key_2 = null, ...row }) => ({
    // Without the columns of the keys, it is what was asked for.
    row: row as unknown as Row,
    position: { id: row.id, keys: [key_0, key_1, key_2].slice(0, request.order.keys.length) },
  }));
}

async function partSize(tx: Tx, list: List, most: number): Promise<number> {
  const query = partSizeQuery({ ...list, part: 'filled' }, most);
  const [row] = await queryRows<{ count: number }>(tx, query, list.plan);
  return row?.count ?? 0;
}
