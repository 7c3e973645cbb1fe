/** What the functions below need of a transaction or of the connection at the start. */
export interface IndexConnection {
  query<Row extends object>(sql: string, params?: readonly string[]): Promise<Row[]>;
  /** Statements without parameters. */
  script(sql: string): Promise<void>;
}

interface Definition {
  readonly name: string;
  readonly definition: string;
}

/**
 * Puts those of the named indexes aside that exist: drops them and writes their definitions down, in the transaction of
 * `connection`, which is the owner's. Queries are right without them, and slow. Not for indexes that hold a rule (unique
 * ones and primary keys), which are refused.
 */
export async function deferIndexes(connection: IndexConnection, names: readonly string[]): Promise<void> {
  const deferred = await connection.query<Definition>(
    `INSERT INTO satchel.deferred_indexes (name, definition)
     SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
     FROM pg_index AS i JOIN unnest(string_to_array($1, ',')) AS wanted (name) ON i.indexrelid = to_regclass(wanted.name)
     WHERE NOT i.indisunique
     RETURNING name, definition`,
    [names.join(',')],
  );
  if (deferred.length > 0)
    await connection.script(`DROP INDEX ${deferred.map(({ name }) => name).join(', ')}`);
}

/** The indexes that are put aside, in the order in which they were. */
export async function deferredIndexes(connection: IndexConnection): Promise<string[]> {
  const [table] = await connection.query<{ exists: boolean }>(
    "SELECT to_regclass('satchel.deferred_indexes') IS NOT NULL AS exists",
  );
  if (table?.exists !== true) return [];
  const rows = await connection.query<Definition>(
    'SELECT name, definition FROM satchel.deferred_indexes ORDER BY deferred_at, name',
  );
  return rows.map(({ name }) => name);
}

/** Builds an index that is put aside, in the transaction of `connection`; holds the engine while it does. */
export async function buildDeferredIndex(connection: IndexConnection, name: string): Promise<void> {
  // The definition is the one that PostgreSQL gave, from a table that only the engine writes.
  const [index] = await connection.query<Definition>(
    'DELETE FROM satchel.deferred_indexes WHERE name = $1 RETURNING name, definition',
    [name],
  );
  // With more memory it is hardly faster, and the engine's memory never shrinks.
  if (index) await connection.script(`SET LOCAL maintenance_work_mem = '32MB'; ${index.definition}`);
}
