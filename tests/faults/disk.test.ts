import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openApplication } from '#core/application.ts';
import { restore } from '#core/storage/restore.ts';
import { beginUpload } from '#core/uploads/uploads.ts';
import { createWorkspace } from '#core/workspace/create.ts';
import { readMigrations } from '#db/migrate/migrations.ts';
import { buildTemplate } from '#db/template/build.ts';
import { openTestEngine } from '../support/engine.ts';
import { fastDirectory } from './fast-directory.ts';
import { runAndKill } from './killed-process.ts';
import { addEntry, ledgerMigrations, readLedger } from './ledger.ts';

const root = fastDirectory('satchel-disk-');
afterAll(() => rmSync(root, { recursive: true, force: true }));

const migrations = ledgerMigrations;
const asSystem = { as: 'system' } as const;

/** A file layer that has no room left, or fails to sync, when told so. As on a real disk, only growing needs room. */
function failingDisk() {
  const state = { isFull: false, isLogFull: false, failsSync: false };
  const fail = (code: string) => {
    throw Object.assign(new Error(`${code}: injected`), { code });
  };
  const probe = {
    onWrite(path: string, position: number, bytes: Uint8Array) {
      const hasRoom = path.includes('pg_wal') ? !state.isLogFull : !state.isFull;
      if (!hasRoom && position + bytes.length > statSync(path).size) fail('ENOSPC');
    },
    onSync() {
      if (state.failsSync) fail('EIO');
    },
  };
  return { state, probe };
}

describe('a full disk', () => {
  test('refuses what does not fit with a clear error, and goes on when there is room', async () => {
    const { state, probe } = failingDisk();
    const { engine } = await openTestEngine({
      dataDir: join(root, 'full'),
      migrations,
      probe,
      isDurable: true,
    });
    await addEntry(engine, 1);
    state.isFull = true;
    const tooMuch = engine.transaction(asSystem, (tx) =>
      tx.execute("INSERT INTO entry SELECT i, 0, repeat('x', 200) FROM generate_series(100, 2000) i"),
    );
    await expect(tooMuch).rejects.toMatchObject({
      code: 'busy',
      message: expect.stringMatching(/is full\. Free some/),
    });
    const kept = await engine.transaction(asSystem, (tx) => tx.query('SELECT id FROM entry'));
    expect(kept).toEqual([{ id: 1 }]);
    state.isFull = false;
    await addEntry(engine, 2);
    expect(await readLedger(engine)).toEqual({ ids: [1, 2], faults: [] });
    await engine.close();
  });

  test('in the middle of the log stops the engine; a new one has everything acknowledged', async () => {
    const { state, probe } = failingDisk();
    const options = { dataDir: join(root, 'full-log'), migrations, probe, isDurable: true };
    const first = await openTestEngine(options);
    await addEntry(first.engine, 1);
    state.isLogFull = true;
    const updating = first.engine.transaction(asSystem, (tx) =>
      tx.script("CREATE TABLE big AS SELECT i, repeat('x', 1000) AS x FROM generate_series(1, 100000) i"),
    );
    await expect(updating).rejects.toMatchObject({ code: 'internal', details: { engineStopped: true } });
    expect(first.engine.needsRestart()).toBe(true);
    await expect(addEntry(first.engine, 2)).rejects.toMatchObject({ details: { engineStopped: true } });
    await first.engine.close();
    state.isLogFull = false;
    const second = await openTestEngine(options);
    expect(await readLedger(second.engine)).toEqual({ ids: [1], faults: [] });
    await addEntry(second.engine, 2);
    await second.engine.close();
  });
});

test('a disk without any room is no damage: the directory opens when there is some', async () => {
  const { state, probe } = failingDisk();
  const options = { dataDir: join(root, 'full-at-start'), migrations, probe, isDurable: true };
  const first = await openTestEngine(options);
  await addEntry(first.engine, 1);
  await first.engine.close();
  state.isFull = true;
  state.isLogFull = true;
  await expect(openTestEngine(options)).rejects.toMatchObject({
    code: 'busy',
    message: expect.stringMatching(/is full\. Free some/),
  });
  state.isFull = false;
  state.isLogFull = false;
  const second = await openTestEngine(options);
  expect(await readLedger(second.engine)).toEqual({ ids: [1], faults: [] });
  await second.engine.close();
});

