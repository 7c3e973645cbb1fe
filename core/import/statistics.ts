import type { Tx } from '#db/engine/types.ts';
import { returning, text } from '#db/row.ts';
import type { Application } from '../context.ts';

/**
 * Tells the planner how large tables have become. While an import runs nobody else does: maintenance waits until the
 * database is idle. Without it the planner takes a table for nearly empty and reads all of a workspace by whichever index
 * begins with it, for each foreign key that is checked and each record that is looked for, and an import costs
 * the square of its rows. A small sample of the two columns of the key is enough, and takes a few milliseconds. The tables' names come from the
 * descriptions of the objects, or are our own.
 */
export async function noteTableSizes(app: Application, tables: readonly string[]): Promise<void> {
  for (const table of tables) {
    await app.engine.transaction(
      { as: 'system', priority: 'background', label: `import: size of ${table}` },
      (tx) =>
        tx.script(
          `SET LOCAL default_statistics_target = 10; ANALYZE ${table} (workspace_id, ${keyOf(table)})`,
        ),
    );
  }
}

function keyOf(table: string): string {
  return table === 'field_history' ? 'change_set_id, record_id' : 'id';
}

/**
 * Sorts in what the search indexes of a table have put off while rows came: until then each search would read all of it.
 * One index at a time; the table's name is our own.
 */
export async function finishSearchIndexes(app: Application, table: string): Promise<void> {
  const transaction = <T>(work: (tx: Tx) => Promise<T>) =>
    app.engine.transaction(
      { as: 'system', priority: 'background', label: `import: search of ${table}` },
      work,
    );
  const indexes = await transaction((tx) =>
    tx.rows(
      returning({ name: text }),
      `SELECT i.indexrelid::regclass::text AS name FROM pg_index AS i
       JOIN pg_class AS c ON c.oid = i.indexrelid JOIN pg_am AS a ON a.oid = c.relam
       WHERE i.indrelid = $1::regclass AND a.amname = 'gin'`,
      [table],
    ),
  );
  for (const { name } of indexes) {
    await transaction((tx) => tx.query('SELECT gin_clean_pending_list($1::regclass)', [name]));
  }
}
