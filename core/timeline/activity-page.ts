import type { Identity, Tx } from '#db/engine/types.ts';
import { type SQL, sql } from '#db/sql.ts';
import type { Activity } from '#shared/contract/timeline.ts';
import type { ActivityType } from '#shared/enums.ts';
import { queryRows, whole } from '../records/statement.ts';
import {
  type ActivityKey,
  type ActivityRow,
  activityRows,
  junctions,
  type LinkedObject,
  withLinks,
} from './activity-rows.ts';

/** Links read at once: while searching for a rare kind, more than a page of all kinds would need. */
const smallestBatch = 50;
const largestBatch = 1_000;

/**
 * The next links of a record below a position, newest first, from the junction's index
 * (workspace, record, occurred_at DESC, activity) alone.
 */
export function timelineKeysQuery(
  identity: Identity,
  object: LinkedObject,
  recordId: string,
  after: ActivityKey | null,
  limit: number,
): SQL {
  const { table, column } = junctions[object];
  const below = after
    ? sql`AND j.occurred_at <= ${after.occurredAt}::timestamptz
        AND (j.occurred_at < ${after.occurredAt}::timestamptz OR j.activity_id > ${after.id}::uuid)`
    : sql``;
  return sql`
    SELECT j.activity_id AS id, j.occurred_at AS "occurredAt"
    FROM ${sql.identifier(table)} j
    WHERE j.workspace_id = ${identity.workspaceId}::uuid AND j.${sql.identifier(column)} = ${recordId}::uuid ${below}
    ORDER BY j.occurred_at DESC, j.activity_id
    LIMIT ${whole(limit)}`;
}

/** The next activities of a record of the given types below a position, newest first. */
export async function activitiesOf(
  tx: Tx,
  identity: Identity,
  record: { readonly object: LinkedObject; readonly id: string },
  page: {
    readonly types: readonly ActivityType[];
    readonly after: ActivityKey | null;
    readonly limit: number;
  },
): Promise<Activity[]> {
  const found: ActivityRow[] = [];
  let after = page.after;
  let batch = Math.max(smallestBatch, page.limit);
  for (;;) {
    const keys = await queryRows<ActivityKey>(
      tx,
      timelineKeysQuery(identity, record.object, record.id, after, batch),
    );
    found.push(...(await activityRows(tx, identity, keys, page.types)));
    after = keys.at(-1) ?? null;
    // Links only of what is shown: of a rare kind most of what was looked at is not.
    if (found.length >= page.limit || keys.length < batch || !after) {
      return withLinks(tx, identity, found.slice(0, page.limit));
    }
    batch = Math.min(batch * 2, largestBatch);
  }
}
