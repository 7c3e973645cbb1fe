import { z } from 'zod';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import type { Session } from '../engine/session.ts';
import type { Migration } from './migrations.ts';

/** A connection as a superuser, outside any transaction. */
export interface MigrationConnection {
  query<Row extends object>(sql: string, params?: readonly (string | number)[]): Promise<Row[]>;
  script(sql: string): Promise<void>;
}

/** `label` names its statements in the log. */
export function sessionConnection(session: Session, label: string): MigrationConnection {
  return {
    query: async (sql, params = []) => (await session.query<never>(sql, params, { label })).rows,
    script: async (sql) => void (await session.script(sql, label)),
  };
}

export const appliedMigrationSchema = z.object({
  number: z.number(),
  name: z.string(),
  checksum: z.string(),
});
type Applied = z.infer<typeof appliedMigrationSchema>;

/**
 * Applies what is missing, each migration in a transaction of its own together with its record, so that a crash leaves
 * it done or not begun. Returns the names of those applied now.
 *
 * Throws `conflict` when the database has migrations that this program does not know (a newer Satchel wrote it) or knows
 * otherwise (a preview version wrote it), and when one is missing that comes before one that was applied.
 */
export async function migrate(
  connection: MigrationConnection,
  migrations: readonly Migration[],
): Promise<string[]> {
  const done = new Set(knownMigrations(await readApplied(connection), migrations));
  const missing = migrations.filter((migration) => !done.has(migration));
  refuseOutOfOrder(missing, [...done]);
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

/**
 * Migrations run in the order of their numbers, on every machine. One that comes in between later would run last where
 * the others were applied before, and in its place where nothing was.
 */
function refuseOutOfOrder(missing: readonly Migration[], done: readonly Migration[]): void {
  const latest = done.toSorted((a, b) => a.number - b.number).at(-1);
  const late = latest && missing.find(({ number }) => number < latest.number);
  if (!late) return;
  throw new SatchelError(
    'conflict',
    say`This workspace was made by a preview version of Satchel: it has ${latest.name} and lacks ${late.name}, which comes before. Open it with that version and export its records there, then import them into a new workspace. The data is untouched.`,
    { details: { migration: late.name } },
  );
}

/** This program's migrations that a database has. Throws like `migrate` when it has others, or other texts of them. */
export function knownMigrations(applied: readonly Applied[], known: readonly Migration[]): Migration[] {
  const byNumber = new Map(known.map((migration) => [migration.number, migration]));
  // Asked first: a preview version may also have had more migrations than there are now.
  for (const { number, name, checksum } of applied) {
    const migration = byNumber.get(number);
    if (migration && (migration.name !== name || migration.checksum !== checksum)) {
      throw new SatchelError(
        'conflict',
        say`This workspace was made by a preview version of Satchel: its ${name} is another than the one of this version. Open it with that version and export its records there, then import them into a new workspace. The data is untouched.`,
        { details: { migration: name } },
      );
    }
  }
  return applied.map(({ number, name }) => {
    const migration = byNumber.get(number);
    if (!migration) {
      throw new SatchelError(
        'conflict',
        say`A newer Satchel has changed this data (${name} is not known here). Update Satchel on this machine. The data is untouched.`,
        { details: { migration: name } },
      );
    }
    return migration;
  });
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
