import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock, systemIds } from '#shared/runtime.ts';
import { addEntry, ledgerMigrations, readLedger } from '#tests/faults/ledger.ts';
import { openTestEngine, type TestEngine } from '#tests/support/engine.ts';
import { verifiedBackupSchema } from './manifest.ts';
import { restoreBackup } from './restore-backup.ts';
import { verifyBackup } from './verify-backup.ts';

const root = mkdtempSync(join(tmpdir(), 'satchel-backup-'));
const file = join(root, 'one.satchel');
const runtime = { clock: systemClock, ids: systemIds };
const migrations = ledgerMigrations;
let source: TestEngine;
let writtenMeanwhile = 0;

beforeAll(async () => {
  source = await openTestEngine({ dataDir: join(root, 'source'), migrations });
  mkdirSync(join(source.dataDir, 'files', 'ab'));
  writeFileSync(join(source.dataDir, 'files', 'ab', 'abcdef'), 'an attachment');
  for (let id = 1; id <= 50; id += 1) await addEntry(source.engine, id);
  await source.engine.transaction({ as: 'system' }, (tx) =>
    tx.script(
      "CREATE TABLE bulk AS SELECT i, md5(i::text) || repeat('b', 300) AS x FROM generate_series(1, 60000) i",
    ),
  );
  const progress = { isDone: false };
  const backup = source.engine.backup(file).finally(() => {
    progress.isDone = true;
  });
  for (let id = 51; !progress.isDone; id += 1) {
    await addEntry(source.engine, id);
    writtenMeanwhile += 1;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  await backup;
});

afterAll(async () => {
  await source.close();
  rmSync(root, { recursive: true, force: true });
});

test('work goes on during a backup', () => {
  expect(writtenMeanwhile).toBeGreaterThan(20);
});

test('a verified backup is noted in the data directory', () => {
  const noted = verifiedBackupSchema.parse(
    JSON.parse(readFileSync(join(source.dataDir, 'last-backup.json'), 'utf8')),
  );
  expect(noted).toMatchObject({ file, bytes: statSync(file).size });
  expect(noted.tables).toBeGreaterThanOrEqual(1);
  expect(readdirSync(root)).toEqual(expect.not.arrayContaining([expect.stringMatching(/partial|verify/)]));
});

test('it compares the small tables of a busy engine, and every table where nobody waits', async () => {
  const { engine } = source;
  // Never analysed: by the planner's figures it is as small as an empty one.
  await engine.transaction({ as: 'system' }, (tx) =>
    tx.script('CREATE TABLE small AS SELECT 1 AS n; CREATE TABLE nothing (n int)'),
  );
  const passing = await engine.backup(join(root, 'passing.satchel'));
  expect(passing.allTables).toBeGreaterThanOrEqual(4);
  expect(passing.tables).toBe(passing.allTables - 1);
  const whole = await engine.backup(join(root, 'whole.satchel'), { countsAll: true });
  expect(whole).toMatchObject({ tables: passing.allTables, allTables: passing.allTables });
});

test('it restores into a new directory as a new installation, with attachments, whole', async () => {
  const target = join(root, 'restored');
  await restoreBackup(file, target, runtime);
  const restored = await openTestEngine({ dataDir: target, migrations });
  const { ids, faults } = await readLedger(restored.engine);
  expect(faults).toEqual([]);
  expect(ids.length).toBeGreaterThanOrEqual(50);
  expect(ids).toEqual(Array.from({ length: ids.length }, (_, index) => index + 1));
  expect(restored.engine.installation.id).not.toBe(source.engine.installation.id);
  expect(readFileSync(join(target, 'files', 'ab', 'abcdef'), 'utf8')).toBe('an attachment');
  await restored.close();
});

test('a directory with data is only replaced when asked for, and what was there is kept', async () => {
  const target = join(root, 'occupied');
  const old = await openTestEngine({ dataDir: target, migrations });
  await addEntry(old.engine, 999);
  await old.close();
  await expect(restoreBackup(file, target, runtime)).rejects.toMatchObject({ code: 'conflict' });
  await restoreBackup(file, target, { ...runtime, replace: true });
  const restored = await openTestEngine({ dataDir: target, migrations });
  expect((await readLedger(restored.engine)).ids).not.toContain(999);
  await restored.close();
  expect(readdirSync(target).filter((name) => name.startsWith('pg.replaced-'))).toHaveLength(1);
});

test('a restore that was cut short between its steps is finished by the next start', async () => {
  const target = join(root, 'cut-short');
  await restoreBackup(file, target, runtime);
  renameSync(join(target, 'pg'), join(target, 'pg.restored-x'));
  const swaps = [{ incoming: 'pg.restored-x', place: 'pg', outgoing: 'pg.replaced-x' }];
  writeFileSync(join(target, 'exchange.json'), JSON.stringify({ swaps, forgotten: ['satchel.json'] }));
  const restored = await openTestEngine({ dataDir: target, migrations });
  expect((await readLedger(restored.engine)).faults).toEqual([]);
  await restored.close();
  expect(existsSync(join(target, 'exchange.json'))).toBe(false);
});

test.each([
  ['cut short', (path: string) => truncateSync(path, statSync(path).size - 1000)],
  [
    'changed',
    (path: string) => {
      const bytes = readFileSync(path);
      bytes[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 0xff;
      writeFileSync(path, bytes);
    },
  ],
  ['no backup at all', (path: string) => writeFileSync(path, 'hello')],
])('a backup file that is %s is refused and leaves nothing behind', async (_name, damage) => {
  const copy = join(root, 'damaged.satchel');
  writeFileSync(copy, readFileSync(file));
  damage(copy);
  const target = join(root, 'from-damaged');
  await expect(restoreBackup(copy, target, runtime)).rejects.toMatchObject({ code: 'corrupt' });
  expect(existsSync(target)).toBe(false);
  // A directory that was there stays, as empty as it was, and takes the next backup.
  mkdirSync(target);
  await expect(restoreBackup(copy, target, runtime)).rejects.toMatchObject({ code: 'corrupt' });
  expect(readdirSync(target)).toEqual([]);
  rmSync(target, { recursive: true });
});

test('the verification finds a backup of a damaged table', async () => {
  const dataDir = join(root, 'sick');
  const sick = await openTestEngine({ dataDir, migrations });
  for (let id = 1; id <= 100; id += 1) await addEntry(sick.engine, id);
  const path = await sick.engine.transaction({ as: 'system' }, async (tx) => {
    const [row] = await tx.query<{ path: string }>("SELECT pg_relation_filepath('entry') AS path");
    return join(dataDir, 'pg', row?.path ?? '');
  });
  // Reading sets hint bits: done before, so that no later log record brings back the whole page.
  await readLedger(sick.engine);
  await sick.engine.checkpoint();
  const bytes = readFileSync(path);
  bytes.write('damage', 6000);
  writeFileSync(path, bytes);
  const sickFile = join(root, 'sick.satchel');
  await expect(
    sick.engine.backup(sickFile, {
      verify: (written) => verifyBackup(written, mkdtempSync(join(root, 'proof-'))),
    }),
  ).rejects.toMatchObject({ code: 'corrupt' });
  expect(existsSync(join(dataDir, 'last-backup.json'))).toBe(false);
  expect(readdirSync(root).filter((name) => name.startsWith('sick.satchel'))).toEqual([]);
  await sick.close();
});

test.each(['while it is written', 'while it is verified'])(
  'a quit ends a backup at once, %s',
  async (when) => {
    const opened = await openTestEngine({ dataDir: join(root, 'source-2'), migrations });
    const { engine } = opened;
    await engine.transaction({ as: 'system' }, (tx) =>
      tx.script(
        "CREATE TABLE IF NOT EXISTS bulk AS SELECT i, md5(i::text) || repeat('b', 900) AS x FROM generate_series(1, 60000) i",
      ),
    );
    const target = join(root, 'cancelled.satchel');
    const backup = engine.backup(target);
    const outcome = backup.catch((error: unknown) => error);
    const hasBegun = () =>
      when === 'while it is written'
        ? existsSync(`${target}.partial`)
        : readdirSync(root).some((name) => name.startsWith('.verify-'));
    while (!hasBegun()) await new Promise((resolve) => setTimeout(resolve, 2));
    const started = process.cpuUsage();
    await opened.close();
    const cancelling = process.cpuUsage(started);
    expect(await outcome).toMatchObject({
      code: 'busy',
      message: expect.stringContaining('cancelled') as string,
    });
    expect(readdirSync(root).filter((name) => /cancelled|verify/.test(name))).toEqual([]);
    // PostgreSQL's backup mode was ended too: the next one is taken and proven.
    const again = await openTestEngine({ dataDir: join(root, 'source-2'), migrations });
    const restarted = process.cpuUsage();
    const written = await again.engine.backup(join(root, `${when}.satchel`));
    const whole = process.cpuUsage(restarted);
    // Cancelling does not go on with the work.
    expect(cancelling.user + cancelling.system).toBeLessThan((whole.user + whole.system) / 4);
    expect(written.tables).toBeGreaterThanOrEqual(1);
    await again.close();
  },
);
