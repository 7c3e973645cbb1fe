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
