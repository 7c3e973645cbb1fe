import type { Identity, Tx } from '#db/engine/types.ts';
import type { ListInput, Sort } from '#shared/contract/list.ts';
import type { ObjectName, RecordOf } from '#shared/objects/objects.ts';
import type { Position } from './cursor.ts';
import { type PageRequest, pageQuery, partSizeQuery } from './page-query.ts';
import { fieldResolver, recordsByIds } from './read.ts';
import type { RecordObject } from './record-object.ts';
import { scopeCondition, scopePlan } from './scope.ts';
import { cursorAfter, listOrder, partOf, positionOf } from './sort.ts';
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
  const positions = await listPositions(tx, list, input, limit + 1);
  const page = positions.slice(0, limit);
  const last = page.at(-1);
  const rows = await recordsByIds(
    tx,
    object,
    identity,
    page.map((position) => position.id),
  );
  return { rows, nextCursor: last && positions.length > limit ? cursorAfter(list.order, last) : null };
}

/** Live records by name; the trash by age, what was thrown away last on top. */
function defaultSort(isTrash: boolean): Sort[] {
  return isTrash ? [{ field: 'deletedAt', direction: 'desc' }] : [{ field: 'name', direction: 'asc' }];
}

type List = Pick<PageRequest, 'object' | 'scope' | 'plan' | 'order'>;

/** Where the page's rows stand, read from the filled part of the list and, where that ends, from the empty one. */
export async function listPositions(
  tx: Tx,
  list: List,
  input: Pick<ListInput, 'cursor' | 'offset'>,
  limit: number,
): Promise<Position[]> {
  if (input.cursor !== undefined) {
    const after = positionOf(list.order, input.cursor);
    const part = partOf(list.order, after);
    const found = await readPart(tx, { ...list, part, after, limit });
    return part === 'empty' ? found : [...found, ...(await readEmpty(tx, list, 0, limit - found.length))];
  }
  const offset = input.offset ?? 0;
  const found = await readPart(tx, { ...list, part: 'filled', offset, limit });
  if (found.length === limit) return found;
  // Past the filled part: what is left of the offset is skipped in the empty one.
  const filled = found.length > 0 || offset === 0 ? offset : await partSize(tx, list, offset);
  return [...found, ...(await readEmpty(tx, list, offset - filled, limit - found.length))];
}

async function readEmpty(tx: Tx, list: List, offset: number, limit: number): Promise<Position[]> {
  return limit > 0 ? readPart(tx, { ...list, part: 'empty', offset, limit }) : [];
}

async function readPart(tx: Tx, request: PageRequest): Promise<Position[]> {
  const rows = await queryRows<Record<string, string | null>>(tx, pageQuery(request), request.plan);
  return rows.map((row) => ({
    id: String(row['id']),
    keys: request.order.keys.map((_, index) => row[`key_${index}`] ?? null),
  }));
}

async function partSize(tx: Tx, list: List, most: number): Promise<number> {
  const query = partSizeQuery({ ...list, part: 'filled' }, most);
  const [row] = await queryRows<{ count: number }>(tx, query, list.plan);
  return row?.count ?? 0;
}