test.skipIf(process.platform === 'win32')('nobody else may look into what the app keeps', async () => {
  // The user's own choice of a directory, which everybody may enter.
  const dataDir = join(root, 'shared-place');
  mkdirSync(dataDir, { mode: 0o755 });
  await buildTemplate(await readMigrations());
  const application = await openApplication({ dataDir });
  const { app } = application;
  await createWorkspace(app, { name: 'Harbour', personName: 'Ada', currency: 'EUR' });
  app.log.info({}, 'a line');
  const upload = await beginUpload(app, { name: 'contacts.csv', sizeBytes: 3 });
  await application.storage.backup(join(dataDir, 'backups', 'one.satchel'), {});
  await application.close();
  await restore(join(dataDir, 'backups', 'one.satchel'), dataDir, {
    replace: true,
    signal: new AbortController().signal,
  });
  const entries = readdirSync(dataDir, { recursive: true, encoding: 'utf8' });
  expect(entries).toEqual(
    expect.arrayContaining([
      'pg',
      'lock.sqlite',
      join('logs', 'satchel.log'),
      join('uploads', `${upload}.part`),
    ]),
  );
  expect(entries.filter((name) => (statSync(join(dataDir, name)).mode & 0o077) !== 0)).toEqual([]);
});

test('a sync that fails is never reported as a commit', async () => {
  const { state, probe } = failingDisk();
  const options = { dataDir: join(root, 'sync'), migrations, probe, isDurable: true };
  const first = await openTestEngine(options);
  await addEntry(first.engine, 1);
  state.failsSync = true;
  await expect(addEntry(first.engine, 2)).rejects.toMatchObject({ details: { engineStopped: true } });
  await first.engine.close();
  state.failsSync = false;
  const second = await openTestEngine(options);
  const { ids, faults } = await readLedger(second.engine);
  expect(faults).toEqual([]);
  expect(ids).toContain(1);
  await second.engine.close();
});

test('a second process on the directory is refused and told who holds it; the first goes on', async () => {
  const dataDir = join(root, 'shared');
  const { engine } = await openTestEngine({ dataDir, migrations });
  const second = await runAndKill({ script: 'first-start', args: [dataDir] });
  expect(second.exitCode).not.toBe(0);
  expect(second.errors).toMatch(new RegExp(`in use by Satchel \\(process ${process.pid} on `));
  await addEntry(engine, 1);
  await engine.close();
  const third = await runAndKill({ script: 'first-start', args: [dataDir] });
  expect(third.said[0]).toEqual({ found: { ids: [1], faults: [] } });
});

test('a read-only directory is refused in plain words', () => {
  const dataDir = join(root, 'read-only');
  mkdirSync(dataDir);
  chmodSync(root, 0o755);
  chmodSync(dataDir, 0o555);
  const child = fileURLToPath(new URL('./children/without-rights.ts', import.meta.url));
  const run = spawnSync(process.execPath, [child, dataDir], { encoding: 'utf8' });
  expect(run.stderr).toContain('cannot be written to');
  expect(run.status).not.toBe(0);
});

describe('a damaged directory', () => {
  const dataDir = join(root, 'damaged');
  let relation = '';

  beforeAll(async () => {
    const { engine } = await openTestEngine({ dataDir, migrations });
    for (let id = 1; id <= 120; id += 1) await addEntry(engine, id);
    relation = await engine.transaction(asSystem, async (tx) => {
      const [row] = await tx.query<{ path: string }>("SELECT pg_relation_filepath('entry') AS path");
      return join(dataDir, 'pg', row?.path ?? '');
    });
    await engine.close();
  });

  test('with a truncated relation file is named and not opened', async () => {
    const size = statSync(relation).size;
    truncateSync(relation, 8192);
    await expect(openTestEngine({ dataDir, migrations })).rejects.toMatchObject({
      code: 'corrupt',
      message: expect.stringMatching(/base\/\d+\/\d+ has 8192 bytes instead of \d+/),
    });
    expect(size).toBeGreaterThan(8192);
    expect(statSync(relation).size).toBe(8192);
    truncateSync(relation, size);
  });

  test('with a damaged page says so when the page is read', async () => {
    const file = openSync(relation, 'r+');
    writeSync(file, Buffer.from('damage'), 0, 6, 5000);
    closeSync(file);
    const { engine } = await openTestEngine({ dataDir, migrations });
    await expect(engine.transaction(asSystem, (tx) => tx.query('SELECT * FROM entry'))).rejects.toMatchObject(
      {
        code: 'corrupt',
      },
    );
    await engine.close();
  });

  test('without its log or its control file is not opened', async () => {
    rmSync(join(dataDir, 'pg', 'global', 'pg_control'));
    await expect(openTestEngine({ dataDir, migrations })).rejects.toMatchObject({ code: 'corrupt' });
  });

  test('without its cluster is not silently made anew', async () => {
    rmSync(join(dataDir, 'pg'), { recursive: true });
    await expect(openTestEngine({ dataDir, migrations })).rejects.toMatchObject({ code: 'corrupt' });
  });
});
