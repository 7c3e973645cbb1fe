import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { Identity } from '#db/engine/types.ts';
import type { Job } from '#shared/contract/jobs.ts';
import { jobIdSchema } from '#shared/ids.ts';
import { systemIds } from '#shared/runtime.ts';
import { openTestEngine, type TestEngine } from '#tests/support/engine.ts';
import { addPerson, clientOf, seedWorkspace, testApplication } from '#tests/support/records.ts';
import { testServices } from '#tests/support/services.ts';
import type { Application } from '../context.ts';
import type { JobKind } from '../platform/services/job-kind.ts';

let fixture: TestEngine;
let app: Application;
let ada: Identity;
let rep: Identity;
let fails = true;
const letters: JobKind<{ to: string }> = {
  service: 'tests',
  kind: 'letters',
  payload: z.object({ to: z.string() }),
  attempts: 1,
  run: () => (fails ? Promise.reject(new Error('the post is closed')) : Promise.resolve()),
};

beforeAll(async () => {
  fixture = await openTestEngine();
  app = testApplication(fixture.engine);
  ada = await seedWorkspace(fixture.engine);
  rep = await addPerson(fixture.engine, ada, 'Rep', 'Sales Representative');
  testServices(app).jobs.register(letters);
  await testServices(app).runner.start();
});
afterAll(async () => {
  await testServices(app).runner.stop();
  await fixture.close();
});

const add = (identity: Identity) =>
  fixture.engine.transaction({ as: identity }, (tx) =>
    testServices(app).jobs.add(tx, identity, letters, { to: 'ada' }),
  );

test('a failure is shown with its reason to whose job it is and to who may see all, and tried again on their word', async () => {
  const [own, admin] = [clientOf(app, rep), clientOf(app, ada)];
  const id = jobIdSchema.parse(await add(rep));
  await expect.poll(async () => (await own.jobs.list({}))[0]?.state).toBe('failed');
  const [job] = await admin.jobs.list({});
  expect(job).toMatchObject({
    id,
    service: 'tests',
    kind: 'letters',
    isKnown: true,
    isKept: true,
    attempts: 1,
  });
  expect(job?.error?.template).toMatch(/defect/u);
  const other = clientOf(app, await addPerson(fixture.engine, ada, 'Other', 'Sales Representative'));
  expect(await other.jobs.list({})).toEqual([]);
  await expect(other.jobs.retry({ id })).rejects.toMatchObject({ code: 'not_found' });
  await expect(other.jobs.cancel({ id })).rejects.toMatchObject({ code: 'not_found' });
  fails = false;
  await own.jobs.retry({ id });
  await expect.poll(() => own.jobs.list({})).toEqual([]);
  fails = true;
});

test('what changes in the list is told to who watches it, until they leave', async () => {
  const leave = new AbortController();
  const client = clientOf(app, ada);
  const told: Job[][] = [];
  const stream = await client.jobs.watch({}, { signal: leave.signal });
  const listening = (async () => {
    for await (const jobs of stream) told.push(jobs);
  })();
  await expect.poll(() => told.at(-1)).toEqual([]);
  const id = jobIdSchema.parse(await add(ada));
  await expect.poll(() => told.at(-1)?.map(({ state }) => state)).toEqual(['failed']);
  await client.jobs.cancel({ id });
  await expect.poll(() => told.at(-1)).toEqual([]);
  await expect(client.jobs.cancel({ id })).rejects.toMatchObject({ code: 'not_found' });
  leave.abort();
  await listening.catch(() => undefined);
});

test('what runs beside the queue is listed and cancelled with it, by whom it belongs to', async () => {
  const { works } = testServices(app);
  let wasCancelled = false;
  const id = systemIds.next();
  const listed = works.add({
    id,
    ...rep,
    service: 'import',
    kind: 'import',
    startedAt: new Date().toISOString(),
    progress: () => ({ done: 3, total: 10 }),
    cancel: () => {
      wasCancelled = true;
      listed[Symbol.dispose]();
      return Promise.resolve();
    },
  });
  const client = clientOf(app, rep);
  expect(await client.jobs.list({})).toMatchObject([
    { id, state: 'running', isKept: false, progress: { done: 3, total: 10 } },
  ]);
  const other = clientOf(app, await addPerson(fixture.engine, ada, 'Third', 'Sales Representative'));
  expect(await other.jobs.list({})).toEqual([]);
  await expect(other.jobs.cancel({ id: jobIdSchema.parse(id) })).rejects.toMatchObject({ code: 'not_found' });
  expect(wasCancelled).toBe(false);
  await client.jobs.cancel({ id: jobIdSchema.parse(id) });
  expect(wasCancelled).toBe(true);
});
