import type { Identity, Tx } from '#db/engine/types.ts';
import { returning } from '#db/row.ts';
import { sql } from '#db/sql.ts';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import { allOf, columnOf, list, queryOne } from '../../data/statement.ts';
import type { RecordValues } from '../../records/record-values.ts';

/** A contact is known by a first name, a last name or an email: one of them at least. */
const naming = [
  { key: 'firstName', column: 'first_name' },
  { key: 'lastName', column: 'last_name' },
  { key: 'email', column: 'email' },
] as const;

/** What is said where all three are empty. */
export const contactIsNameless = say`A contact needs a first name, a last name or an email.`;

/** Whether a new contact with these values has a name to be known by. */
export function isNamedContact(values: Readonly<Record<string, unknown>>): boolean {
  return naming.some(({ key }) => Boolean(values[key]));
}

/** @throws SatchelError `invalid` */
export function refuseNameless(values: RecordValues): void {
  if (!isNamedContact(values)) throw nameless();
}

/**
 * Refuses to empty the last of the three.
 * @throws SatchelError `invalid`
 */
export async function refuseToUnname(
  tx: Tx,
  identity: Identity,
  ids: readonly string[],
  values: RecordValues,
): Promise<void> {
  const given = naming.filter(({ key }) => values[key] !== undefined);
  if (given.length === 0 || given.some(({ key }) => values[key])) return;
  const kept = naming.filter(({ key }) => values[key] === undefined);
  const unnamed = await queryOne(
    tx,
    returning({ id: 'contacts.id' }),
    sql`
      SELECT c.id
      FROM contacts c
      WHERE c.workspace_id = ${identity.workspaceId}::uuid AND c.id = ANY(${list(ids)}::uuid[])
        AND ${allOf(kept.map(({ column }) => sql`${columnOf('c', column)} IS NULL`))}
      LIMIT 1`,
  );
  if (unnamed) throw nameless();
}

function nameless(): SatchelError {
  return new SatchelError('invalid', contactIsNameless, {
    details: { field: 'lastName', fields: naming.map(({ key }) => key) },
  });
}
