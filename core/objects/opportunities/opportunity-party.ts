import type { Identity, Tx } from '#db/engine/types.ts';
import { returning } from '#db/row.ts';
import { sql } from '#db/sql.ts';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import { allOf, columnOf, list, queryOne } from '../../data/statement.ts';
import type { RecordValues } from '../../records/record-values.ts';

/** An opportunity is with an account or, for a person on their own, with a contact: one of them at least. */
const parties = [
  { key: 'accountId', column: 'account_id' },
  { key: 'contactId', column: 'contact_id' },
] as const;

/** What is said where both are empty. */
export const opportunityHasNoParty = say`An opportunity needs an account or a contact.`;

/** @throws SatchelError `invalid` */
export function refuseNew(values: RecordValues): void {
  if (parties.every(({ key }) => !values[key])) throw withoutParty();
}

/**
 * Refuses to take away the last of the two.
 * @throws SatchelError `invalid`
 */
export async function refuseToDetach(
  tx: Tx,
  identity: Identity,
  ids: readonly string[],
  values: RecordValues,
): Promise<void> {
  const given = parties.filter(({ key }) => values[key] !== undefined);
  if (given.length === 0 || given.some(({ key }) => values[key])) return;
  const kept = parties.filter(({ key }) => values[key] === undefined);
  const detached = await queryOne(
    tx,
    returning({ id: 'opportunities.id' }),
    sql`
      SELECT o.id
      FROM opportunities o
      WHERE o.workspace_id = ${identity.workspaceId}::uuid AND o.id = ANY(${list(ids)}::uuid[])
        AND ${allOf(kept.map(({ column }) => sql`${columnOf('o', column)} IS NULL`))}
      LIMIT 1`,
  );
  if (detached) throw withoutParty();
}

function withoutParty(): SatchelError {
  return new SatchelError('invalid', opportunityHasNoParty, {
    details: { field: 'accountId', fields: parties.map(({ key }) => key) },
  });
}
