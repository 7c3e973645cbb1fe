import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { buildTemplate } from '#db/template/build.ts';
import { openTestEngine } from '#tests/support/engine.ts';
import { fastDirectory } from './fast-directory.ts';
import { addEntry, ledgerMigrations, readLedger } from './ledger.ts';
import { cutPower, RecordedDisk } from './recorded-disk.ts';
import { seededRandom } from './seeded-random.ts';

const factor = Number(process.env['SATCHEL_FAULT_FACTOR'] ?? 1);
const root = fastDirectory('satchel-power-');
afterAll(() => rmSync(root, { recursive: true, force: true }));

interface Recording {
  readonly disk: RecordedDisk;
  /** The cluster before the first operation. */
  readonly base: string;
  /** Each entry with the number of operations that had been made when it was acknowledged. */
  readonly acknowledged: { readonly id: number; readonly at: number }[];
  readonly migrations: typeof ledgerMigrations;
}

/** Works with a ledger for a while on a recorded disk: entries, bulk changes, new tables, checkpoints, a vacuum. */
async function record(name: string, isDurable: boolean): Promise<Recording> {
  const migrations = ledgerMigrations;
  const dataDir = join(root, name);
  const first = await openTestEngine({ dataDir, migrations });
  await first.engine.close();
  const base = join(root, `${name}-base`);
  cpSync(join(dataDir, 'pg'), base, { recursive: true });
  const disk = new RecordedDisk(join(dataDir, 'pg'));
  const { engine } = await openTestEngine({ dataDir, migrations, isDurable, probe: disk });
  const acknowledged: { id: number; at: number }[] = [];
  const script = (sql: string) => engine.transaction({ as: 'system' }, (tx) => tx.script(sql));
  for (let id = 1; id <= 240; id += 1) {
    await addEntry(engine, id);
    acknowledged.push({ id, at: disk.operations.length });
    if (id % 50 === 0) await engine.checkpoint();
    if (id % 60 === 0) {
      await script(
        `CREATE TABLE extra_${id} AS SELECT i, repeat('x', 500) AS x FROM generate_series(1, 2000) i`,
      );
    }
    if (id === 130) await script('DROP TABLE extra_60; UPDATE entry SET filler = upper(filler)');
  }
  await engine.close();
  return { disk, base, acknowledged, migrations };
}

/** Cuts the power after `at` operations, starts again, and returns what is wrong with the ledger. */
async function cutAndStart(recording: Recording, at: number, random: () => number): Promise<string[]> {
  const dataDir = join(root, 'after-cut');
  rmSync(dataDir, { recursive: true, force: true });
  mkdirSync(dataDir);
  cutPower(recording.base, recording.disk.operations.slice(0, at), join(dataDir, 'pg'), random);
  try {
    const { engine } = await openTestEngine({ dataDir, migrations: recording.migrations });
    const { ids, faults } = await readLedger(engine);
    await engine.close();
    const present = new Set(ids);
    const lost = recording.acknowledged.filter((entry) => entry.at <= at && !present.has(entry.id));
    return [...faults, ...(lost.length > 0 ? [`lost ${lost.map(({ id }) => id).join(', ')}`] : [])];
  } catch (error) {
    return [`does not start: ${String(error)}`];
  }
}

async function sweep(recording: Recording, cuts: number, random: () => number): Promise<string[]> {
  const faults: string[] = [];
  for (let cut = 0; cut < cuts; cut += 1) {
    const at = Math.floor(random() * recording.disk.operations.length);
    for (const fault of await cutAndStart(recording, at, random)) faults.push(`cut at ${at}: ${fault}`);
  }
  return faults;
}

const seed = Number(process.env['SATCHEL_FAULT_SEED'] ?? Date.now() % 1_000_000);

test(`a power cut loses nothing acknowledged (seed ${seed})`, async () => {
  await buildTemplate(ledgerMigrations);
  const recording = await record('durable', true);
  expect(await sweep(recording, 25 * factor, seededRandom(seed))).toEqual([]);
});

test('mutation: without the sync of files the same sweep finds losses', async () => {
  const recording = await record('mutant', false);
  const faults = await sweep(recording, 4, seededRandom(seed));
  expect(faults.length).toBeGreaterThan(0);
});
