import type { z } from 'zod';
import type { Identity, Tx } from '#db/engine/types.ts';
import { int4, returning, uuid } from '#db/row.ts';
import { sql } from '#db/sql.ts';
import type { selectionSchema } from '#shared/contract/list.ts';
import type { Application } from '../context.ts';
import { list, queryRows, whole } from '../data/statement.ts';
import { fieldResolver } from './read.ts';
import type { RecordObject } from './record-object.ts';
import { scopeCondition } from './scope.ts';

export type ResolvedSelection = z.output<typeof selectionSchema>;

/** How many ids are read at a time: a few milliseconds from an index. */
const idsPerSlice = 5_000;

/**
 * The ids that a selection means, each once. "All that the list shows" is read once, in slices, before anything is
 * changed: so an action that makes records leave the list (or enter it) still meets exactly those that were shown.
 */
export async function selectedIds(
  app: Application,
  object: RecordObject,
  identity: Identity,
  selection: ResolvedSelection,
): Promise<string[]> {
  if ('ids' in selection) return [...new Set(selection.ids.map((id) => id.toLowerCase()))];
  const except = new Set<string>(selection.except.map((id) => id.toLowerCase()));
  const ids: string[] = [];
  let last: string | null = null;
  for (;;) {
    const after: string | null = last;
    const slice: string[] = await app.engine.transaction(
      { as: identity, readOnly: true, priority: 'background', label: `select ${object.name}` },
      (tx) => idsAfter(tx, object, identity, selection, after),
    );
    ids.push(...slice.filter((id) => !except.has(id)));
    last = slice.at(-1) ?? null;
    if (slice.length < idsPerSlice) return ids;
  }
}

async function idsAfter(
  tx: Tx,
  object: RecordObject,
  identity: Identity,
  selection: Extract<ResolvedSelection, { all: unknown }>,
  after: string | null,
): Promise<string[]> {
  const field = await fieldResolver(tx, object, identity, selection.all, []);
  const rows = await queryRows(
    tx,
    returning({ id: uuid }),
    sql`
      SELECT r.id
      FROM ${sql.identifier(object.name)} r
      WHERE ${scopeCondition(identity, field, selection.all)}
        ${after === null ? sql`` : sql`AND r.id > ${after}::uuid`}
      ORDER BY r.id
      LIMIT ${whole(idsPerSlice)}`,
  );
  return rows.map((row) => row.id);
}

/** How many of these records the person can see, and how many of them lie in the trash. */
export async function visibleCounts(
  tx: Tx,
  object: RecordObject,
  identity: Identity,
  ids: readonly string[],
): Promise<{ live: number; trashed: number }> {
  const [row] = await queryRows(
    tx,
    returning({ live: int4, trashed: int4 }),
    sql`
      SELECT
        count(*) FILTER (WHERE r.deleted_at IS NULL)::integer AS live,
        count(*) FILTER (WHERE r.deleted_at IS NOT NULL)::integer AS trashed
      FROM ${sql.identifier(object.name)} r
      WHERE r.workspace_id = ${identity.workspaceId}::uuid AND r.id = ANY(${list(ids)}::uuid[])`,
  );
  return row ?? { live: 0, trashed: 0 };
}
