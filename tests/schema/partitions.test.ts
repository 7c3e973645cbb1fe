import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openMigratedPglite } from './database.ts';

const workspace = '018f0000-0000-7000-8000-000000000001';
const person = '018f0000-0000-7000-8000-000000000002';
const account = '018f0000-0000-7000-8000-000000000003';
const activity = '018f0000-0000-7000-8000-000000000004';
let db: PGlite;

beforeAll(async () => {
  db = await openMigratedPglite();
  await db.query('SELECT satchel.seed_workspace($1, $2, $3, $4)', [workspace, 'Acme', person, 'Ada']);
});
afterAll(() => db.close());

async function partitionOf(id: string): Promise<string | undefined> {
  const result = await db.query<{ partition: string }>(
    'SELECT tableoid::regclass::text AS partition FROM activities WHERE id = $1',
    [id],
  );
  return result.rows[0]?.partition;
}

test('the months ahead exist and new activities go there', async () => {
  const { rows } = await db.query<{ made: number }>('SELECT satchel.maintain_activity_partitions() AS made');
  expect(rows[0]?.made).toBe(0);
  const inDefault = await db.query('SELECT FROM activities_default');
  expect(inDefault.rows).toHaveLength(0);
});

test('rows that came before their month are moved out of the default partition with their links', async () => {
  await db.query('INSERT INTO accounts (workspace_id, id, name) VALUES ($1, $2, $3)', [
    workspace,
    account,
    'Betatech',
  ]);
  await db.query(
    "INSERT INTO activities (workspace_id, id, type, occurred_at) VALUES ($1, $2, 'call', '2012-02-29T12:00Z')",
    [workspace, activity],
  );
  await db.query(
    "INSERT INTO activity_accounts (workspace_id, activity_id, occurred_at, account_id) VALUES ($1, $2, '2012-02-29T12:00Z', $3)",
    [workspace, activity, account],
  );
  expect(await partitionOf(activity)).toBe('activities_default');
  await db.query('SELECT satchel.maintain_activity_partitions()');
  expect(await partitionOf(activity)).toBe('activities_y2012m02');
  const links = await db.query('SELECT FROM activity_accounts WHERE activity_id = $1', [activity]);
  expect(links.rows).toHaveLength(1);
});

test('an activity moved to another month takes its links along', async () => {
  await db.query("SELECT satchel.ensure_activity_partitions('2012-05-01', '2012-06-01')");
  await db.query("UPDATE activities SET occurred_at = '2012-05-05T12:00Z' WHERE id = $1", [activity]);
  expect(await partitionOf(activity)).toBe('activities_y2012m05');
  const { rows } = await db.query<{ at: string }>(
    `SELECT to_char(occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS at FROM activity_accounts WHERE activity_id = $1`,
    [activity],
  );
  expect(rows).toEqual([{ at: '2012-05-05' }]);
});

test('retention drops whole months with their links, as nobody’s change, and keeps the rest', async () => {
  const entries = async () => (await db.query('SELECT FROM field_history')).rows.length;
  const before = await entries();
  const { rows } = await db.query<{ name: string }>(
    "SELECT name FROM satchel.drop_activity_partitions('2012-06-15') AS name",
  );
  expect(rows.map((row) => row.name)).toEqual(['activities_y2012m02', 'activities_y2012m05']);
  expect(await partitionOf(activity)).toBeUndefined();
  const links = await db.query('SELECT FROM activity_accounts');
  expect(links.rows).toHaveLength(0);
  expect(await entries()).toBe(before);
  const kept = await db.query("SELECT FROM pg_class WHERE relname = 'activities_y2012m06'");
  expect(kept.rows).toHaveLength(1);
});

