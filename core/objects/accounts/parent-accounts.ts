import type { Identity, Tx } from '#db/engine/types.ts';
import { returning, uuid } from '#db/row.ts';
import { sql } from '#db/sql.ts';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import { list, queryOne } from '../../data/statement.ts';
import type { RecordValues } from '../../records/record-values.ts';

/**
 * Refuses a parent that is the account itself or lies below it: walks up from the new parent and must not meet one of
 * the accounts that got it.
 * @throws SatchelError `invalid`
 */
export async function refuseCycles(
  tx: Tx,
  identity: Identity,
  ids: readonly string[],
  values: RecordValues,
): Promise<void> {
  const parent = values['parentAccountId'];
  if (typeof parent !== 'string') return;
  const met = await queryOne(
    tx,
    returning({ id: uuid }),
    sql`
      WITH RECURSIVE above AS (
        SELECT a.id, a.parent_account_id
        FROM accounts a
        WHERE a.workspace_id = ${identity.workspaceId}::uuid AND a.id = ${parent}::uuid
        UNION
        SELECT a.id, a.parent_account_id
        FROM accounts a
        JOIN above ON above.parent_account_id = a.id AND above.id <> ALL(${list(ids)}::uuid[])
        WHERE a.workspace_id = ${identity.workspaceId}::uuid
      )
      SELECT id FROM above WHERE id = ANY(${list(ids)}::uuid[]) LIMIT 1`,
  );
  if (met) {
    throw new SatchelError(
      'invalid',
      say`An account cannot lie below itself. Choose another parent account.`,
      {
        details: { field: 'parentAccountId' },
      },
    );
  }
}
