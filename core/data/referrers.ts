import type { Tx } from '#db/engine/types.ts';

/** A column that refers to the records of a table. */
export interface Referrer {
  readonly table: string;
  readonly column: string;
  /** A link between two records has no trash of its own. */
  readonly hasTrash: boolean;
}

/** What people write that may refer to a table's records, by the foreign keys of the database. */
export async function readReferrers(tx: Tx, target: string): Promise<Referrer[]> {
  const rows = await tx.query<{ child: string; child_column: string; has_trash: boolean }>(
    'SELECT child, child_column, has_trash FROM satchel.references_to($1) WHERE is_written',
    [target],
  );
  return rows.map(({ child, child_column, has_trash }) => ({
    table: child,
    column: child_column,
    hasTrash: has_trash,
  }));
}
