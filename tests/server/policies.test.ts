import type { Client } from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { readMigrations } from '#tests/schema/database.ts';
import { definePolicySuite, type PolicyDatabase, seedPolicyWorkspaces } from '#tests/schema/policy-suite.ts';
import { startServer, type TestServer } from './cluster.ts';

let server: TestServer;
let client: Client;
let database: PolicyDatabase;

beforeAll(async () => {
  server = await startServer();
  client = await server.connect();
  for (const migration of await readMigrations(['shared'])) {
    await client.query(`BEGIN; ${migration.sql}; COMMIT`);
  }
  database = {
    async asUser(user, work) {
      await client.query('BEGIN');
      try {
        await client.query('SET LOCAL ROLE satchel_app');
        await client.query(
          "SELECT set_config('satchel.workspace_id', $1, true), set_config('satchel.user_id', $2, true)",
          [user.workspace, user.user],
        );
        return await work(client);
      } finally {
        await client.query('ROLLBACK');
      }
    },
    async asOwner(work) {
      await client.query('BEGIN; SET LOCAL ROLE satchel_owner');
      const result = await work(client);
      await client.query('COMMIT');
      return result;
    },
  };
  await seedPolicyWorkspaces(database);
});
afterAll(async () => {
  await client.end();
  await server[Symbol.asyncDispose]();
});

definePolicySuite(() => database);
