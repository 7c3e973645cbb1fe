import { setTimeout as elapsed } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { silentLog } from '#db/engine/log.ts';
import type { Identity } from '#db/engine/types.ts';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import { systemIds } from '#shared/runtime.ts';
import { openTestEngine, type TestEngine } from '#tests/support/engine.ts';
import { seedWorkspace } from '#tests/support/records.ts';
import { SliceSize } from '../../slice-size.ts';
import { backOff, longestBackOff } from './back-off.ts';
import type { JobKind, RunningJob } from './job-kind.ts';
import { JobQueue } from './job-queue.ts';
import { type JobRow, listJobs } from './job-rows.ts';

const clock = { time: Date.now(), now: () => clock.time };
const payload = z.object({ name: z.string() });
type Payload = z.infer<typeof payload>;
let fixture: TestEngine;
let identity: Identity;
let queue: JobQueue;
let ran: string[];
/** What the jobs of a test do, by their name. */
let behaviour: Record<string, (job: RunningJob<Payload>) => Promise<void>>;

beforeAll(async () => {
  fixture = await openTestEngine();
  identity = await seedWorkspace(fixture.engine);
  await system((tx) => tx.script('CREATE TABLE done (name text, rows int)'));
});
afterAll(() => fixture.close());

const system = <T>(work: Parameters<typeof fixture.engine.transaction<T>>[1]) =>
  fixture.engine.transaction<T>({ as: 'system', keepsPause: true }, work);
const rows = () => system((tx) => listJobs(tx, 100));
const kindOf = (service: string): JobKind<Payload> => ({
  service,
  kind: 'test',
  payload,
  attempts: 3,
  run: async (job) => {
    ran.push(job.payload.name);
    await behaviour[job.payload.name]?.(job);
  },
});
const kinds = { mail: kindOf('mail'), graph: kindOf('graph'), letters: kindOf('letters') };

function makeQueue(): JobQueue {
  const made = new JobQueue({
    engine: fixture.engine,
    clock,
    ids: systemIds,
    random: { next: () => 1 },
    log: silentLog,
  });
  for (const kind of Object.values(kinds)) made.register(kind);
  return made;
}

beforeEach(async () => {
  await system((tx) => tx.script('DELETE FROM jobs; DELETE FROM done'));
  queue = makeQueue();
  ran = [];
  behaviour = {};
  clock.time = Date.now();
});
afterEach(() => queue.stop());

const add = (name: string, service: keyof typeof kinds = 'mail') =>
  fixture.engine.transaction({ as: identity }, (tx) => queue.add(tx, identity, kinds[service], { name }));
const settled = () =>
  expect.poll(async () => (await rows()).map(({ state }) => state)).not.toContain('running');
/** Lets the time until the next try go by. */
async function goOn(): Promise<void> {
  await queue.stop();
  clock.time += 2 * longestBackOff;
  queue = makeQueue();
  await queue.start();
}

