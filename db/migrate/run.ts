import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import type { Migration } from './migrations.ts';

/** A connection as a superuser, outside any transaction. */
export interface MigrationConnection {
  query<Row extends object>(sql: string, params?: readonly (string | number)[]): Promise<Row[]>;
  script(sql: string): Promise<void>;
}

interface Applied {
  readonly number: number;
  readonly name: string;
  readonly checksum: string;
}

/**
 * Applies what is missing, each migration in a transaction of its own together with its record, so that a crash leaves
 * it done or not begun. Returns the names of those applied now.
 *
 * Throws `conflict` when the database has migrations that this program does not know (a newer Satchel wrote it), and
 * `internal` when an applied migration was edited since.
 */
export async function migrate(
  connection: MigrationConnection,
  migrations: readonly Migration[],
): Promise<string[]> {
  const applied = await readApplied(connection);
  compare(applied, migrations);
  const done = new Set(applied.map(({ number }) => number));
  const missing = migrations.filter(({ number }) => !done.has(number));
  for (const migration of missing) await apply(connection, migration);
  return missing.map(({ name }) => name);
}

async function readApplied(connection: MigrationConnection): Promise<Applied[]> {
  const [table] = await connection.query<{ exists: boolean }>(
    "SELECT to_regclass('satchel.migrations') IS NOT NULL AS exists",
  );
  if (!table?.exists) return [];
  return connection.query<Applied>('SELECT number, name, checksum FROM satchel.migrations ORDER BY number');
}

function compare(applied: readonly Applied[], known: readonly Migration[]): void {
  const byNumber = new Map(known.map((migration) => [migration.number, migration]));
  for (const { number, name, checksum } of applied) {
    const migration = byNumber.get(number);
    if (!migration) {
      throw new SatchelError(
        'conflict',
        say`A newer Satchel has changed this data (${name} is not known here). Update Satchel on this machine. The data is untouched.`,
        { details: { migration: name } },
      );
    }
    if (migration.checksum !== checksum) {
      throw new SatchelError('internal', say`The migration ${name} was edited after it had been applied.`, {
        details: { migration: name },
      });
    }
  }
}

/** The first migration makes the schema `satchel`, so the record's table follows it in the same transaction. */
async function apply(connection: MigrationConnection, migration: Migration): Promise<void> {
  try {
    await connection.script('BEGIN');
    await connection.script(migration.sql);
    await connection.script('RESET ROLE');
    await connection.script(`
      CREATE SCHEMA IF NOT EXISTS satchel;
      CREATE TABLE IF NOT EXISTS satchel.migrations (
        number int PRIMARY KEY,
        name text NOT NULL,
        checksum text NOT NULL,
        applied_at timestamptz NOT NULL DEFAULT now()
      )`);
    await connection.query('INSERT INTO satchel.migrations (number, name, checksum) VALUES ($1, $2, $3)', [
      migration.number,
      migration.name,
      migration.checksum,
    ]);
    await connection.script('COMMIT');
  } catch (cause) {
    await connection.script('ROLLBACK').catch(() => {});
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SatchelError('internal', say`The migration ${migration.name} failed: ${reason}`, {
      details: { migration: migration.name },
      cause,
    });
  }
}
