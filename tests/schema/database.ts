import { PGlite } from '@electric-sql/pglite';
import { btree_gin } from '@electric-sql/pglite/contrib/btree_gin';
import { citext } from '@electric-sql/pglite/contrib/citext';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { pgcrypto } from '@electric-sql/pglite/contrib/pgcrypto';
import { unaccent } from '@electric-sql/pglite/contrib/unaccent';
import { vector } from '@electric-sql/pglite-pgvector';
import { type MigrationHome, readMigrations } from '#db/migrate/migrations.ts';

/** An in-memory laptop database with every migration applied. */
export async function openMigratedPglite(
  homes: readonly MigrationHome[] = ['shared', 'local'],
): Promise<PGlite> {
  const db = await PGlite.create({
    extensions: { vector, pg_trgm, pgcrypto, unaccent, citext, btree_gin },
  });
  for (const migration of await readMigrations(homes)) {
    try {
      await db.transaction((tx) => tx.exec(migration.sql));
    } catch (cause) {
      throw new Error(`${migration.name}: ${cause instanceof Error ? cause.message : String(cause)}`, {
        cause,
      });
    }
  }
  return db;
}
