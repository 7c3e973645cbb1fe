import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ScreenIndexes } from '#core/import/run/writing/deferred-indexes.ts';
import { deferIndexes } from '#db/engine/deferred-indexes.ts';
import type { Engine } from '#db/engine/types.ts';
import { openTestEngine } from '../support/engine.ts';
import { testServices } from '../support/services.ts';
import { csv, ImportClient } from './import-client.ts';

interface Index {
  readonly name: string;
  readonly definition: string;
}

function indexesOf(engine: Engine): Promise<Index[]> {
  return engine.transaction({ as: 'system', readOnly: true }, (tx) =>
    tx.query<Index>(
      `SELECT indexname AS name, indexdef AS definition FROM pg_indexes
       WHERE schemaname = 'public' AND tablename IN ('accounts', 'contacts', 'opportunities') ORDER BY 1`,
    ),
  );
}

const aside = ['idx_contacts_search', 'idx_contacts_owner_id', 'contacts_pkey', 'no_such_index'];

test('what a crash leaves put aside is built when the engine opens again; what holds a rule is never put aside', async () => {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'satchel-deferred-'));
  try {
    let before: Index[];
    {
      await using first = await openTestEngine({ dataDir });
      before = await indexesOf(first.engine);
      await first.engine.transaction({ as: 'system' }, (tx) => deferIndexes(tx, aside));
      const left = (await indexesOf(first.engine)).map(({ name }) => name);
      expect(before.map(({ name }) => name).filter((name) => !left.includes(name))).toEqual([
        'idx_contacts_owner_id',
        'idx_contacts_search',
      ]);
    }
    await using second = await openTestEngine({ dataDir });
    expect(await indexesOf(second.engine)).toEqual(before);
    const waiting = await second.engine.transaction({ as: 'system' }, (tx) =>
      tx.query('SELECT name FROM satchel.deferred_indexes'),
    );
    expect(waiting).toEqual([]);
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
});

test('nothing is put aside where the transaction is rolled back', async () => {
  await using fixture = await openTestEngine();
  const before = await indexesOf(fixture.engine);
  const attempt = fixture.engine.transaction({ as: 'system' }, async (tx) => {
    await deferIndexes(tx, aside);
    throw new Error('The import ends here.');
  });
  await expect(attempt).rejects.toThrow('The import ends here.');
  expect(await indexesOf(fixture.engine)).toEqual(before);
});

test('a large import without a window has all indexes again, whether it is cancelled or goes on to its end', async () => {
  await using client = await ImportClient.open();
  const { app, identity } = client;
  const before = await indexesOf(app.engine);
  const rows = Array.from({ length: 21_500 }, (_, row) => `Ann,Number ${row},ann.${row}@example.com`);
  const plan = await client.plan([csv('contacts.csv', 'First Name,Last Name,Email', ...rows)]);
  const jobs = testServices(app).imports;
  let smallest = before.length;
  const following = async (events: ReturnType<typeof jobs.start>, cancelAt: number) => {
    for await (const event of events.listen()) {
      if (event.type === 'report') return event.report;
      smallest = Math.min(smallest, (await indexesOf(app.engine)).length);
      if (event.done >= cancelAt) void (event.batchId && jobs.cancel(event.batchId));
    }
    throw new Error('The import ended without a report.');
  };
  const cancelled = await following(
    jobs.start(app, identity, plan, { isDryRun: false, pace: 'bulk' }),
    2_000,
  );
  expect(cancelled.status).toBe('cancelled');
  expect(cancelled.counts.contacts?.created).toBeLessThan(rows.length);
  expect(smallest).toBeLessThan(before.length);
  expect(await indexesOf(app.engine)).toEqual(before);

  if (cancelled.batchId === null) throw new Error('The import has no batch.');
  const report = await following(
    await jobs.resume(app, identity, cancelled.batchId, 'bulk'),
    rows.length + 1,
  );
  expect(report.counts.contacts?.created).toBe(rows.length);
  expect(await indexesOf(app.engine)).toEqual(before);
  const found = await client.rows("SELECT id FROM contacts WHERE search_text LIKE '%ann.21499@%'");
  expect(found).toHaveLength(1);
});

test('beside a window indexes are put aside while a person only watches, and built in a pause', async () => {
  await using client = await ImportClient.open();
  const { app } = client;
  const before = await indexesOf(app.engine);
  const considered = async (mayHoldLong: boolean, left: number) => {
    const screens = new ScreenIndexes(app, { isBesideWindow: true, mayHoldLong });
    await screens.consider('contacts', { imported: 1_000, created: 1_000, left });
    return screens;
  };
  expect((await considered(false, 50_000)).areDeferred).toBe(false);
  // Building the indexes of so many at the end would hold the engine too long.
  expect((await considered(true, 200_000)).areDeferred).toBe(false);
  expect((await considered(true, 10_000)).areDeferred).toBe(false);
  expect(await indexesOf(app.engine)).toEqual(before);

  const screens = await considered(true, 50_000);
  expect(screens.areDeferred).toBe(true);
  expect((await indexesOf(app.engine)).length).toBeLessThan(before.length);
  await screens.build();
  expect(app.engine.quietMilliseconds).toBeGreaterThanOrEqual(1_000);
  expect(screens.areDeferred).toBe(false);
  expect(await indexesOf(app.engine)).toEqual(before);
});

test('a file of records that are known already puts no index aside', async () => {
  await using client = await ImportClient.open();
  const screens = new ScreenIndexes(client.app, { isBesideWindow: false, mayHoldLong: true });
  await screens.consider('contacts', { imported: 1_000, created: 400, left: 50_000 });
  expect(screens.areDeferred).toBe(false);
});
