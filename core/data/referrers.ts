import type { Tx } from '#db/engine/types.ts';
import { bool, returning, text } from '#db/row.ts';

/** A column that refers to the records of a table. */
export interface Referrer {
  readonly table: string;
  readonly column: string;
  /** A link between two records has no trash of its own. */
  readonly hasTrash: boolean;
}

/** What people write that may refer to a table's records, by the foreign keys of the database. */
export async function readReferrers(tx: Tx, target: string): Promise<Referrer[]> {
  const rows = await tx.rows(
    returning({ child: text, child_column: text, has_trash: bool }),
    'SELECT child, child_column, has_trash FROM satchel.references_to($1) WHERE is_written',
    [target],
  );
  return rows.map(({ child, child_column, has_trash }) => ({
    table: child,
    column: child_column,
    hasTrash: has_trash,
  }));
}
