import type { Identity, Tx } from '#db/engine/types.ts';
import { nullable, returning, text, typed } from '#db/row.ts';
import { type SQL, sql } from '#db/sql.ts';
import type { ObjectName } from '#shared/objects/objects.ts';
import { referenceName } from '../data/reference.ts';
import { queryRows, whole } from '../data/statement.ts';
import { type ChangeGroup, coalesce, type HistoryEntry } from './coalesce.ts';

/** Entries of the history read at once; what one person does in one go to one record is hardly ever more. */
const batch = 200;

/** The changes of a record below a position, newest first, by the history's index on (workspace, record, seq DESC). */
export function recordHistoryQuery(
  identity: Identity,
  object: ObjectName,
  recordId: string,
  below: bigint | null,
  limit: number,
): SQL {
  return sql`
    SELECT
      h.seq, h.change_set_id AS "changeSetId", h.operation, h.field,
      h.old_value AS "from", h.new_value AS "to", h.changed_at AS at, h.user_id AS "userId", h.source,
      (
        SELECT ${referenceName('users', 'u')} FROM users u
        WHERE u.workspace_id = h.workspace_id AND u.id = h.user_id
      ) AS "userName"
    FROM field_history h
    WHERE h.workspace_id = ${identity.workspaceId}::uuid AND h.record_id = ${recordId}::uuid
      AND h.object = ${object} ${below === null ? sql`` : sql`AND h.seq < ${below}::bigint`}
    ORDER BY h.seq DESC
    LIMIT ${whole(limit)}`;
}

const historyEntry = returning({
  seq: 'field_history.seq',
  changeSetId: typed<HistoryEntry['changeSetId']>('field_history.change_set_id'),
  operation: 'field_history.operation',
  field: 'field_history.field',
  from: nullable(typed<HistoryEntry['from']>('field_history.old_value')),
  to: nullable(typed<HistoryEntry['to']>('field_history.new_value')),
  at: 'field_history.changed_at',
  userId: 'field_history.user_id',
  source: 'field_history.source',
  userName: nullable(text),
});

/** The next groups of changes of a record below a position. */
export async function changesOf(
  tx: Tx,
  identity: Identity,
  record: { readonly object: ObjectName; readonly id: string },
  page: { readonly below: bigint | null; readonly limit: number },
): Promise<ChangeGroup[]> {
  const groups: ChangeGroup[] = [];
  let { below } = page;
  for (;;) {
    const entries = await queryRows(
      tx,
      historyEntry,
      recordHistoryQuery(identity, record.object, record.id, below, batch),
    );
    const isEnd = entries.length < batch;
    const grouped = coalesce(entries);
    // The last group of a full batch may go on below it; it is read again with what follows, unless it is all there is.
    const whole = isEnd || grouped.length === 1 ? grouped : grouped.slice(0, -1);
    groups.push(...whole);
    below = whole.at(-1)?.lastSeq ?? below;
    if (isEnd || groups.length >= page.limit) return groups.slice(0, page.limit);
  }
}
