import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer, type TestServer } from './cluster.ts';
import { migrate, seedWorkspace, workspace } from './requests.ts';

/**
 * A managed server gives no superuser: its customer owns a database, may make roles, and gets extensions from a list. A
 * server that is named in the environment has Satchel's roles already, made by somebody else, so this needs its own.
 */
const isOwnCluster = process.env['SATCHEL_TEST_POSTGRES_URL'] === undefined;

let server: TestServer;
let client: Client;
const notices: string[] = [];

beforeAll(async () => {
  if (!isOwnCluster) return;
  server = await startServer();
  const admin = await server.connect();
  await admin.query('CREATE ROLE customer LOGIN CREATEROLE NOSUPERUSER');
  await admin.query("CREATE DATABASE firm OWNER customer TEMPLATE template0 ENCODING 'UTF8'");
  const inFirm = new Client({ host: admin.host, user: 'admin', database: 'firm' });
  await inFirm.connect();
  await inFirm.query('CREATE EXTENSION vector');
  await inFirm.end();
  client = new Client({ host: admin.host, user: 'customer', database: 'firm' });
  await admin.end();
  client.on('notice', ({ message }) => notices.push(message ?? ''));
  await client.connect();
  await migrate(client, 'needs a superuser');
});
afterAll(async () => {
  if (!isOwnCluster) return;
  await client.end();
  await server[Symbol.asyncDispose]();
});

test.skipIf(!isOwnCluster)(
  'the schema applies without a superuser, and says what is slower then',
  async () => {
    const { rows } = await client.query('SELECT rolsuper FROM pg_roles WHERE rolname = current_user');
    expect(rows).toEqual([{ rolsuper: false }]);
    expect(notices.filter((notice) => notice.includes('superuser'))).toEqual([
      expect.stringMatching(/search.*slower/u),
    ]);
  },
);

test.skipIf(!isOwnCluster)('a search finds the same, within the policies', async () => {
  await seedWorkspace(client);
  await client.query('GRANT satchel_app TO CURRENT_USER');
  await client.query('BEGIN');
  await client.query('SET LOCAL ROLE satchel_owner');
  await client.query('UPDATE users SET login_role = session_user');
  await client.query('SET LOCAL ROLE satchel_app');
  await client.query(
    "INSERT INTO accounts (workspace_id, id, name) VALUES ($1, gen_random_uuid(), 'Ünïted Ørders'), ($1, gen_random_uuid(), 'Other')",
    [workspace],
  );
  const search = "SELECT name FROM accounts WHERE search_text LIKE '%united%'";
  expect((await client.query(search)).rows).toEqual([{ name: 'Ünïted Ørders' }]);
  await client.query("SELECT set_config('satchel.workspace_id', gen_random_uuid()::text, true)");
  expect((await client.query(search)).rows).toEqual([]);
  await client.query('ROLLBACK');
});
