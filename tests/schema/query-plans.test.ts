import { afterAll, beforeAll, expect, test } from 'vitest';
import { WorkspaceDatabase } from './workspace-database.ts';

/**
 * That the special indexes answer what they were made for. There are few rows here, so reading the whole table is made
 * dear; what the planner chooses by itself on many rows is the matter of tests/plans.
 */
let home: WorkspaceDatabase;
/** A vector of length 1 that points along one axis. */
const axis = (number: number): string =>
  `(SELECT array_agg((i = ${number})::int ORDER BY i) FROM generate_series(1, 1024) AS i)::vector`;

beforeAll(async () => {
  home = await WorkspaceDatabase.open();
  const { db, workspace } = home;
  const account = await home.createAccount();
  await db.query(
    `INSERT INTO contacts (workspace_id, id, account_id, first_name)
     SELECT $1, gen_random_uuid(), $2, 'P' || i FROM generate_series(1, 50) AS i`,
    [workspace, account],
  );
  await db.query("SELECT satchel.ensure_activity_partitions('2024-05-01', '2024-06-01')");
  await db.query(
    `INSERT INTO activities (workspace_id, id, type, subject, occurred_at, embedding_model, embedding)
     VALUES ($1, gen_random_uuid(), 'call', 'May', '2024-05-10Z', 'm', ${axis(1)}),
       ($1, gen_random_uuid(), 'call', 'near', '2024-06-10Z', 'm', ${axis(1)}),
       ($1, gen_random_uuid(), 'call', 'far', '2024-06-11Z', 'm', ${axis(2)})`,
    [workspace],
  );
  for (let row = 0; row < 3; row += 1) await db.query("SELECT satchel.index_next_embedding('activities')");
  await db.query(
    `INSERT INTO custom_field_definitions (workspace_id, id, object, key, label, type, is_indexed)
     VALUES ($1, gen_random_uuid(), 'accounts', 'lead_score', 'Lead score', 'number', true)`,
    [workspace],
  );
  await home.as((tx) => tx.query("SELECT satchel.index_custom_field('accounts', 'lead_score')"));
  for (const score of [9, 80, 81, 100]) await home.createAccount({ lead_score: score });
  for (const statement of ['VACUUM ANALYZE contacts', 'ANALYZE accounts', 'SET enable_seqscan = off'])
    await db.exec(statement);
});
afterAll(() => home[Symbol.asyncDispose]());

async function plan(sql: string): Promise<string> {
  const { rows } = await home.db.query<Record<'QUERY PLAN', string>>(`EXPLAIN (COSTS OFF) ${sql}`);
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}

test('the contacts of an account are answered by the covering index alone', async () => {
  await home.db.exec('SET enable_bitmapscan = off');
  expect(
    await plan(
      `SELECT first_name, last_name, email, job_title FROM contacts
       WHERE workspace_id = '${home.workspace}' AND account_id = (SELECT id FROM accounts LIMIT 1)`,
    ),
  ).toContain('Index Only Scan using idx_contacts_company_lookup');
  await home.db.exec('RESET enable_bitmapscan');
});

test('a query for some days opens the month they are in and no other', async () => {
  const opened = await plan(
    "SELECT id FROM activities WHERE occurred_at >= '2024-06-03Z' AND occurred_at < '2024-06-20Z'",
  );
  expect([...new Set(opened.match(/activities_[a-z0-9]+/gu))]).toEqual(['activities_y2024m06']);
});

test('a search by meaning in one month goes through the graph of that month alone, the nearest first', async () => {
  const search = `SELECT subject FROM activities
    WHERE embedding_indexed AND occurred_at >= '2024-06-01Z' AND occurred_at < '2024-07-01Z'
    ORDER BY embedding <#> ${axis(1)} LIMIT 2`;
  await home.db.exec('SET hnsw.ef_search = 100; SET enable_sort = off');
  const chosen = await plan(search);
  expect(chosen).toContain('Index Scan using activities_y2024m06_embedding_idx');
  expect(chosen).not.toContain('y2024m05');
  const { rows } = await home.db.query<{ subject: string }>(search);
  expect(rows.map(({ subject }) => subject)).toEqual(['near', 'far']);
});

test('a range over a custom field is answered by an index of its own, as numbers', async () => {
  const range =
    "SELECT custom_fields -> 'lead_score' AS score FROM accounts WHERE custom_fields ? 'lead_score' AND custom_fields -> 'lead_score' > '80' ORDER BY 1";
  expect(await plan(range.replace('WHERE', `WHERE workspace_id = '${home.workspace}' AND`))).toContain(
    'idx_accounts_custom_',
  );
  const { rows } = await home.db.query<{ score: number }>(range);
  expect(rows.map(({ score }) => score)).toEqual([81, 100]);
});
