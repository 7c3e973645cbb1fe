import type { Identity, Tx } from '#db/engine/types.ts';
import { sql } from '#db/sql.ts';
import type { RecordLink } from '#shared/contract/timeline.ts';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import { executeStatement, list, queryRows } from '../data/statement.ts';
import { type ActivityKey, junctions, type LinkedObject, linkedObjects } from './activity-rows.ts';

/** What an activity is about, by object; undefined means: as it is. */
export type ActivityLinks = { readonly [Object in LinkedObject]: readonly string[] | undefined };

const inputFields: Readonly<Record<LinkedObject, string>> = {
  accounts: 'accountIds',
  contacts: 'contactIds',
  opportunities: 'opportunityIds',
};

/** Links a new activity. @throws SatchelError `invalid` where it would be linked to nothing, or to what cannot be seen */
export async function linkActivity(
  tx: Tx,
  identity: Identity,
  key: ActivityKey,
  given: ActivityLinks,
): Promise<void> {
  if (linkedObjects.every((object) => !given[object]?.length)) throw unlinked();
  const links = await withAccounts(tx, identity, given);
  for (const object of linkedObjects) await insertLinks(tx, identity, key, object, links[object] ?? []);
}

/**
 * Gives an activity the links of the kinds that are given. The accounts of its contacts and opportunities are linked
 * anew, so that it shows where it is now about.
 * @throws SatchelError `invalid` where nothing would be left, or it would be linked to what cannot be seen
 */
export async function relinkActivity(
  tx: Tx,
  identity: Identity,
  key: ActivityKey,
  before: readonly RecordLink[],
  given: ActivityLinks,
): Promise<void> {
  if (linkedObjects.every((object) => given[object] === undefined)) return;
  const idsBefore = (object: LinkedObject) =>
    before.filter((link) => link.object === object).map((link) => link.id);
  const wanted = {
    accounts: given.accounts ?? idsBefore('accounts'),
    contacts: given.contacts ?? idsBefore('contacts'),
    opportunities: given.opportunities ?? idsBefore('opportunities'),
  };
  if (linkedObjects.every((object) => wanted[object].length === 0)) throw unlinked();
  const links = await withAccounts(tx, identity, wanted);
  for (const object of linkedObjects) {
    const ids: readonly string[] = links[object] ?? [];
    const gone = idsBefore(object).filter((id) => !ids.includes(id));
    if (gone.length > 0) await deleteLinks(tx, identity, key, object, gone);
    const known: readonly string[] = idsBefore(object);
    await insertLinks(
      tx,
      identity,
      key,
      object,
      ids.filter((id) => !known.includes(id)),
    );
  }
}

/** The links, and with them the accounts of the linked contacts and opportunities. */
async function withAccounts(tx: Tx, identity: Identity, links: ActivityLinks): Promise<ActivityLinks> {
  const rows = await queryRows<{ account_id: string }>(
    tx,
    sql`
      SELECT c.account_id FROM contacts c
      WHERE c.workspace_id = ${identity.workspaceId}::uuid AND c.id = ANY(${list(links.contacts ?? [])}::uuid[])
        AND c.account_id IS NOT NULL
      UNION
      SELECT o.account_id FROM opportunities o
      WHERE o.workspace_id = ${identity.workspaceId}::uuid AND o.id = ANY(${list(links.opportunities ?? [])}::uuid[])
        AND o.account_id IS NOT NULL`,
  );
  const visible = await visibleAmong(
    tx,
    identity,
    'accounts',
    rows.map((row) => row.account_id),
  );
  return { ...links, accounts: [...new Set([...(links.accounts ?? []), ...visible])] };
}

async function insertLinks(
  tx: Tx,
  identity: Identity,
  key: ActivityKey,
  object: LinkedObject,
  given: readonly string[],
): Promise<void> {
  const ids = [...new Set(given.map((id) => id.toLowerCase()))];
  if (ids.length === 0) return;
  const visible = await visibleAmong(tx, identity, object, ids);
  if (visible.length < ids.length) {
    throw new SatchelError(
      'invalid',
      say`A linked record does not exist, or you may not see it. Choose another.`,
      {
        details: { field: inputFields[object] },
      },
    );
  }
  const { table, column } = junctions[object];
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
  object: LinkedObject,
  ids: readonly string[],
): Promise<void> {
  const { table, column } = junctions[object];
  await executeStatement(
    tx,
    sql`
      DELETE FROM ${sql.identifier(table)} j
      WHERE j.workspace_id = ${identity.workspaceId}::uuid AND j.activity_id = ${key.id}::uuid
        AND j.${sql.identifier(column)} = ANY(${list(ids)}::uuid[])`,
  );
}

async function visibleAmong(
  tx: Tx,
  identity: Identity,
  object: LinkedObject,
  ids: readonly string[],
): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await queryRows<{ id: string }>(
    tx,
    sql`
      SELECT t.id FROM ${sql.identifier(object)} t
      WHERE t.workspace_id = ${identity.workspaceId}::uuid AND t.id = ANY(${list(ids)}::uuid[])`,
  );
  return rows.map((row) => row.id);
}

function unlinked(): SatchelError {
  return new SatchelError(
    'invalid',
    say`Say whom or what this is about: choose an account, a contact or an opportunity.`,
    {
      details: { field: 'accountIds', fields: Object.values(inputFields) },
    },
  );
}
