import type { Identity, Tx } from '#db/engine/types.ts';
import { returning, uuid } from '#db/row.ts';
import { sql } from '#db/sql.ts';
import type { ActivityLink } from '#shared/contract/timeline.ts';
import { SatchelError } from '#shared/errors.ts';
import { recordIdSchema } from '#shared/ids.ts';
import { say } from '#shared/message.ts';
import { definitionOf, fieldsOf, linkedObjects, type ObjectName } from '#shared/objects/objects.ts';
import { columnOf, executeStatement, list, queryRows } from '../data/statement.ts';
import { type ActivityKey, junctionOf } from './activity-rows.ts';

/** Links a new activity. @throws SatchelError `invalid` where it would be linked to nothing, or to what cannot be seen */
export async function linkActivity(
  tx: Tx,
  identity: Identity,
  key: ActivityKey,
  given: readonly ActivityLink[],
): Promise<void> {
  await relinkActivity(tx, identity, key, [], given);
}

/**
 * Gives an activity these links in place of those it had. What its records belong to is linked with them, so that it
 * shows where it is now about.
 * @throws SatchelError `invalid` where nothing would be left, or it would be linked to what cannot be seen
 */
export async function relinkActivity(
  tx: Tx,
  identity: Identity,
  key: ActivityKey,
  before: readonly ActivityLink[],
  given: readonly ActivityLink[],
): Promise<void> {
  if (given.length === 0) {
    throw new SatchelError(
      'invalid',
      say`Say whom or what this is about: choose an account, a contact or an opportunity.`,
      { details: { field: 'links' } },
    );
  }
  const wanted = [...given, ...(await alsoShownOn(tx, identity, given))];
  for (const object of linkedObjects) {
    const had = idsOf(before, object);
    const ids = idsOf(wanted, object);
    const gone = had.filter((id) => !ids.includes(id));
    if (gone.length > 0) await deleteLinks(tx, identity, key, object, gone);
    const added = ids.filter((id) => !had.includes(id));
    if (added.length > 0) await insertLinks(tx, identity, key, object, added);
  }
}

function idsOf(links: readonly ActivityLink[], object: ObjectName): string[] {
  const ids = links.filter((link) => link.object === object).map((link) => link.id.toLowerCase());
  return [...new Set(ids)];
}

/** What shows the activities of the linked records too, as far as the person may see it. */
async function alsoShownOn(
  tx: Tx,
  identity: Identity,
  links: readonly ActivityLink[],
): Promise<ActivityLink[]> {
  const found: ActivityLink[] = [];
  for (const object of linkedObjects) {
    const ids = idsOf(links, object);
    if (ids.length === 0) continue;
    for (const reference of definitionOf(object).activitiesAlsoOn) {
      const field = fieldsOf(object).find(({ key }) => key === reference);
      if (!field?.target || field.target === 'users') continue;
      const { target } = field;
      const rows = await queryRows(
        tx,
        returning({ id: uuid }),
        sql`
          SELECT DISTINCT t.id
          FROM ${sql.identifier(object)} r
          JOIN ${sql.identifier(target)} t
            ON t.workspace_id = r.workspace_id AND t.id = ${columnOf('r', field.column)}
          WHERE r.workspace_id = ${identity.workspaceId}::uuid AND r.id = ANY(${list(ids)}::uuid[])`,
      );
      found.push(...rows.map(({ id }) => ({ object: target, id: recordIdSchema.parse(id) })));
    }
  }
  return found;
}

async function insertLinks(
  tx: Tx,
  identity: Identity,
  key: ActivityKey,
  object: ObjectName,
  ids: readonly string[],
): Promise<void> {
  if ((await countVisible(tx, identity, object, ids)) < ids.length) {
    throw new SatchelError(
      'invalid',
      say`A linked record does not exist, or you may not see it. Choose another.`,
      { details: { field: 'links' } },
    );
  }
  const { table, column } = junctionOf(object);
  await executeStatement(
    tx,
    sql`
      INSERT INTO ${sql.identifier(table)} (workspace_id, activity_id, occurred_at, ${sql.identifier(column)})
      SELECT ${identity.workspaceId}::uuid, ${key.id}::uuid, ${key.occurredAt}::timestamptz, linked.id
      FROM unnest(${list(ids)}::uuid[]) linked (id)`,
  );
}

async function deleteLinks(
  tx: Tx,
  identity: Identity,
  key: ActivityKey,
  object: ObjectName,
  ids: readonly string[],
): Promise<void> {
  const { table, column } = junctionOf(object);
  await executeStatement(
    tx,
    sql`
      DELETE FROM ${sql.identifier(table)} j
      WHERE j.workspace_id = ${identity.workspaceId}::uuid AND j.activity_id = ${key.id}::uuid
        AND j.${sql.identifier(column)} = ANY(${list(ids)}::uuid[])`,
  );
}

async function countVisible(
  tx: Tx,
  identity: Identity,
  object: ObjectName,
  ids: readonly string[],
): Promise<number> {
  const rows = await queryRows(
    tx,
    returning({ id: uuid }),
    sql`
      SELECT t.id FROM ${sql.identifier(object)} t
      WHERE t.workspace_id = ${identity.workspaceId}::uuid AND t.id = ANY(${list(ids)}::uuid[])`,
  );
  return rows.length;
}
