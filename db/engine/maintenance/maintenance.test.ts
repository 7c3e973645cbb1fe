import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestEngine, type TestEngine } from '#tests/support/engine.ts';

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

test('rebuilds the indexes of a table on demand', async () => {
  await script('CREATE INDEX grown_i ON grown (i)');
  const file = async () => {
    const [row] = await fixture.engine.transaction({ as: 'system' }, (tx) =>
      tx.query<{ path: string }>("SELECT pg_relation_filepath('grown_i') AS path"),
    );
    return row?.path;
  };
  const before = await file();
  await fixture.engine.reindex('public.grown');
  expect(await file()).not.toBe(before);
  await expect(fixture.engine.reindex('no_such')).rejects.toMatchObject({ code: 'not_found' });
});
