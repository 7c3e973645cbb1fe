import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { readMigrations } from '#db/migrate/migrations.ts';
import { buildTemplate } from '#db/template/build.ts';
import { type ConnectedClient, createContractClient } from '#shared/contract/client.ts';
import { type Host, launchHost, startHost } from './host.ts';

let directory: string;
let host: Host;
let client: ConnectedClient;

beforeAll(async () => {
  await buildTemplate(await readMigrations());
});
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'satchel-host-'));
  host = await startHost({ dataDir: directory });
  client = createContractClient((listener) => Promise.resolve(host.connect(listener)));
});
afterEach(async () => {
  client.close();
  await host.close();
  await rm(directory, { recursive: true, force: true });
});

const create = () => client.api.workspace.create({ name: 'Harbour', personName: 'Ada' });

describe('the contract over the host', () => {
  test('answers calls', async () => {
    expect(await client.api.workspace.status({})).toEqual({ state: 'first_run' });
    const status = await create();
    expect(status).toMatchObject({
      state: 'ready',
      workspace: { name: 'Harbour', currency: 'USD', isDemo: false },
      person: { fullName: 'Ada', isActive: true },
      permissions: { 'contacts:delete': 'all' },
    });
    expect(await client.api.workspace.status({})).toEqual(status);
    expect(await client.api.workspace.people({ search: 'AD' })).toHaveLength(1);
    expect(await client.api.workspace.people({ search: 'a%' })).toHaveLength(0);
  });

  test('a failure arrives as what it is', async () => {
    await create();
    await expect(create()).rejects.toMatchObject({ name: 'SatchelError', code: 'conflict' });
    await expect(client.api.workspace.create({ name: ' ', personName: 'Ada' })).rejects.toMatchObject({
      code: 'invalid',
      message: 'name: Give the workspace a name.',
      details: { field: 'name' },
    });
  });

  test('a stream ends on both sides when the caller leaves it', async () => {
    await create();
    const leaving = new AbortController();
    const events = await client.api.events.tablesChanged({}, { signal: leaving.signal });
    const next = events.next();
    leaving.abort();
    await expect(next).rejects.toMatchObject({ name: 'AbortError' });
  });
});

test('the main thread leaves the work to the worker', async () => {
  await create();
  const callsOfPeople = (count: number) =>
    Promise.all(Array.from({ length: count }, () => client.api.workspace.people({})));
  await callsOfPeople(50);
  // Both sides of a call but its work are done by this thread: the client's as well, which is a window's elsewhere.
  const before = { thread: process.threadCpuUsage(), all: process.cpuUsage() };
  await callsOfPeople(300);
  const [thread, all] = [process.threadCpuUsage(before.thread), process.cpuUsage(before.all)];
  expect(thread.user + thread.system).toBeLessThan((all.user + all.system) / 2);
});

test('a worker that died is replaced: calls under way fail as busy, later ones are answered', async () => {
  await create();
  const workers: Worker[] = [];
  // The host keeps its worker to itself; it is caught as it is told of the next caller.
  const tell = Reflect.get(Worker.prototype, 'postMessage');
  const caught = vi.spyOn(Worker.prototype, 'postMessage').mockImplementation(function (
    this: Worker,
    ...message
  ) {
    workers.push(this);
    tell.apply(this, message);
  });
  client.close();
  client = createContractClient((listener) => Promise.resolve(host.connect(listener)));
  await client.api.workspace.status({});
  caught.mockRestore();
  const underWay = client.api.workspace.people({}).catch((error: unknown) => error);
  await workers[0]?.terminate();
  expect(await underWay).toMatchObject({ code: 'busy' });
  await expect
    .poll(() => client.api.workspace.status({}).catch(() => 'not yet'))
    .toMatchObject({ state: 'ready' });
});

test('calls made while the directory is being opened are answered when it is', async () => {
  await create();
  await host.close();
  host = launchHost({ dataDir: directory });
  client = createContractClient((listener) => Promise.resolve(host.connect(listener)));
  expect(await client.api.workspace.status({})).toMatchObject({ state: 'ready' });
  await host.claimed;
});

test('a worker with a large memory is replaced in a pause, and no call is lost by it', async () => {
  await create();
  await host.close();
  host = await startHost({ dataDir: directory, largeHeap: 1 });
  const calling = createContractClient((listener) => Promise.resolve(host.connect(listener)));
  const answers: Promise<unknown>[] = [];
  const call = () => answers.push(calling.api.workspace.people({}));
  await calling.api.workspace.status({});
  const streamEnded = followToItsEnd(calling);
  // Calls come in every moment of the change: before the old worker is told, and until the new one is open.
  const tell = Reflect.get(Worker.prototype, 'postMessage');
  const handedOver = Promise.withResolvers<void>();
  vi.spyOn(Worker.prototype, 'postMessage').mockImplementation(function (this: Worker, ...message) {
    const isHandOver = JSON.stringify(message[0]) === '{"type":"hand_over"}';
    if (isHandOver) call();
    tell.apply(this, message);
    if (!isHandOver) return;
    call();
    handedOver.resolve();
  });
  await handedOver.promise;
  vi.restoreAllMocks();
  for (let turn = 0; turn < 20; turn += 1) {
    call();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await host.opened;
  expect(await Promise.all(answers)).toHaveLength(22);
  await streamEnded;
  calling.close();
});

/** Resolves when the stream of changes ends as a stream does; rejects when it fails. */
async function followToItsEnd({ api }: ConnectedClient): Promise<void> {
  for await (const _ of await api.events.tablesChanged({})) {
    // Nothing changes here.
  }
}

test('closing waits for the engine; calls meanwhile and after fail as busy', async () => {
  await create();
  const running = client.api.workspace.people({});
  const closed = host.close();
  await Promise.allSettled([running]);
  await closed;
  await expect(client.api.workspace.status({})).rejects.toMatchObject({ code: 'busy' });
});

test('a directory that is open elsewhere is refused', async () => {
  await expect(startHost({ dataDir: directory })).rejects.toMatchObject({ code: 'conflict' });
  await expect
    .poll(() => client.api.workspace.status({}).catch(() => 'not yet'))
    .toEqual({ state: 'first_run' });
});
