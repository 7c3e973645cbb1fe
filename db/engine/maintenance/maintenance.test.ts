import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestEngine, type TestEngine } from '#tests/support/engine.ts';
import { silentLog } from '../log.ts';
import { Idleness } from './idleness.ts';
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
  expect(state().lastRuns.get('analyze')).toBeDefined();
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
  const before = state().lastRuns.get('vacuum');
  await rest(2_000);
  expect(state().lastRuns.get('vacuum')).toEqual(before);
  await script('DELETE FROM grown WHERE i % 3 = 0');
  await rest(20_000);
  expect(state().lastRuns.get('vacuum')).toMatchObject({ target: 'public.grown' });
});

test('writes a checkpoint when the log has grown', async () => {
  expect(state().lastRuns.get('checkpoint')).toBeUndefined();
  await script(
    'CREATE TABLE wide AS SELECT i, repeat(md5(i::text), 30) AS x FROM generate_series(1, 80000) i',
  );
  await rest(2_000);
  expect(state().lastRuns.get('checkpoint')).toBeUndefined();
  await rest(20_000);
  expect(state().lastRuns.get('checkpoint')).toBeDefined();
});

test('does a task that was registered, each of its targets in a pause that is long for it, until it is taken back', async () => {
  const done: string[] = [];
  let left = ['slow', 'quick'];
  using registration = fixture.engine.whenIdle({
    name: 'registered',
    holds: 200,
    due: () => Promise.resolve(left),
    run: (_database, target) => {
      done.push(target);
      clock.time += target === 'slow' ? 2_000 : 10;
      return target === 'failing' ? Promise.reject(new Error('no')) : Promise.resolve();
    },
  });
  await script('SELECT 1');
  await rest(2_000);
  expect(done).toEqual([]);
  await rest(20_000);
  expect(done[0]).toBe('slow');
  done.length = 0;
  // The one takes two seconds, so it waits for a pause of two minutes; the other is done meanwhile.
  await script('SELECT 1');
  clock.time += 2_000;
  await fixture.engine.maintenance.tick();
  expect(done).toEqual(['quick']);
  left = ['failing'];
  await rest(130_000);
  expect(state().lastRuns.get('registered')).toMatchObject({ target: 'failing', error: 'no' });
  registration[Symbol.dispose]();
  done.length = 0;
  await script('SELECT 1');
  await rest(130_000);
  expect(done).toEqual([]);
});

test('a pause is waited for, goes on beside background work that keeps it, and ends with any other', async () => {
  await script('SELECT 1');
  let isPause = false;
  const waiting = fixture.engine.pause(5_000).then(() => (isPause = true));
  clock.time += 3_000;
  await script('SELECT 1');
  clock.time += 3_000;
  await fixture.engine.transaction({ as: 'system', keepsPause: true }, (tx) => tx.script('SELECT 1'));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(isPause).toBe(false);
  clock.time += 2_000;
  await waiting;
  const leave = new AbortController();
  const left = fixture.engine.pause(60_000, leave.signal);
  leave.abort(new Error('left'));
  await expect(left).rejects.toThrow('left');
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
  const idleness = new Idleness(clock, () => true);
  const scheduler = new MaintenanceScheduler({
    database: {
      rows: (row, sql) => engine.transaction({ as: 'system', readOnly: true }, (tx) => tx.rows(row, sql)),
      query: (sql) => engine.transaction({ as: 'system', readOnly: true }, (tx) => tx.query(sql)),
      execute: (sql) => run(sql, script(sql)),
      // VACUUM cannot run in a transaction; ANALYZE stands for it here.
      outside: (sql) =>
        run(sql, sql.startsWith('VACUUM') ? script(sql.replace('VACUUM', 'ANALYZE')) : engine.checkpoint()),
    },
    clock,
    log: silentLog,
    idleness,
  });
  const restFor = async (pause: number) => {
    ran.length = 0;
    for (let ticks = 0; ticks < 12; ticks += 1) {
      idleness.noteUse();
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
