import { createHash } from 'node:crypto';
import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openMigratedPglite } from './database.ts';
import { screenQueries } from './screen-queries.ts';

const workspace = '018f0000-0000-7000-8000-000000000001';
const person = '018f0000-0000-7000-8000-000000000002';
const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
const placeholders: Readonly<Record<string, string>> = {
  $from: '2026-01-01Z',
  $to: '2026-01-02Z',
  $user: md5('user7'),
  $account: md5('account7'),
  $contact: md5('contact7'),
  $activity: md5('activity7'),
};
let db: PGlite;

/** Enough rows, and different enough, that the planner has something to choose by. */
async function fill(): Promise<void> {
  await db.exec(`
    INSERT INTO users (workspace_id, id, full_name)
      SELECT '${workspace}', md5('user' || i)::uuid, 'Rep ' || i FROM generate_series(1, 40) AS i;
    INSERT INTO accounts (workspace_id, id, name, owner_id, parent_account_id)
      SELECT '${workspace}', md5('account' || i)::uuid, md5('name' || i), md5('user' || 1 + i % 40)::uuid,
        CASE WHEN i % 10 = 0 THEN md5('account' || i / 10)::uuid END
      FROM generate_series(1, 2000) AS i;
    INSERT INTO contacts (workspace_id, id, first_name, last_name, email, account_id, owner_id, lifecycle_stage, deleted_at)
      SELECT '${workspace}', md5('contact' || i)::uuid, md5('first' || i), md5('last' || i), md5('mail' || i) || '@example.com',
        md5('account' || 1 + i % 2000)::uuid, md5('user' || 1 + i % 40)::uuid,
        (ARRAY['lead', 'customer', 'churned'])[1 + i % 3]::contact_lifecycle_stage, CASE WHEN i % 100 = 0 THEN now() END
      FROM generate_series(1, 5000) AS i;
    INSERT INTO opportunities (workspace_id, id, name, account_id, owner_id, stage, amount, close_date, external_ref)
      SELECT '${workspace}', md5('deal' || i)::uuid, md5('deal name' || i), md5('account' || 1 + i % 2000)::uuid,
        md5('user' || 1 + i % 40)::uuid, (enum_range(NULL::opportunity_stage))[1 + i % 8], i % 977, '2026-01-01'::date + i % 300, md5('ref' || i)
      FROM generate_series(1, 4000) AS i;
    INSERT INTO activities (workspace_id, id, occurred_at, type, subject, user_id)
      SELECT '${workspace}', md5('activity' || i)::uuid, '2026-01-01Z'::timestamptz + i * interval '14 minutes', 'call', md5('subject' || i),
        md5('user' || 1 + i % 40)::uuid
      FROM generate_series(1, 3000) AS i;
    INSERT INTO activity_contacts (workspace_id, activity_id, occurred_at, contact_id)
      SELECT workspace_id, id, occurred_at, md5('contact' || 1 + abs(hashtext(id::text)) % 5000)::uuid FROM activities;
    INSERT INTO tasks (workspace_id, id, title, assigned_to_id, due_date, status)
      SELECT '${workspace}', md5('task' || i)::uuid, 'x', md5('user' || 1 + i % 40)::uuid, '2026-01-01'::date + i % 300,
        (ARRAY['pending', 'completed'])[1 + i % 2]::task_status
      FROM generate_series(1, 2000) AS i;
  `);
  // Vacuuming, not analysing alone: it merges what the GIN indexes have put off, which the planner counts against them.
  await db.exec('VACUUM ANALYZE');
}

beforeAll(async () => {
  db = await openMigratedPglite();
  await db.query('SELECT satchel.seed_workspace($1, $2, $3, $4)', [workspace, 'Acme', person, 'Ada']);
  await db.query("SELECT satchel.ensure_activity_partitions('2026-01-01', '2026-02-01')");
  await fill();
});
afterAll(() => db.close());

/** A few thousand rows are read whole faster than one would think, so that is priced out; the rest is the planner's choice. */
test.each(screenQueries.map(({ screen, sql, indexes }) => [screen, sql, indexes] as const))(
  '%s can be served by its index under the policies',
  async (_screen, sql, indexes) => {
    const text = sql.replaceAll(/\$[a-z_]+/gu, (name) => placeholders[name] ?? person);
    await db.transaction(async (tx) => {
      await tx.exec('SET LOCAL enable_seqscan = off');
      await tx.query(
        "SELECT set_config('satchel.workspace_id', $1, true), set_config('satchel.user_id', $2, true)",
        [workspace, person],
      );
      await tx.exec('SET LOCAL ROLE satchel_app');
      const { rows } = await tx.query<{ 'QUERY PLAN': string }>(`EXPLAIN (COSTS OFF) ${text}`);
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      expect(indexes.some((name) => plan.includes(name)) ? 'served' : plan).toBe('served');
    });
  },
);
