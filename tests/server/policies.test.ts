import type { Client } from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { defineEveryTableSuite } from '../schema/every-table-suite.ts';
import { definePolicySuite, type PolicyDatabase, seedPolicyWorkspaces } from '../schema/policy-suite.ts';
import { startServer, type TestServer } from './cluster.ts';
import { beginRequest, migrate } from './requests.ts';

let server: TestServer;
let client: Client;
let database: PolicyDatabase;

async function transaction<T>(begin: string, work: (db: Client) => Promise<T>): Promise<T> {
  await client.query(begin);
  const result = await work(client);
  await client.query('COMMIT');
  return result;
}

beforeAll(async () => {
  server = await startServer();
  client = await server.connect();
  await migrate(client, 'does not apply to a server');
  database = {
    async asUser(user, work) {
      await beginRequest(client, user);
      try {
        return await work(client);
      } finally {
        await client.query('ROLLBACK');
      }
    },
    asOwner: (work) => transaction('BEGIN; SET LOCAL ROLE satchel_owner', work),
    asSuperuser: (work) => transaction('BEGIN', work),
  };
  await seedPolicyWorkspaces(database);
});
afterAll(async () => {
  await client.end();
  await server[Symbol.asyncDispose]();
});

definePolicySuite(() => database);
defineEveryTableSuite(() => database);
