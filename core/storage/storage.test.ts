import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Identity } from '#db/engine/types.ts';
import type { BackupEvent } from '#shared/contract/storage.ts';
import { openTestEngine, type TestEngine } from '#tests/support/engine.ts';
import { addPerson, clientOf, seedWorkspace, testApplication } from '#tests/support/records.ts';
import { storageOf } from './storage-of.ts';

let test: TestEngine;
let admin: ReturnType<typeof clientOf>;
let rep: ReturnType<typeof clientOf>;

beforeAll(async () => {
  test = await openTestEngine();
  const me = await seedWorkspace(test.engine);
  const as = (identity: Identity) =>
    clientOf(testApplication(test.engine, test.dataDir), identity, storageOf(test.engine));
  admin = as(me);
  rep = as(await addPerson(test.engine, me, 'Remy Rep', 'Sales Representative'));
});
afterAll(() => test.close());

const backups = () => {
  const directory = join(test.dataDir, 'backups');
  return existsSync(directory) ? readdirSync(directory) : [];
};

describe('how the data is kept', () => {
  it('is told with its sizes and the state of its maintenance', async () => {
    const facts = await admin.storage.facts({});
    expect(facts).toMatchObject({ directory: test.dataDir, lastBackup: null, kept: [] });
    expect(facts.sizes.cluster).toBeGreaterThan(1_000_000);
    expect(facts.migrations.applied).toBe(facts.migrations.known);
    expect(facts.postgres.found).toBe(facts.postgres.expected);
  });

  it('is not for everybody', async () => {
    await expect(rep.storage.facts({})).rejects.toMatchObject({ code: 'forbidden' });
    const stream = await rep.storage.backUp({});
    await expect(stream.next()).rejects.toMatchObject({ code: 'forbidden' });
    expect(backups()).toEqual([]);
  });
});

describe('a backup', () => {
  it('whose listener leaves is cancelled, and nothing of it is kept', async () => {
    const leaving = new AbortController();
    const stream = await admin.storage.backUp({}, { signal: leaving.signal });
    expect((await stream.next()).value).toMatchObject({ step: 'copying' });
    await stream.return?.();
    expect(backups()).toEqual([]);
    expect((await admin.storage.facts({})).lastBackup).toBeNull();
  });

  it('tells how far it is, where it went, and is remembered as proven', async () => {
    const events: BackupEvent[] = [];
    for await (const event of await admin.storage.backUp({})) events.push(event);
    const last = events.at(-1);
    expect(events[0]).toMatchObject({ step: 'copying' });
    if (last?.step !== 'done') throw new Error('The backup did not end.');
    expect(last.tables).toBeGreaterThan(0);
    expect(existsSync(last.file)).toBe(true);
    expect(backups()).toHaveLength(1);
    const { lastBackup } = await admin.storage.facts({});
    expect(lastBackup).toMatchObject({ file: last.file, bytes: last.bytes, isThere: true });
  });
});
