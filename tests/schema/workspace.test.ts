import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openMigratedPglite } from './database.ts';
import { type PolicyDatabase, seedPolicyWorkspaces } from './policy-suite.ts';

const [acme, other] = ['018f0000-0000-7000-8001-000000000001', '018f0000-0000-7000-8001-000000000002'];
let db: PGlite;

beforeAll(async () => {
  db = await openMigratedPglite();
  const asOwner: PolicyDatabase['asOwner'] = (work) => db.transaction((tx) => work(tx));
  await seedPolicyWorkspaces({ asOwner });
});
afterAll(() => db.close());

test('seeding a workspace again changes nothing', async () => {
  const counts = async () =>
    (
      await db.query(
        `SELECT (SELECT count(*) FROM users) AS users, (SELECT count(*) FROM role_permissions) AS rights,
           (SELECT count(*) FROM pipeline_stages) AS stages`,
      )
    ).rows;
  const before = await counts();
  await db.query('SELECT satchel.seed_workspace($1, $2, $3, $4)', [
    acme,
    'Another name',
    '018f0000-0000-7000-8002-000000000001',
    'somebody',
  ]);
  expect(await counts()).toEqual(before);
});

test('a workspace is deleted with everything in it, and nothing of another', async () => {
  await db.query('DELETE FROM workspaces WHERE id = $1', [acme]);
  const { rows } = await db.query<{ table: string }>(
    `SELECT DISTINCT relname AS "table" FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
     WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND attname = 'workspace_id'`,
  );
  const left: string[] = [];
  for (const { table } of rows) {
    const found = await db.query(`SELECT FROM ${table} WHERE workspace_id = $1 LIMIT 1`, [acme]);
    if (found.rows.length > 0) left.push(table);
  }
  expect(left).toEqual([]);
  const kept = await db.query('SELECT name FROM accounts WHERE workspace_id = $1', [other]);
  expect(kept.rows).toEqual([{ name: 'Foreign' }]);
});