test('retention follows the workspaces’ settings, and keeps everything while one has none', async () => {
  const apply = async () => {
    const { rows } = await db.query<{ name: string }>(
      "SELECT name FROM satchel.apply_activity_retention('2014-03-20') AS name",
    );
    return rows.map((row) => row.name);
  };
  const keep = (owner: string, months: number) =>
    db.query(
      `INSERT INTO settings (workspace_id, key, value) VALUES ($1, 'activities.keep_months', to_jsonb($2::integer))
       ON CONFLICT (workspace_id, key, user_id) DO UPDATE SET value = excluded.value`,
      [owner, months],
    );
  await db.query("SELECT satchel.ensure_activity_partitions('2013-12-01', '2014-02-01')");
  expect(await apply()).toEqual([]);

  const neighbour = '018f0000-0000-7000-8000-000000000011';
  await db.query("INSERT INTO workspaces (id, name) VALUES ($1, 'Neighbour')", [neighbour]);
  await keep(workspace, 1);
  expect(await apply()).toEqual([]);

  // The one that keeps more decides: two months before March 2014 are January and February.
  await keep(neighbour, 2);
  const dropped = await apply();
  expect(dropped).toContain('activities_y2013m12');
  expect(dropped).not.toContain('activities_y2014m01');
  await db.query('DELETE FROM workspaces WHERE id = $1', [neighbour]);
});

test('the turn of a year divides two months to the microsecond, whatever the time zone of the session', async () => {
  await db.query("SET timezone = 'Pacific/Auckland'");
  await db.query("SELECT satchel.ensure_activity_partitions('2015-11-30', '2016-02-01')");
  await db.query("SET timezone = 'America/Los_Angeles'");
  const { rows } = await db.query<{ partition: string }>(
    `INSERT INTO activities (workspace_id, id, type, occurred_at)
     SELECT $1, gen_random_uuid(), 'call', moment::timestamptz
     FROM unnest(ARRAY['2015-11-30T23:59:59.999999Z', '2015-12-01T00:00Z', '2015-12-31T23:59:59.999999Z', '2016-01-01T00:00Z',
       '2016-02-29T23:59:59.999999Z']) AS moment
     RETURNING tableoid::regclass::text AS partition`,
    [workspace],
  );
  await db.query('RESET timezone');
  expect(rows.map(({ partition }) => partition)).toEqual([
    'activities_y2015m11',
    'activities_y2015m12',
    'activities_y2015m12',
    'activities_y2016m01',
    'activities_y2016m02',
  ]);
});

test('the months from one moment on join without a gap or an overlap over the years', async () => {
  await db.query("SELECT satchel.ensure_activity_partitions('2017-10-01', '2019-02-01')");
  const { rows } = await db.query<{ lower: string; upper: string }>(
    `SELECT bounds[1] AS lower, bounds[2] AS upper
     FROM pg_class, regexp_match(pg_get_expr(relpartbound, oid), 'FROM \\(''(.+)''\\) TO \\(''(.+)''\\)') AS bounds
     WHERE relkind = 'r' AND relname BETWEEN 'activities_y2017m10' AND 'activities_y2019m02' ORDER BY relname`,
  );
  expect(rows).toHaveLength(17);
  expect(rows.slice(1).map(({ lower }) => lower)).toEqual(rows.slice(0, -1).map(({ upper }) => upper));
});

test('a clock that jumps makes a partition or two, and drops nothing that the jump did not leave behind', async () => {
  const months = async () => {
    const { rows } = await db.query<{ name: string }>(
      "SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relname ~ '^activities_y201[89]m' ORDER BY 1",
    );
    return rows.map(({ name }) => name);
  };
  const apply = (day: string) => db.query('SELECT satchel.apply_activity_retention($1)', [day]);
  await db.query("SELECT satchel.ensure_activity_partitions('2018-01-01', '2018-12-01')");
  await db.query(
    "UPDATE settings SET value = '6' WHERE workspace_id = $1 AND key = 'activities.keep_months'",
    [workspace],
  );
  // What stood here before, and the calls of the tests above, do not count.
  await db.query('DELETE FROM satchel.retention_clock');
  await apply('2018-07-10');
  const before = await months();
  expect(before[0]).toBe('activities_y2018m01');
  // Ahead by eighty years: as if a month had passed.
  await apply('2098-07-10');
  expect(await months()).toEqual(before.slice(1));
  // Back, and where it was before: as if nothing had been.
  await apply('1970-01-01');
  await apply('2018-07-12');
  expect(await months()).toEqual(before.slice(1));
  // After a long rest what is due goes month by month.
  for (const first of ['activities_y2018m03', 'activities_y2018m04', 'activities_y2018m04']) {
    await apply('2018-10-12');
    expect((await months())[0]).toBe(first);
  }
});
