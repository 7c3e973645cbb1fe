import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { restoreBackup } from '#db/engine/backup/restore-backup.ts';
import { systemClock, systemIds } from '#shared/runtime.ts';
import { openTestEngine } from '../support/engine.ts';
import { treeHash } from '../support/tree-hash.ts';
import { fastDirectory } from './fast-directory.ts';
import { anyMoment, factor, faultLimit } from './fault-plan.ts';
import { runAndKill } from './killed-process.ts';
import { addEntry, ledgerMigrations, readLedger } from './ledger.ts';

const root = fastDirectory('satchel-restore-');
afterAll(() => rmSync(root, { recursive: true, force: true }));

const migrations = ledgerMigrations;
/** What is there, and what its backup of an earlier day is to bring back. */
const present = join(root, 'present');
const backup = join(root, 'earlier.satchel');

beforeAll(async () => {
  const { engine, dataDir } = await openTestEngine({ dataDir: present, migrations });
  const attach = (name: string, text: string) => {
    mkdirSync(join(dataDir, 'files', 'ab'), { recursive: true });
    writeFileSync(join(dataDir, 'files', 'ab', name), text);
  };
  for (let id = 1; id <= 40; id += 1) await addEntry(engine, id);
  attach('ab01', 'kept in both');
  await engine.backup(backup);
  for (let id = 41; id <= 60; id += 1) await addEntry(engine, id);
  attach('ab02', 'younger than the backup');
  await engine.close();
});

/** The data, whatever the restore has put beside it. */
const dataHash = (dataDir: string) =>
  [join(dataDir, 'pg'), join(dataDir, 'files'), join(dataDir, 'satchel.json')].map((path) =>
    path.endsWith('.json') ? readFileSync(path, 'utf8') : treeHash(path),
  );

test('a restore that fails leaves the present data byte for byte', async () => {
  const dataDir = join(root, 'failing');
  cpSync(present, dataDir, { recursive: true });
  const before = dataHash(dataDir);
  const bytes = readFileSync(backup);
  const names = readdirSync(dataDir);
  // The attachments come last in a backup.
  for (const at of [0.2, 0.5, 0.98]) {
    const damaged = Buffer.from(bytes);
    const place = Math.floor(damaged.length * at);
    damaged[place] = (damaged[place] ?? 0) ^ 0xff;
    writeFileSync(join(root, 'damaged.satchel'), damaged);
    await expect(
      restoreBackup(join(root, 'damaged.satchel'), dataDir, {
        clock: systemClock,
        ids: systemIds,
        replace: true,
      }),
    ).rejects.toMatchObject({ code: 'corrupt' });
    expect(dataHash(dataDir)).toEqual(before);
    expect(readdirSync(dataDir)).toEqual(names);
  }
});

test(
  'killed at any moment, a restore has left the present data or brought back the other',
  async () => {
    let kills = 0;
    let untouched = 0;
    for (let pass = 0; kills < 16 * factor; pass += 1) {
      const dataDir = join(root, `killed-${pass}`);
      cpSync(present, dataDir, { recursive: true });
      const before = dataHash(dataDir);
      let isRestored = false;
      while (!isRestored) {
        const run = await runAndKill({
          script: 'restore',
          args: [dataDir, backup],
          ...(kills < 16 * factor && { killAfter: anyMoment(1_500), from: 'restoring' }),
        });
        expect(run.errors).toBe('');
        if (run.wasKilled) kills += 1;
        isRestored = existsSync(join(dataDir, 'exchange.json')) || !existsSync(join(dataDir, 'satchel.json'));
        if (!isRestored) untouched += 1;
        expect(isRestored ? before : dataHash(dataDir)).toEqual(before);
      }
      const { engine } = await openTestEngine({ dataDir, migrations });
      expect(await readLedger(engine)).toEqual({
        ids: Array.from({ length: 40 }, (_, index) => index + 1),
        faults: [],
      });
      await engine.close();
      const names = readdirSync(dataDir);
      expect(names.filter((name) => /new-|exchange/.test(name))).toEqual([]);
      expect(readdirSync(join(dataDir, 'files', 'ab'))).toEqual(['ab01']);
      const keptFiles = names.find((name) => name.startsWith('files.replaced-')) ?? '';
      const keptCluster = names.find((name) => name.startsWith('pg.replaced-')) ?? '';
      expect([treeHash(join(dataDir, keptCluster)), treeHash(join(dataDir, keptFiles))]).toEqual(
        before.slice(0, 2),
      );
      rmSync(dataDir, { recursive: true });
    }
    expect(untouched).toBeGreaterThan(0);
  },
  faultLimit,
);

test('a restore into a new directory that was killed can be tried again', async () => {
  const dataDir = join(root, 'new');
  mkdirSync(dataDir);
  mkdirSync(join(dataDir, 'pg.new-unfinished'));
  mkdirSync(join(dataDir, 'files'));
  await restoreBackup(backup, dataDir, { clock: systemClock, ids: systemIds });
  expect(readdirSync(dataDir)).not.toContain('pg.new-unfinished');
});
