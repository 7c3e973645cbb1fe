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

interface RequestIdentity {
  readonly workspace: string;
  readonly user: string;
}

/** The login of a user, made where it is missing: on a server a session is who opened it. */
async function loginOf(client: Client, { user }: RequestIdentity): Promise<string> {
  const login = `rep_${user.replaceAll('-', '')}`;
  const { rows } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [login]);
  if (rows.length === 0) await client.query(`CREATE ROLE ${login} LOGIN IN ROLE satchel_app`);
  if (user !== '') {
    await client.query('UPDATE users SET login_role = $1 WHERE id = $2 AND login_role IS NULL', [
      login,
      user,
    ]);
  }
  return login;
}

/** Opens a transaction as a request does: under the policies, in the session of somebody. The caller ends it. */
export async function beginRequest(
  client: Client,
  identity: RequestIdentity = { workspace, user: person },
): Promise<void> {
  const login = await loginOf(client, identity);
  await client.query('BEGIN');
  await client.query(`SET LOCAL SESSION AUTHORIZATION ${login}`);
  await client.query('SET LOCAL ROLE satchel_app');
  await client.query("SELECT set_config('satchel.workspace_id', $1, true)", [identity.workspace]);
}
