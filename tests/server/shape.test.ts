import type { PGlite } from '@electric-sql/pglite';
import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCatalog } from '../schema/catalog.ts';
import { openMigratedPglite } from '../schema/database.ts';
import { startServer, type TestServer } from './cluster.ts';
import { beginRequest, migrate, seedWorkspace, workspace } from './requests.ts';

let server: TestServer;
let client: Client;
let laptop: PGlite;

beforeAll(async () => {
  server = await startServer();
  client = await server.connect();
  await migrate(client, 'does not apply to a server');
  laptop = await openMigratedPglite(['shared']);
});
afterAll(async () => {
  await client.end();
  await laptop.close();
  await server[Symbol.asyncDispose]();
});

describe('the shared schema on a PostgreSQL server', () => {
  test('is a supported version with pgvector', async () => {
    const { rows } = await client.query<{ version: number; vector: string }>(
      `SELECT current_setting('server_version_num')::int AS version, extversion AS vector
       FROM pg_extension WHERE extname = 'vector'`,
    );
    expect(rows[0]?.version).toBeGreaterThanOrEqual(150_000);
    expect(rows[0]?.vector).toMatch(/^0\.\d+\.\d+$/u);
  });

  test('has exactly the shape it has on the laptop', async () => {
    const [onServer, onLaptop] = [await readCatalog(client), await readCatalog(laptop)];
    for (const part of Object.keys(onLaptop))
      expect({ [part]: onServer[part] }).toEqual({ [part]: onLaptop[part] });
  });

  test('everything belongs to a role that cannot log in and cannot go round the policies', async () => {
    const { rows } = await client.query<{ owner: string }>(
      `SELECT DISTINCT relowner::regrole::text AS owner FROM pg_class
       WHERE relnamespace IN ('public'::regnamespace, 'satchel'::regnamespace) AND relkind IN ('r', 'p', 'v', 'm', 'S')`,
    );
    expect(rows).toEqual([{ owner: 'satchel_owner' }]);
    const roles = await client.query(
      `SELECT rolname, rolcanlogin, rolsuper, rolbypassrls FROM pg_roles WHERE rolname LIKE 'satchel\\_%' ORDER BY 1`,
    );
    expect(roles.rows).toEqual([
      { rolname: 'satchel_app', rolcanlogin: false, rolsuper: false, rolbypassrls: false },
      { rolname: 'satchel_owner', rolcanlogin: false, rolsuper: false, rolbypassrls: false },
    ]);
  });

  test('works: a workspace is seeded, a record written under its policies, its history kept', async () => {
    await seedWorkspace(client);
    await beginRequest(client);
    await client.query(
      "INSERT INTO accounts (workspace_id, id, name) VALUES ($1, gen_random_uuid(), 'Ünïted Ørders')",
      [workspace],
    );
    const found = await client.query(
      "SELECT name_key FROM accounts WHERE search_text LIKE '%united orders%'",
    );
    expect(found.rows).toEqual([{ name_key: 'united orders' }]);
    const history = await client.query("SELECT operation FROM field_history WHERE object = 'accounts'");
    expect(history.rows).toEqual([{ operation: 'insert' }]);
    await client.query('COMMIT');
  });
});
