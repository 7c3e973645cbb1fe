import { readdir, readFile } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import { btree_gin } from '@electric-sql/pglite/contrib/btree_gin';
import { citext } from '@electric-sql/pglite/contrib/citext';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { pgcrypto } from '@electric-sql/pglite/contrib/pgcrypto';
import { unaccent } from '@electric-sql/pglite/contrib/unaccent';
import { vector } from '@electric-sql/pglite-pgvector';

export interface MigrationFile {
  readonly name: string;
  readonly sql: string;
}

/** All migrations for a home in the order of their numbers: `shared` alone is the server's, with `local` the laptop's. */
export async function readMigrations(homes: readonly ('shared' | 'local')[]): Promise<MigrationFile[]> {
  const files: MigrationFile[] = [];
  for (const home of homes) {
    const folder = new URL(`../../db/migrations/${home}/`, import.meta.url);
    for (const name of await readdir(folder)) {
      if (name.endsWith('.sql')) files.push({ name, sql: await readFile(new URL(name, folder), 'utf8') });
    }
  }
  return files.sort((a, b) => a.name.localeCompare(b.name));
}

/** An in-memory laptop database with every migration applied. */
export async function openMigratedPglite(
  homes: readonly ('shared' | 'local')[] = ['shared', 'local'],
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
