import type { Identity, Tx } from '#db/engine/types.ts';
import { type SQL, sql } from '#db/sql.ts';
import type { Activity } from '#shared/contract/timeline.ts';
import { type ActivityType, activityTypes } from '#shared/enums.ts';
import type { ObjectName } from '#shared/objects/objects.ts';
import { enumValues } from '../data/enum-value.ts';
import { queryRows, whole } from '../data/statement.ts';
import { type ActivityKey, activityColumns, activityRow, junctionOf, withLinks } from './activity-rows.ts';

export interface ActivityPage {
  readonly types: readonly ActivityType[];
  /** The position below which it begins. */
  readonly after: ActivityKey | null;
  readonly limit: number;
}

/**
 * The next activities of a record, newest first, without trashed ones: the links in the order of the junction's index
 * (workspace, record, occurred_at DESC, activity), each activity looked up in the one partition that its moment lies in,
 * until the page is full. Of a rare type more links are read than there are rows on the page, but none twice.
 */
export function activityPageQuery(
  identity: Identity,
  record: { readonly object: ObjectName; readonly id: string },
  { types, after, limit }: ActivityPage,
): SQL {
  const { table, column } = junctionOf(record.object);
  const below = after
    ? sql`AND j.occurred_at <= ${after.occurredAt}::timestamptz
        AND (j.occurred_at < ${after.occurredAt}::timestamptz OR j.activity_id > ${after.id}::uuid)`
    : undefined;
  const ofTypes =
    types.length < activityTypes.length
      ? sql`AND a.type = ANY(${enumValues('activity_type', types)})`
      : undefined;
  // The inner order keeps the planner from joining first and sorting all of a record's history after.
  return sql`
    SELECT ${activityColumns('a')}
    FROM (
      SELECT j.activity_id, j.occurred_at
      FROM ${sql.identifier(table)} j
      WHERE j.workspace_id = ${identity.workspaceId}::uuid AND j.${sql.identifier(column)} = ${record.id}::uuid ${below}
      ORDER BY j.occurred_at DESC, j.activity_id
    ) link
    JOIN activities a ON a.id = link.activity_id AND a.occurred_at = link.occurred_at
    WHERE a.workspace_id = ${identity.workspaceId}::uuid AND a.deleted_at IS NULL ${ofTypes}
    ORDER BY link.occurred_at DESC, link.activity_id
    LIMIT ${whole(limit)}`;
}

/** The next activities of a record of the given types below a position, newest first. */
export async function activitiesOf(
  tx: Tx,
  identity: Identity,
  record: { readonly object: ObjectName; readonly id: string },
  page: ActivityPage,
): Promise<Activity[]> {
  const rows = await queryRows(tx, activityRow, activityPageQuery(identity, record, page));
  return withLinks(tx, identity, rows);
}
