import type { Session } from './session.ts';

const label = 'integrity';

export interface Damage {
  /** The table or index. */
  readonly relation: string;
  /** What was found, in PostgreSQL's words. */
  readonly what: string;
  /** An index holds nothing that its table does not have, so it can be made again. */
  readonly isIndex: boolean;
}

/** How the access methods that Satchel uses are checked beyond the checksums of their pages. */
function checkOf(method: string, isTableSound: boolean): string {
  // With a look for every row of the table, where those can be read.
  if (method === 'btree') return `SELECT bt_index_check($1::regclass, ${isTableSound})`;
  if (method === 'gin') return 'SELECT gin_index_check($1::regclass)';
  return `
    SELECT count(get_raw_page($1::regclass::text, page))
    FROM generate_series(0, pg_relation_size($1::regclass) / current_setting('block_size')::int - 1) AS page`;
}

/**
 * Reads every page of every table and index, whose checksums PostgreSQL compares, and checks the structure of each table,
 * B-tree and GIN index; for a graph of vectors (HNSW) there is no such check, so of those only the pages are read. Empty
 * when all is well. Takes about a second for 100 MB and leaves nothing behind. Not inside a transaction.
 */
export async function findDamage(session: Session): Promise<Damage[]> {
  const damage: Damage[] = [];
  const attempt = async (relation: string, sql: string, isIndex: boolean) => {
    try {
      await session.query(sql, [relation], { label });
    } catch (error) {
      if (session.isStopped) throw error;
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      const words = cause instanceof Error ? cause.message : String(cause);
      damage.push({ relation, what: `${relation}: ${words}`, isIndex });
    }
  };
  const { rows: tables } = await session.query<{ name: string }>(
    "SELECT oid::regclass::text AS name FROM pg_class WHERE relkind IN ('r', 'm', 't') AND pg_relation_size(oid) > 0",
    [],
    { label },
  );
  await session.script(
    'CREATE EXTENSION IF NOT EXISTS amcheck; CREATE EXTENSION IF NOT EXISTS pageinspect',
    label,
  );
  try {
    for (const { name } of tables) {
      await attempt(name, "SELECT count(*) FROM verify_heapam($1::regclass, skip => 'none')", false);
    }
    const unsound = new Set(damage.map(({ relation }) => relation));
    const { rows: indexes } = await session.query<{ name: string; table: string; method: string }>(
      `SELECT c.oid::regclass::text AS name, i.indrelid::regclass::text AS "table", a.amname AS method
       FROM pg_class c JOIN pg_am a ON a.oid = c.relam JOIN pg_index i ON i.indexrelid = c.oid
       WHERE c.relkind = 'i'`,
      [],
      { label },
    );
    for (const { name, table, method } of indexes) {
      await attempt(name, checkOf(method, !unsound.has(table)), true);
    }
  } finally {
    if (!session.isStopped) {
      await session.script('DROP EXTENSION IF EXISTS amcheck; DROP EXTENSION IF EXISTS pageinspect', label);
    }
  }
  return damage;
}
