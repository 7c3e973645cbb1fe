import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import { clusterVersion, foreignVersion, postgresMajor } from '../../engine/cluster.ts';

/** The statements that reading needs, without parameters. */
export interface EarlierEngine {
  query(sql: string): Promise<{ readonly rows: readonly unknown[]; readonly blob?: Blob }>;
  close(): Promise<void>;
}

type OpenEarlierEngine = (directory: string, database: string) => Promise<EarlierEngine>;

/**
 * The PGlites that can read what an earlier Satchel has written, by their PostgreSQL's major version. Each is loaded only
 * when a cluster of its version is found. When this program moves on to another major version, the one it leaves is
 * added here as a package of its own.
 */
const engines: ReadonlyMap<string, OpenEarlierEngine> = new Map([['17', openPostgres17]]);

/**
 * The major version of a cluster that has to be brought over; undefined when it is this PGlite's own, or none can be seen.
 * Throws `conflict` for a version that no engine here can read.
 */
export function earlierVersion(directory: string): string | undefined {
  const found = clusterVersion(directory);
  if (found === undefined || found === String(postgresMajor)) return undefined;
  if (!engines.has(found)) throw foreignVersion(directory, found);
  return found;
}

// PGlite's own default has been the one and the other.
const databases = ['template1', 'postgres'];

/** Opens a cluster of an earlier major version on its database with Satchel's tables. It writes there: give it a copy. */
export async function openEarlierEngine(major: string, directory: string): Promise<EarlierEngine> {
  const open = engines.get(major);
  if (!open) throw new SatchelError('conflict', say`There is no engine for PostgreSQL ${major}.`);
  for (const database of databases) {
    const engine = await open(directory, database);
    const { rows } = await engine.query("SELECT 1 WHERE to_regclass('satchel.migrations') IS NOT NULL");
    if (rows.length > 0) return engine;
    await engine.close();
  }
  throw new SatchelError('corrupt', say`The database has no record of its migrations.`);
}

async function openPostgres17(directory: string, database: string): Promise<EarlierEngine> {
  const [{ PGlite }, { NodeFS }, { vector }, ...contrib] = await Promise.all([
    import('pglite-17'),
    import('pglite-17/nodefs'),
    import('pglite-17/vector'),
    import('pglite-17/contrib/btree_gin'),
    import('pglite-17/contrib/citext'),
    import('pglite-17/contrib/pg_trgm'),
    import('pglite-17/contrib/pgcrypto'),
    import('pglite-17/contrib/unaccent'),
  ]);
  const extensions = Object.assign({ vector }, ...contrib);
  return PGlite.create({ fs: new NodeFS(directory), database, extensions });
}
