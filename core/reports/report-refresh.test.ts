import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Identity } from '#db/engine/types.ts';
import type { ReportAge } from '#shared/contract/reports.ts';
import { openTestEngine, type TestEngine } from '#tests/support/engine.ts';
import { clientOf, seedWorkspace, testApplication } from '#tests/support/records.ts';
import { testServices } from '#tests/support/services.ts';

const clock = { time: Date.now() + 120_000, now: () => clock.time };
let fixture: TestEngine;
let identity: Identity;
let client: ReturnType<typeof clientOf>;

beforeAll(async () => {
  fixture = await openTestEngine({ clock });
  identity = await seedWorkspace(fixture.engine);
  const app = testApplication(fixture.engine);
  client = clientOf(app, identity);
  await testServices(app).runner.start();
});
afterAll(() => fixture.close());

const script = (sql: string) => fixture.engine.transaction({ as: 'system' }, (tx) => tx.script(sql));
const refreshes = async () => {
  const rows = await fixture.engine.transaction({ as: 'system', keepsPause: true }, (tx) =>
    tx.query<{ report: string; at: string }>(
      'SELECT report, refreshed_at AS at FROM satchel.report_refreshes',
    ),
  );
  return new Map(rows.map(({ report, at }) => [report, at]));
};

/** Pauses in which nobody works. */
async function rest(): Promise<void> {
  for (let ticks = 0; ticks < 12; ticks += 1) {
    clock.time += 60_000;
    await fixture.engine.maintenance.tick();
  }
}

test('the months ahead are kept in a pause', async () => {
  await rest();
  expect(fixture.engine.maintenance.state.lastRuns.get('partitions')).toBeDefined();
  expect(fixture.engine.maintenance.state.lastRuns.get('partitions')?.error).toBeUndefined();
});

test('a report that nobody looks at is never refreshed, whatever changes', async () => {
  const before = await refreshes();
  await client.accounts.create({ values: { name: 'Acme' } });
  await rest();
  expect(await refreshes()).toEqual(before);
});

test('a report that somebody looks at is refreshed in the pause after a change, and its age told', async () => {
  const before = await refreshes();
  const leave = new AbortController();
  const stream = await client.reports.watch(
    { reports: ['stage_conversion', 'forecast_by_month'] },
    { signal: leave.signal },
  );
  const told: ReportAge[][] = [];
  const listening = (async () => {
    for await (const ages of stream) told.push(ages);
  })();
  await expect.poll(() => told.length).toBe(1);
  await script('SELECT 1');
  await fixture.engine.maintenance.tick();
  expect(await refreshes()).toEqual(before);
  await rest();
  const after = await refreshes();
  const changed = [...after].filter(([report, at]) => before.get(report) !== at).map(([report]) => report);
  expect(changed.toSorted()).toEqual(['forecast_by_month', 'stage_conversion']);
  await expect
    .poll(() => told.at(-1)?.map(({ refreshedAt }) => refreshedAt))
    .toEqual([after.get('forecast_by_month'), after.get('stage_conversion')]);

  leave.abort();
  await listening.catch(() => undefined);
  await client.accounts.create({ values: { name: 'Globex' } });
  await rest();
  expect(await refreshes()).toEqual(after);
});

test('a clock that was years ahead for a while does not leave a report as it is for years', async () => {
  await script("UPDATE satchel.report_refreshes SET refreshed_at = now() + interval '10 years'");
  const leave = new AbortController();
  const stream = await client.reports.watch({ reports: ['lead_conversion'] }, { signal: leave.signal });
  await stream.next();
  await rest();
  expect(Date.parse((await refreshes()).get('lead_conversion') ?? '')).toBeLessThan(clock.time);
  leave.abort();
  await stream.return?.();
});
