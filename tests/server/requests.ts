import type { Client } from 'pg';
import { readMigrations } from '#db/migrate/migrations.ts';

export const workspace = '018f0000-0000-7000-8000-000000000001';
export const person = '018f0000-0000-7000-8000-000000000002';

/** Applies the migrations of a server; `complaint` says what it means that one does not apply. */
export async function migrate(client: Client, complaint: string): Promise<void> {
  for (const migration of await readMigrations(['shared'])) {
    await client.query('BEGIN');
    await client.query(migration.sql).catch((cause: unknown) => {
      throw new Error(`${migration.name} ${complaint}: ${String(cause)}`, { cause });
    });
    await client.query('COMMIT');
  }
}

/** A workspace with its administrator, made as the owner of the tables. */
export async function seedWorkspace(client: Client): Promise<void> {
  await client.query('BEGIN');
  await client.query('SET LOCAL ROLE satchel_owner');
  await client.query('SELECT satchel.seed_workspace($1, $2, $3, $4)', [workspace, 'Acme', person, 'Ada']);
  await client.query('COMMIT');
}

/** Opens a transaction as a request does: under the policies, as somebody. The caller ends it. */
export async function beginRequest(client: Client, identity = { workspace, user: person }): Promise<void> {
  await client.query('BEGIN');
  await client.query('SET LOCAL ROLE satchel_app');
  await client.query(
    "SELECT set_config('satchel.workspace_id', $1, true), set_config('satchel.user_id', $2, true)",
    [identity.workspace, identity.user],
  );
}
