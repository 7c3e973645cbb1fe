import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestEngine, type TestEngine } from '#tests/support/engine.ts';
import { silentLog } from '../log.ts';
import { MaintenanceScheduler } from './scheduler.ts';
import { pauseFor } from './tasks.ts';

const clock = { time: Date.UTC(2026, 0, 31), now: () => clock.time };
let fixture: TestEngine;
const script = (sql: string) => fixture.engine.transaction({ as: 'system' }, (tx) => tx.script(sql));
const state = () => fixture.engine.maintenance.state;

beforeAll(async () => {
  fixture = await openTestEngine({ clock });
});
afterAll(() => fixture.close());

/** Six ticks with pauses in which nobody works. */
async function rest(pause: number): Promise<void> {
  for (let ticks = 0; ticks < 6; ticks += 1) {
    clock.time += pause;
    await fixture.engine.maintenance.tick();
  }
}

test('does nothing while somebody works', async () => {
  await script('CREATE TABLE busy AS SELECT i FROM generate_series(1, 5000) i');
  await fixture.engine.maintenance.tick();
  expect(state().runs).toBe(0);
});

test('gives a table that changed much its statistics', async () => {
  await script('CREATE TABLE grown (i int); INSERT INTO grown SELECT * FROM generate_series(1, 20000)');
  await rest(2_000);
  expect(state().lastRuns.analyze).toBeDefined();
  const [row] = await fixture.engine.transaction({ as: 'system' }, (tx) =>
    tx.query<{ reltuples: number }>("SELECT reltuples FROM pg_class WHERE relname = 'grown'"),
  );
  expect(row?.reltuples).toBe(20_000);
});

test('in a long pause an index can answer alone for new rows', async () => {
  await script('CREATE TABLE imported (i int); INSERT INTO imported SELECT * FROM generate_series(1, 20000)');
  const visiblePages = async () => {
    const [row] = await fixture.engine.transaction({ as: 'system' }, (tx) =>
      tx.query<{ share: number }>(
        "SELECT relallvisible::float8 / greatest(relpages, 1) AS share FROM pg_class WHERE relname = 'imported'",
      ),
    );
    return row?.share;
  };
  await rest(2_000);
  expect(await visiblePages()).toBe(0);
  await rest(20_000);
  expect(await visiblePages()).toBe(1);
});

test('removes dead rows, but only in a long pause', async () => {
  await script('DELETE FROM grown WHERE i % 2 = 0');
  const before = state().lastRuns.vacuum;
  await rest(2_000);
  expect(state().lastRuns.vacuum).toEqual(before);
  await script('DELETE FROM grown WHERE i % 3 = 0');
  await rest(20_000);
  expect(state().lastRuns.vacuum).toMatchObject({ target: 'public.grown' });
});

test('writes a checkpoint when the log has grown', async () => {
  expect(state().lastRuns.checkpoint).toBeUndefined();
  await script(
    'CREATE TABLE wide AS SELECT i, repeat(md5(i::text), 30) AS x FROM generate_series(1, 80000) i',
  );
  await rest(2_000);
  expect(state().lastRuns.checkpoint).toBeUndefined();
  await rest(20_000);
  expect(state().lastRuns.checkpoint).toBeDefined();
});

test('keeps the months ahead and refreshes the reports after a change', async () => {
  await script('DELETE FROM wide WHERE i < 10');
  clock.time = Date.now() + 120_000;
  await rest(20_000);
  expect(state().lastRuns.partitions?.error).toBeUndefined();
  expect(state().lastRuns.partitions).toBeDefined();
  expect(state().lastRuns.reports).toBeDefined();
  expect(state().lastRuns.reports?.error).toBeUndefined();
});

test('a clock that was years ahead for a while does not leave the reports as they are for years', async () => {
  await script("UPDATE satchel.report_refreshes SET refreshed_at = now() + interval '10 years'");
  await script('DELETE FROM wide WHERE i < 20');
  await rest(20_000);
  await rest(20_000);
  const rows = await fixture.engine.transaction({ as: 'system' }, (tx) =>
    tx.query("SELECT report FROM satchel.report_refreshes WHERE refreshed_at > now() + interval '1 year'"),
  );
  expect(rows).toEqual([]);
});

test('makes an index again on demand', async () => {
  await script('CREATE INDEX grown_i ON grown (i)');
  const file = async () => {
    const [row] = await fixture.engine.transaction({ as: 'system' }, (tx) =>
      tx.query<{ path: string }>("SELECT pg_relation_filepath('grown_i') AS path"),
    );
    return row?.path;
  };
  const before = await file();
  await fixture.engine.reindex('public.grown_i');
  expect(await file()).not.toBe(before);
  await expect(fixture.engine.reindex('no_such')).rejects.toMatchObject({ code: 'not_found' });
});

test('waits for a pause that is long for what a task takes', () => {
  expect(pauseFor(50)).toBe(1_000);
  expect(pauseFor(undefined)).toBe(15_000);
  expect(pauseFor(200)).toBe(15_000);
  expect(pauseFor(2_000)).toBe(120_000);
  expect(pauseFor(60_000)).toBe(600_000);
});

test('does what takes long only in pauses long enough for it, and meanwhile what is short', async () => {
  await script('CREATE TABLE slow (i int)');
  const grow = () => script('INSERT INTO slow SELECT * FROM generate_series(1, 20000)');
  const ran: string[] = [];
  const run = async (sql: string, work: Promise<unknown>) => {
    await work;
    if (!sql.includes('slow')) return;
    ran.push(sql.replace('public.', ''));
    clock.time += sql.startsWith('SET LOCAL') ? 30 : 2_000;
  };
  const { engine } = fixture;
  const scheduler = new MaintenanceScheduler({
    database: {
      query: (sql) => engine.transaction({ as: 'system', readOnly: true }, (tx) => tx.query(sql)),
      execute: (sql) => run(sql, script(sql)),
      // VACUUM cannot run in a transaction; ANALYZE stands for it here.
      outside: (sql) =>
        run(sql, sql.startsWith('VACUUM') ? script(sql.replace('VACUUM', 'ANALYZE')) : engine.checkpoint()),
    },
    clock,
    log: silentLog,
    isIdle: () => true,
  });
  const restFor = async (pause: number) => {
    ran.length = 0;
    for (let ticks = 0; ticks < 12; ticks += 1) {
      scheduler.noteUse(false);
      clock.time += pause;
      await scheduler.tick();
    }
    return [...new Set(ran)];
  };
  await grow();
  expect(await restFor(2_000)).toEqual(['SET LOCAL default_statistics_target = 5; ANALYZE slow']);
  expect(await restFor(20_000)).toEqual(['VACUUM slow', 'ANALYZE slow']);
  await grow();
  // Each took two seconds, so it waits for a pause of two minutes.
  expect(await restFor(60_000)).toEqual(['SET LOCAL default_statistics_target = 5; ANALYZE slow']);
  // The stand-in leaves the table as much in need of a VACUUM as it was.
  expect(await restFor(130_000)).toEqual(['VACUUM slow']);
});
