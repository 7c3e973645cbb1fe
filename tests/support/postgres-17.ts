import { PGlite } from 'pglite-17';
import { btree_gin } from 'pglite-17/contrib/btree_gin';
import { citext } from 'pglite-17/contrib/citext';
import { pg_trgm } from 'pglite-17/contrib/pg_trgm';
import { pgcrypto } from 'pglite-17/contrib/pgcrypto';
import { unaccent } from 'pglite-17/contrib/unaccent';
import { NodeFS } from 'pglite-17/nodefs';
import { vector } from 'pglite-17/vector';
import type { Migration } from '#db/migrate/migrations.ts';
import { migrate } from '#db/migrate/run.ts';
import type { OpenEngine } from '#db/start/open.ts';

/**
 * A cluster as a Satchel on PostgreSQL 17 would have made it: initdb of that version, and these migrations.
 *
 * @param directory where it is, or is made; a copy of a cluster without migrations spares the initdb
 */
export async function openPostgres17(directory: string, migrations: readonly Migration[]): Promise<PGlite> {
  const extensions = { vector, btree_gin, citext, pg_trgm, pgcrypto, unaccent };
  const pg = await PGlite.create({ fs: new NodeFS(directory), extensions });
  const query = async (sql: string, params: readonly (string | number)[] = []) =>
    (await pg.query<never>(sql, [...params])).rows;
  await migrate({ query, script: async (sql) => void (await pg.exec(sql)) }, migrations);
  return pg;
}

/** Gives `target` every row that `source` has, such that it is what a Satchel on that version would have written. */
export async function fillFrom(source: OpenEngine, target: PGlite): Promise<void> {
  const tables = await listTables(source);
  for (const { month } of tables) {
    if (month) await target.query('SELECT satchel.ensure_activity_partitions($1::date, $1::date)', [month]);
  }
  await target.exec('SET session_replication_role = replica');
  for (const { name } of tables) await target.exec(`DELETE FROM ONLY ${name}`);
  for (const { name, columns } of tables) {
    const rows = await source.transaction({ as: 'system' }, (tx) =>
      tx.query<{ row: string }>(`SELECT to_jsonb(t)::text AS row FROM ONLY ${name} t`),
    );
    // As JSON, another way than the upgrade's own, and with the generated columns left out by name.
    await target.query(
      `INSERT INTO ${name} (${columns}) OVERRIDING SYSTEM VALUE
       SELECT ${columns} FROM jsonb_populate_recordset(NULL::${name}, $1::jsonb)`,
      [`[${rows.map(({ row }) => row).join()}]`],
    );
  }
  const sequences = await source.transaction({ as: 'system' }, (tx) =>
    tx.query<{ name: string; last: string }>(
      `SELECT format('%I.%I', schemaname, sequencename) AS name, last_value::text AS last FROM pg_sequences
       WHERE last_value IS NOT NULL`,
    ),
  );
  for (const { name, last } of sequences) {
    await target.query('SELECT setval($1::regclass, $2::bigint)', [name, last]);
  }
  await target.exec('RESET session_replication_role');
}

export interface ListedTable {
  readonly name: string;
  /** Those that are stored and not computed, quoted, separated by commas. */
  readonly columns: string;
  readonly month: string | null;
}

/** Every table with rows of its own. */
export function listTables(engine: OpenEngine): Promise<ListedTable[]> {
  return engine.transaction({ as: 'system' }, (tx) =>
    tx.query<ListedTable>(`
      SELECT c.oid::regclass::text AS name,
        (SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
         WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = '') AS columns,
        substring(pg_get_expr(relpartbound, c.oid) FROM '\\d{4}-\\d\\d-\\d\\d') AS month
      FROM pg_class c
      WHERE relkind = 'r' AND relnamespace IN ('public'::regnamespace, 'satchel'::regnamespace)
      ORDER BY 1`),
  );
}
