import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Identity } from '#db/engine/types.ts';
import { applicationOver } from '#tests/support/demo-application.ts';
import { openTestEngine, type TestEngine } from '#tests/support/engine.ts';
import { createWorkspace } from '../../workspace/create.ts';
import { localIdentity } from '../../workspace/identity.ts';
import { readRows } from './read-rows.ts';

let opened: TestEngine;
let ada: Identity;

beforeAll(async () => {
  opened = await openTestEngine();
  const { engine, dataDir } = opened;
  await createWorkspace(applicationOver(engine, dataDir), {
    name: 'Harbour',
    personName: 'Ada',
    currency: 'EUR',
  });
  const identity = await localIdentity(engine).current();
  if (!identity) throw new Error('The workspace has no person.');
  ada = identity;
});
afterAll(() => opened.close());

async function read(statement: string): Promise<object[][]> {
  const batches: object[][] = [];
  await readRows(opened.engine, ada, statement, {
    signal: new AbortController().signal,
    onRows: async (rows) => void batches.push([...rows]),
  });
  return batches;
}

test('gives a large result in batches', async () => {
  const batches = await read('SELECT n FROM generate_series(1, 2500) AS n;');
  expect(batches.map((rows) => rows.length)).toEqual([1_000, 1_000, 500]);
  expect(batches.flat().at(-1)).toEqual({ n: 2_500 });
});

test('answers EXPLAIN and SHOW', async () => {
  expect(await read('EXPLAIN SELECT 1')).toHaveLength(1);
  expect(await read('SHOW transaction_read_only')).toEqual([[{ transaction_read_only: 'on' }]]);
});

test.each([
  'INSERT INTO tags (workspace_id, id, name) VALUES (gen_random_uuid(), gen_random_uuid(), $$x$$)',
  'SELECT 1; SELECT 2',
  'SELECT 1; DELETE FROM users',
  'WITH gone AS (DELETE FROM users RETURNING 1) SELECT * FROM gone',
  'EXPLAIN ANALYZE DELETE FROM users',
  'DO $$ BEGIN DELETE FROM users; END $$',
  'COMMIT',
  'RESET ROLE',
  'SELECT nonsense FROM nowhere',
  // A function can do what a command may not: become the superuser, or another person, in the middle of a query.
  "SELECT set_config('role', 'postgres', true), count(*) FROM users",
  "SELECT set_config('session_authorization', 'postgres', true)",
  "SELECT set_config('satchel.user_id', gen_random_uuid()::text, true)",
  "EXPLAIN ANALYZE SELECT set_config('role', 'none', true)",
  "SELECT query_to_xml('DELETE FROM users', true, true, '')",
  "SELECT nextval('sync_outbox_position_seq')",
  // Files and programs of the machine.
  "SELECT pg_ls_dir('.')",
  "SELECT lo_import('/etc/passwd')",
  "COPY (SELECT 1) TO PROGRAM 'id'",
  // Secrets.
  'SELECT password_hash FROM users',
  'SELECT rolpassword FROM pg_authid',
  'SELECT satchel.pii_key()',
  // Rows are objects, in which one of two columns with a name would be lost.
  'SELECT 1 AS a, 2 AS b, 3 AS a',
  'SELECT 1 AS "__proto__"',
  "EXPLAIN ANALYZE UPDATE pg_settings SET setting = 'none' WHERE name = 'role'",
  "SELECT pg_read_file('/etc/passwd')",
  ' ',
])('refuses %s', async (statement) => {
  await expect(read(statement)).rejects.toMatchObject({ name: 'SatchelError', code: 'invalid' });
  expect(await read('SELECT count(*)::int AS people FROM users')).toEqual([[{ people: 1 }]]);
});

test.each([
  "INSERT INTO tags (name) VALUES ('x')",
  '-- tidy up\n/* all */ delete from users',
  'WITH gone AS (DELETE FROM users RETURNING 1) SELECT * FROM gone',
  'EXPLAIN ANALYZE DELETE FROM users',
  'SELECT id FROM users FOR UPDATE',
  'VACUUM',
])('says of %j that a query only reads', async (statement) => {
  await expect(read(statement)).rejects.toThrow(/^A query here only reads: write one SELECT/);
});

test('takes a query that begins with comments', async () => {
  const query =
    '-- who is here\n/* all of them */ SELECT count(*)::int AS people FROM users -- and no more\n;';
  expect(await read(query)).toEqual([[{ people: 1 }]]);
  expect(await read('-- plan\nEXPLAIN SELECT 1')).toHaveLength(1);
  await expect(read('-- nothing else')).rejects.toThrow(/^Write a query/);
});

test('runs under the person’s own role', async () => {
  expect(await read('SELECT current_user::text AS who')).toEqual([[{ who: 'satchel_app' }]]);
});

test('lets Ctrl+C be noticed between two batches', async () => {
  const cancel = new AbortController();
  setTimeout(() => cancel.abort(new Error('Cancelled')), 0);
  const reading = readRows(opened.engine, ada, 'SELECT n FROM generate_series(1, 200000) AS n', {
    signal: cancel.signal,
    onRows: () => Promise.resolve(),
  });
  await expect(reading).rejects.toThrow('Cancelled');
  expect(await read('SELECT 1 AS one')).toEqual([[{ one: 1 }]]);
});
