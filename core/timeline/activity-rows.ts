import type { Identity, Tx } from '#db/engine/types.ts';
import { nullable, returning, text, typed, uuid } from '#db/row.ts';
import { type SQL, sql } from '#db/sql.ts';
import type { Activity, RecordLink } from '#shared/contract/timeline.ts';
import type { ActivityId, UserId } from '#shared/ids.ts';
import { definitionOf, linkedObjects, type ObjectName } from '#shared/objects/objects.ts';
import { referenceName } from '../data/reference.ts';
import { list, queryRows } from '../data/statement.ts';

/** Where an activity is found: its id, and its moment, which says in which month's partition it lies. */
export interface ActivityKey {
  readonly id: string;
  readonly occurredAt: string;
}

/** The junction that holds an object's links: `activity_contacts`, `contact_id`. */
export function junctionOf(object: ObjectName): { readonly table: string; readonly column: string } {
  return { table: `activity_${object}`, column: `${definitionOf(object).singular}_id` };
}

/** The columns of an activity as its row is shown, without its links. */
export function activityColumns(alias: string): SQL {
  const a = sql.identifier(alias);
  return sql`
    ${a}.id, ${a}.type, ${a}.subject, ${a}.body, ${a}.outcome, ${a}.direction,
    ${a}.duration_minutes AS "durationMinutes", ${a}.occurred_at AS "occurredAt", ${a}.user_id AS "userId",
    (
      SELECT ${referenceName('users', 'u')} FROM users u
      WHERE u.workspace_id = ${a}.workspace_id AND u.id = ${a}.user_id
    ) AS "userName"`;
}

/** What `activityColumns` selects. */
export const activityRow = returning({
  id: typed<ActivityId>('activities.id'),
  type: 'activities.type',
  subject: 'activities.subject',
  body: 'activities.body',
  outcome: 'activities.outcome',
  direction: 'activities.direction',
  durationMinutes: 'activities.duration_minutes',
  occurredAt: 'activities.occurred_at',
  userId: nullable(typed<UserId>('activities.user_id')),
  userName: nullable(text),
});

/** What the activities are linked to, as far as the person may see it, with names. */
export function linksQuery(identity: Identity, ids: readonly string[]): SQL {
  const parts = linkedObjects.map((object) => {
    const { table, column } = junctionOf(object);
    return sql`
      SELECT j.activity_id, ${object}::text AS object, t.id, ${referenceName(object, 't')} AS name
      FROM ${sql.identifier(table)} j
      JOIN ${sql.identifier(object)} t ON t.workspace_id = j.workspace_id AND t.id = j.${sql.identifier(column)}
      WHERE j.workspace_id = ${identity.workspaceId}::uuid AND j.activity_id = ANY(${list(ids)}::uuid[])`;
  });
  return sql`${sql.join(parts, sql` UNION ALL `)} ORDER BY object, name, id`;
}

/** An activity without its links. */
export type ActivityRow = Omit<Activity, 'links'>;

/** The same activities with what they are linked to. */
export async function withLinks(
  tx: Tx,
  identity: Identity,
  rows: readonly ActivityRow[],
): Promise<Activity[]> {
  if (rows.length === 0) return [];
  const links = await queryRows(
    tx,
    returning({
      activity_id: uuid,
      object: typed<RecordLink['object']>(text),
      id: typed<RecordLink['id']>(uuid),
      name: text,
    }),
    linksQuery(
      identity,
      rows.map((row) => row.id),
    ),
  );
  const activities = rows.map((row): Activity => ({ ...row, links: [] }));
  const byId = new Map<string, Activity>(activities.map((activity) => [activity.id, activity]));
  for (const { activity_id: activityId, ...link } of links) byId.get(activityId)?.links.push(link);
  return activities;
}

/** A whole activity; undefined where it is gone, trashed or hidden. */
export async function findActivity(
  tx: Tx,
  identity: Identity,
  { id, occurredAt }: ActivityKey,
): Promise<Activity | undefined> {
  const rows = await queryRows(
    tx,
    activityRow,
    sql`
      SELECT ${activityColumns('a')}
      FROM activities a
      WHERE a.workspace_id = ${identity.workspaceId}::uuid AND a.id = ${id}::uuid
        AND a.occurred_at = ${occurredAt}::timestamptz AND a.deleted_at IS NULL`,
  );
  const [activity] = await withLinks(tx, identity, rows);
  return activity;
}
