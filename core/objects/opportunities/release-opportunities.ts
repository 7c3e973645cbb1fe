import type { Identity, Tx } from '#db/engine/types.ts';
import { int4, nullable, returning } from '#db/row.ts';
import { sql } from '#db/sql.ts';
import { SatchelError } from '#shared/errors.ts';
import { say, term } from '#shared/message.ts';
import { columnOf, executeStatement, list, queryOne } from '../../data/statement.ts';

type Party = 'account' | 'contact';

/**
 * Before accounts or contacts are removed for good: opportunities that also name the other party stay with that one; an
 * opportunity that hangs on the removed record alone would go with it, so a live one makes the removal fail.
 * @throws SatchelError `conflict`
 */
export function releaseOpportunitiesOf(
  party: Party,
): (tx: Tx, identity: Identity, ids: readonly string[]) => Promise<void> {
  const column = columnOf('o', party === 'account' ? 'account_id' : 'contact_id');
  const other = columnOf('o', party === 'account' ? 'contact_id' : 'account_id');
  const release = party === 'account' ? sql`account_id = NULL` : sql`contact_id = NULL`;
  return async (tx, identity, ids) => {
    const ofRemoved = sql`o.workspace_id = ${identity.workspaceId}::uuid AND ${column} = ANY(${list(ids)}::uuid[])`;
    const live = await queryOne(
      tx,
      returning({ name: nullable('opportunities.name'), count: int4 }),
      sql`
        SELECT min(o.name) AS name, count(*)::integer AS count
        FROM opportunities o
        WHERE ${ofRemoved} AND ${other} IS NULL AND o.deleted_at IS NULL`,
    );
    if (live?.name) {
      const which =
        live.count === 1
          ? say`The opportunity "${live.name}" belongs`
          : say`${live.count} opportunities belong`;
      throw new SatchelError(
        'conflict',
        say`${which} to this ${term(party)} alone. Give them another ${term(party)} or move them to the trash first.`,
      );
    }
    await executeStatement(
      tx,
      sql`UPDATE opportunities o SET ${release} WHERE ${ofRemoved} AND ${other} IS NOT NULL`,
    );
  };
}
