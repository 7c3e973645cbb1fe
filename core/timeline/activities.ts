import type { z } from 'zod';
import type { Identity, Tx } from '#db/engine/types.ts';
import { type SQL, sql } from '#db/sql.ts';
import type { Activity, activityInputSchema } from '#shared/contract/timeline.ts';
import { SatchelError } from '#shared/errors.ts';
import type { ChangeSetId } from '#shared/ids.ts';
import { type Message, say, term } from '#shared/message.ts';
import type { Application } from '../context.ts';
import { newChangeSetId, openChangeSet } from '../data/change-set.ts';
import { executeStatement } from '../data/statement.ts';
import { linkActivity, relinkActivity } from './activity-links.ts';
import { ensureMonth } from './activity-months.ts';
import { type ActivityKey, findActivity } from './activity-rows.ts';

type ActivityValues = z.output<typeof activityInputSchema>;

/** What is left out, or undefined, stays as it is. */
type SomeActivityValues = { readonly [Key in keyof ActivityValues]?: ActivityValues[Key] | undefined };

interface Assignment {
  readonly column: string;
  readonly value: SQL;
}

export interface ActivityChange {
  readonly activity: Activity;
  readonly changeSetId: ChangeSetId;
}

/**
 * Logs what the person did, or what happened. It shows on each record it is linked to, and on the accounts of its contacts
 * and opportunities.
 * @throws SatchelError `invalid` naming the field: linked to nothing, or to what cannot be seen; or at an impossible time
 */
export async function logActivity(
  app: Application,
  identity: Identity,
  values: ActivityValues,
): Promise<ActivityChange> {
  const key = { id: app.ids.next(), occurredAt: values.occurredAt };
  const changeSetId = newChangeSetId(app.ids);
  const activity = await app.engine.transaction({ as: identity, label: 'log activity' }, async (tx) => {
    await ensureMonth(app, tx, values.occurredAt);
    await openChangeSet(tx, identity, changeSetId, { label: say`Logged ${activityTerm(values.type)}` });
    const set = columnsOf(values);
    const columns = sql.join(
      set.map(({ column }) => sql`${sql.identifier(column)}`),
      sql`, `,
    );
    const row = sql.join(
      set.map(({ value }) => value),
      sql`, `,
    );
    await executeStatement(
      tx,
      sql`
        INSERT INTO activities (workspace_id, id, user_id, ${columns})
        VALUES (${identity.workspaceId}::uuid, ${key.id}::uuid, ${identity.userId}::uuid, ${row})`,
    );
    await linkActivity(tx, identity, key, values.links);
    return activityByKey(tx, identity, key);
  });
  return { activity, changeSetId };
}

/**
 * Changes an activity. Links that are given replace all it had; moving its time to another month moves its row,
 * and the links follow.
 * @param key as the activity was last seen: `occurredAt` finds its partition
 * @throws SatchelError `not_found`, `forbidden`, `invalid` naming the field
 */
export async function updateActivity(
  app: Application,
  identity: Identity,
  key: ActivityKey,
  values: SomeActivityValues,
): Promise<ActivityChange> {
  const changeSetId = newChangeSetId(app.ids);
  const activity = await app.engine.transaction({ as: identity, label: 'change activity' }, async (tx) => {
    const before = await activityByKey(tx, identity, key);
    if (values.occurredAt !== undefined) await ensureMonth(app, tx, values.occurredAt);
    await openChangeSet(tx, identity, changeSetId, {
      label: say`Changed ${activityTerm(values.type ?? before.type)}`,
    });
    const set = columnsOf(values);
    if (set.length > 0) await changeRow(tx, identity, key, set);
    const moved = { id: before.id, occurredAt: values.occurredAt ?? before.occurredAt };
    if (values.links) await relinkActivity(tx, identity, moved, before.links, values.links);
    return activityByKey(tx, identity, moved);
  });
  return { activity, changeSetId };
}

/**
 * Moves an activity to the trash: no timeline shows it any more, until that is undone.
 * @throws SatchelError `not_found`, `forbidden`
 */
export async function removeActivity(
  app: Application,
  identity: Identity,
  key: ActivityKey,
): Promise<ChangeSetId> {
  const changeSetId = newChangeSetId(app.ids);
  await app.engine.transaction({ as: identity, label: 'remove activity' }, async (tx) => {
    const before = await activityByKey(tx, identity, key);
    await openChangeSet(tx, identity, changeSetId, { label: say`Removed ${activityTerm(before.type)}` });
    await changeRow(tx, identity, key, [{ column: 'deleted_at', value: sql`now()` }]);
  });
  return changeSetId;
}

async function changeRow(
  tx: Tx,
  identity: Identity,
  key: ActivityKey,
  set: readonly Assignment[],
): Promise<void> {
  const changed = await executeStatement(
    tx,
    sql`
      UPDATE activities a
      SET ${sql.join(
        set.map(({ column, value }) => sql`${sql.identifier(column)} = ${value}`),
        sql`, `,
      )}
      WHERE a.workspace_id = ${identity.workspaceId}::uuid AND a.id = ${key.id}::uuid
        AND a.occurred_at = ${key.occurredAt}::timestamptz AND a.deleted_at IS NULL`,
  );
  if (changed === 0)
    throw new SatchelError('forbidden', say`Your role does not allow you to change this activity.`);
}

async function activityByKey(tx: Tx, identity: Identity, key: ActivityKey): Promise<Activity> {
  const activity = await findActivity(tx, identity, { ...key, id: key.id.toLowerCase() });
  if (!activity)
    throw new SatchelError('not_found', say`This activity does not exist any more, or you may not see it.`);
  return activity;
}

function activityTerm(type: Activity['type']): Message {
  return term(type === 'task_completed' ? 'task' : type);
}

/** The columns that the values set; the links are none. */
function columnsOf(values: SomeActivityValues): Assignment[] {
  const { type, subject, body, outcome, direction, durationMinutes, occurredAt } = values;
  const candidates = [
    { column: 'type', given: type, value: sql`${type ?? null}::activity_type` },
    { column: 'subject', given: subject, value: sql`${subject || null}::text` },
    { column: 'body', given: body, value: sql`${body || null}::text` },
    { column: 'outcome', given: outcome, value: sql`${outcome || null}::text` },
    { column: 'direction', given: direction, value: sql`${direction ?? null}::activity_direction` },
    { column: 'duration_minutes', given: durationMinutes, value: sql`${durationMinutes ?? null}::integer` },
    { column: 'occurred_at', given: occurredAt, value: sql`${occurredAt ?? null}::timestamptz` },
  ];
  return candidates
    .filter(({ given }) => given !== undefined)
    .map(({ column, value }) => ({ column, value }));
}
