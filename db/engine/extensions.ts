import type { Extensions } from '@electric-sql/pglite';
import { amcheck } from '@electric-sql/pglite/contrib/amcheck';
import { btree_gin } from '@electric-sql/pglite/contrib/btree_gin';
import { citext } from '@electric-sql/pglite/contrib/citext';
import { pageinspect } from '@electric-sql/pglite/contrib/pageinspect';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { pgcrypto } from '@electric-sql/pglite/contrib/pgcrypto';
import { unaccent } from '@electric-sql/pglite/contrib/unaccent';
import { vector } from '@electric-sql/pglite-pgvector';

/** What `CREATE EXTENSION` can find. `amcheck` and `pageinspect` are only there while a check runs. */
export const extensions: Extensions = {
  vector,
  pg_trgm,
  pgcrypto,
  unaccent,
  citext,
  btree_gin,
  amcheck,
  pageinspect,
};