describe('a job', () => {
  test('runs once the change that asks for it is committed, and is gone when it is done', async () => {
    await queue.start();
    await expect(
      fixture.engine.transaction({ as: identity }, async (tx) => {
        await queue.add(tx, identity, kinds.mail, { name: 'of a change that fails' });
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    await add('one');
    await expect.poll(rows).toEqual([]);
    expect(ran).toEqual(['one']);
  });

  test('that fails is tried again later each time, and has failed after its tries, with the reason', async () => {
    behaviour['poisoned'] = () => Promise.reject(new SatchelError('busy', say`The other side is busy.`));
    await queue.start();
    await add('poisoned');
    await expect.poll(async () => (await rows())[0]?.attempts).toBe(1);
    await settled();
    const [first] = await rows();
    expect(first).toMatchObject({ state: 'waiting', error: { template: 'The other side is busy.' } });
    expect(Date.parse(first?.notBefore ?? '') - clock.time).toBe(2_000);
    await goOn();
    await expect.poll(async () => (await rows())[0]?.attempts).toBe(2);
    await settled();
    await goOn();
    await expect.poll(async () => (await rows())[0]?.state).toBe('failed');
    await goOn();
    await elapsed(50);
    expect(ran).toHaveLength(3);
  });

  test('whose error another try cannot mend has failed at once; without a network no try is counted', async () => {
    behaviour['wrong'] = () =>
      Promise.reject(new SatchelError('forbidden', say`Your role does not allow this.`));
    behaviour['offline'] = () => Promise.reject(new SatchelError('offline', say`There is no network.`));
    await queue.start();
    await add('wrong');
    await add('offline', 'graph');
    await expect
      .poll(async () => (await rows()).map(({ state, attempts }) => [state, attempts]))
      .toEqual([
        ['failed', 1],
        ['waiting', 0],
      ]);
  });

  test('of a kind or a payload that nobody knows is kept: the one waits, the other has failed', async () => {
    await system((tx) =>
      tx.query(
        `INSERT INTO jobs (workspace_id, id, service, kind, payload, not_before)
         VALUES ($1, gen_random_uuid(), 'mail', 'of a later version', '{}', now() - interval '1 hour'),
           ($1, gen_random_uuid(), 'mail', 'test', '{"name": 1}', now() - interval '1 hour')`,
        [identity.workspaceId],
      ),
    );
    await queue.start();
    await expect
      .poll(async () => (await rows()).map(({ kind, state }) => [kind, state]))
      .toEqual([
        ['test', 'failed'],
        ['of a later version', 'waiting'],
      ]);
    expect(ran).toEqual([]);
  });

  test('does its slices with the rights of the person, each durable with how far it is', async () => {
    const seen: unknown[] = [];
    behaviour['sliced'] = async (job) => {
      for (let done = job.progress?.done ?? 0; done < 3; done += 1) {
        await job.slice(async (tx) => {
          const [row] = await tx.query<{ role: string; person: string }>(
            'SELECT current_user AS role, satchel.user_id() AS person',
          );
          seen.push(row);
          return { done: done + 1, total: 3 };
        });
        if (done === 1) throw new Error('in the middle');
      }
    };
    await queue.start();
    await add('sliced');
    await expect.poll(async () => (await rows())[0]?.progress).toEqual({ done: 2, total: 3 });
    await settled();
    // It got on, so that this is its first try that did not.
    expect((await rows())[0]).toMatchObject({ attempts: 1, state: 'waiting' });
    await goOn();
    await expect.poll(rows).toEqual([]);
    expect(seen).toEqual(Array.from({ length: 3 }, () => ({ role: 'satchel_app', person: identity.userId })));
  });

  test('gets as many rows for a slice as fit beside a person who works', async () => {
    const given: number[] = [];
    behaviour['large'] = async (job) => {
      for (let slices = 0; slices < 12; slices += 1) {
        // Somebody works all the while.
        await fixture.engine.transaction({ as: identity, readOnly: true }, (tx) => tx.query('SELECT 1'));
        await job.slice(async (tx, count) => {
          given.push(count);
          const until = SliceSize.computed() + count;
          while (SliceSize.computed() < until);
          await tx.query('SELECT 1');
          return { done: slices, total: null };
        });
      }
    };
    await queue.start();
    await add('large');
    await expect.poll(rows, { timeout: 10_000 }).toEqual([]);
    // A row takes a millisecond here: at the beginning 50 of them, soon about 24.
    expect(given[0]).toBe(50);
    expect(Math.max(...given.slice(-4))).toBeLessThan(50);
  });

  test('waits for a pause with what cannot be cut', async () => {
    let isDone = false;
    behaviour['whole'] = (job) =>
      job.inPause(300, () => {
        isDone = true;
        return Promise.resolve();
      });
    await queue.start();
    await add('whole');
    const until = performance.now() + 600;
    while (performance.now() < until) {
      await fixture.engine.transaction({ as: identity, readOnly: true }, (tx) => tx.query('SELECT 1'));
      await elapsed(20);
    }
    expect(isDone).toBe(false);
    await expect.poll(() => isDone, { timeout: 3_000 }).toBe(true);
  });
});

describe('the queue', () => {
  test('runs jobs of two services side by side, one of each, and gives every service its turn', async () => {
    const open = new Map<string, () => void>();
    let most = 0;
    const hold = async (job: RunningJob<Payload>) => {
      await new Promise<void>((resolve) => open.set(job.payload.name, resolve));
    };
    for (const name of ['m1', 'm2', 'm3', 'g1', 'l1']) behaviour[name] = hold;
    for (const name of ['m1', 'm2', 'm3']) await add(name);
    await add('g1', 'graph');
    await add('l1', 'letters');
    await queue.start();
    for (let turn = 0; turn < 5; turn += 1) {
      await expect.poll(() => open.size, { timeout: 3_000 }).toBeGreaterThan(0);
      await elapsed(30);
      most = Math.max(most, open.size);
      const [name = ''] = open.keys();
      open.get(name)?.();
      open.delete(name);
    }
    await expect.poll(rows).toEqual([]);
    expect(most).toBe(2);
    expect(ran.slice(0, 3)).toEqual(['m1', 'g1', 'l1']);
    expect(ran.toSorted()).toEqual(['g1', 'l1', 'm1', 'm2', 'm3']);
  });

  test('ends with the slice at hand, keeps the job, and counts no try for that', async () => {
    let slices = 0;
    behaviour['endless'] = async (job) => {
      for (;;) {
        await job.slice(async (tx) => {
          slices += 1;
          await tx.query('SELECT 1');
          return { done: slices, total: null };
        });
      }
    };
    await queue.start();
    await add('endless');
    await expect.poll(() => slices).toBeGreaterThan(2);
    await queue.stop();
    const done = slices;
    expect(await rows()).toMatchObject([{ state: 'waiting', attempts: 0, progress: { done } }]);
    await elapsed(50);
    expect(slices).toBe(done);
  });

  test('cancels a job that runs, which is then gone', async () => {
    behaviour['long'] = async (job) => {
      for (;;) await job.slice(() => elapsed(5).then(() => ({ done: 1, total: null })));
    };
    await queue.start();
    const id = await add('long');
    await expect.poll(() => ran).toEqual(['long']);
    expect(await queue.cancel(id)).toBe(true);
    expect(await rows()).toEqual([]);
    expect(await queue.cancel(id)).toBe(false);
  });

  test('takes up what was interrupted, and in the end gives up what always takes Satchel with it', async () => {
    const interrupted = (attempts: number) =>
      system((tx) =>
        tx.query<Pick<JobRow, 'id'>>(
          `INSERT INTO jobs (workspace_id, id, service, kind, payload, state, attempts)
           VALUES ($1, gen_random_uuid(), 'mail', 'test', '{"name": "taken up"}', 'running', $2) RETURNING id`,
          [identity.workspaceId, attempts],
        ),
      );
    await interrupted(1);
    await queue.start();
    await expect.poll(rows).toEqual([]);
    expect(ran).toEqual(['taken up']);
    await queue.stop();
    await interrupted(3);
    queue = makeQueue();
    await queue.start();
    expect(await rows()).toMatchObject([
      { state: 'failed', error: { template: expect.stringContaining('in the middle') as string } },
    ]);
  });

  test('that a clock put back does not make wait for years', async () => {
    await add('later');
    await system((tx) => tx.script("UPDATE jobs SET not_before = now() + interval '10 years'"));
    await queue.start();
    await expect.poll(rows).toEqual([]);
  });
});

test('a try waits twice as long as the one before it, spread by chance, and never for longer than an hour', () => {
  const most = { next: () => 1 };
  expect([1, 2, 3].map((attempts) => backOff(attempts, most))).toEqual([2_000, 4_000, 8_000]);
  expect(backOff(1, { next: () => 0 })).toBe(1_000);
  expect(backOff(1_000, most)).toBe(longestBackOff);
});
