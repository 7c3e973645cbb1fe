import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { restoreBackup } from '#db/engine/backup/restore-backup.ts';
import { buildTemplate } from '#db/template/build.ts';
import { systemClock, systemIds } from '#shared/runtime.ts';
import { openTestEngine } from '../support/engine.ts';
import { openPostgres17 } from '../support/postgres-17.ts';
import { testSeed } from '../support/seed.ts';
import { fastDirectory } from './fast-directory.ts';
import { factor, faultLimit } from './fault-plan.ts';
import { growingMigrations, rowsPerMigration } from './growing-migrations.ts';
import { addEntry, ledgerMigrations, ledgerRow, readLedger } from './ledger.ts';
import { cutPower } from './model-disk.ts';
import { RecordedDisk } from './recorded-disk.ts';
import { seededRandom } from './seeded-random.ts';

const root = fastDirectory('satchel-power-');
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Something that is done to a data directory while the power may fail. */
interface Scenario {
  /** How often the power is cut. */
  readonly cuts: number;
  /** Makes what is there before; nothing, by default. */
  prepare?(dataDir: string): Promise<void>;
  /** Does it, calling `acknowledge` after each thing that must not be lost any more. */
  act(dataDir: string, acknowledge: (id: number) => void): Promise<void>;
  /** Starts again after a cut, and returns what is wrong; `kept` was acknowledged before. */
  check(dataDir: string, kept: readonly number[]): Promise<string[]>;
}

const migrations = ledgerMigrations;
const durable = { migrations, isDurable: true };

/** The faults of the ledger, and the entries that are missing. */
async function checkLedger(dataDir: string, kept: readonly number[]): Promise<string[]> {
  const { engine } = await openTestEngine({ dataDir, migrations });
  const { ids, faults } = await readLedger(engine);
  await engine.close();
  const present = new Set(ids);
  const lost = kept.filter((id) => !present.has(id));
  return [...faults, ...(lost.length > 0 ? [`lost ${lost.join(', ')}`] : [])];
}

/** Opens it for the first time, and goes on working. */
function firstStart(template: () => Promise<string | false>): Scenario['act'] {
  return async (dataDir, acknowledge) => {
    const { engine } = await openTestEngine({ dataDir, ...durable, template: await template() });
    for (let id = 1; id <= 3; id += 1) {
      await addEntry(engine, id);
      acknowledge(id);
    }
    await engine.close();
  };
}

const few = growingMigrations().slice(0, 12);
const backup = join(root, 'ledger.satchel');

const scenarios: Readonly<Record<string, Scenario>> = {
  'work with a ledger: entries, bulk changes, new tables, checkpoints': {
    cuts: 25,
    async prepare(dataDir) {
      await (await openTestEngine({ dataDir, migrations })).engine.close();
    },
    async act(dataDir, acknowledge) {
      const { engine } = await openTestEngine({ dataDir, ...durable });
      const script = (sql: string) => engine.transaction({ as: 'system' }, (tx) => tx.script(sql));
      for (let id = 1; id <= 240; id += 1) {
        await addEntry(engine, id);
        acknowledge(id);
        if (id % 50 === 0) await engine.checkpoint();
        if (id % 60 === 0) {
          await script(
            `CREATE TABLE extra_${id} AS SELECT i, repeat('x', 500) AS x FROM generate_series(1, 2000) i`,
          );
        }
        if (id === 130) await script('DROP TABLE extra_60; UPDATE entry SET filler = upper(filler)');
      }
      await engine.close();
    },
    check: checkLedger,
  },
  'a first start from the template': {
    cuts: 8,
    act: firstStart(() => buildTemplate(migrations)),
    check: checkLedger,
  },
  'a first start without a template': {
    cuts: 5,
    act: firstStart(() => Promise.resolve(false)),
    check: checkLedger,
  },
  migrations: {
    cuts: 8,
    async prepare(dataDir) {
      const engine = await openTestEngine({ dataDir, migrations: few.slice(0, 2) });
      await engine.close();
    },
    async act(dataDir, acknowledge) {
      const { engine } = await openTestEngine({ dataDir, migrations: few, isDurable: true });
      for (const { number } of few) acknowledge(number);
      await engine.close();
    },
    async check(dataDir, kept) {
      const { engine } = await openTestEngine({ dataDir, migrations: few, hasMaintenance: false });
      const faults: string[] = kept.length > 0 && kept.length < few.length ? ['some are acknowledged'] : [];
      await engine.transaction({ as: 'system' }, async (tx) => {
        for (const { number } of few) {
          const [step] = await tx.query<{ count: number }>(
            `SELECT count(*)::int AS count FROM step_${number}`,
          );
          if (step?.count !== rowsPerMigration) faults.push(`step ${number} has ${step?.count} rows`);
        }
      });
      await engine.close();
      return faults;
    },
  },
  'a restore over other data': {
    cuts: 8,
    async prepare(dataDir) {
      const { engine } = await openTestEngine({ dataDir, migrations });
      for (let id = 1; id <= 20; id += 1) await addEntry(engine, id);
      await engine.backup(backup);
      for (let id = 21; id <= 30; id += 1) await addEntry(engine, id);
      await engine.close();
    },
    async act(dataDir, acknowledge) {
      await restoreBackup(backup, dataDir, { clock: systemClock, ids: systemIds, replace: true });
      acknowledge(20);
    },
    async check(dataDir, kept) {
      const { engine } = await openTestEngine({ dataDir, migrations });
      const { ids, faults } = await readLedger(engine);
      await engine.close();
      const allowed = kept.length > 0 ? [20] : [20, 30];
      return allowed.includes(ids.length) ? [...faults] : [...faults, `${ids.length} entries`];
    },
  },
  'an upgrade from PostgreSQL 17': {
    cuts: 6,
    async prepare(dataDir) {
      mkdirSync(dataDir);
      const old = await openPostgres17(join(dataDir, 'pg'), migrations);
      await old.exec(`INSERT INTO entry SELECT ${ledgerRow} FROM generate_series(1, 50) AS id;
        UPDATE total SET (amount, entries) = (SELECT sum(amount), count(*) FROM entry)`);
      await old.close();
    },
    async act(dataDir, acknowledge) {
      const { engine } = await openTestEngine({ dataDir, ...durable });
      await addEntry(engine, 51);
      acknowledge(51);
      await engine.close();
    },
    check: (dataDir, kept) =>
      checkLedger(dataDir, [...kept, ...Array.from({ length: 50 }, (_, index) => index + 1)]),
  },
};

interface Recording {
  readonly scenario: Scenario;
  readonly disk: RecordedDisk;
  /** Everything as it was before the first operation. */
  readonly base: string;
  /** Each with the number of operations that had been made when it was acknowledged. */
  readonly acknowledged: readonly { readonly id: number; readonly at: number }[];
}

async function record(scenario: Scenario, place: string, ignoresSyncs: boolean): Promise<Recording> {
  const disk = join(root, place);
  const base = `${disk}-base`;
  mkdirSync(disk);
  const dataDir = join(disk, 'data');
  await scenario.prepare?.(dataDir);
  cpSync(disk, base, { recursive: true });
  const acknowledged: { id: number; at: number }[] = [];
  using recorded = new RecordedDisk(disk, { ignoresSyncs });
  await scenario.act(dataDir, (id) => acknowledged.push({ id, at: recorded.operations.length }));
  return { scenario, disk: recorded, base, acknowledged };
}

/** Cuts the power after `at` operations, starts again, and returns what is wrong. */
async function cutAndStart(recording: Recording, at: number, random: () => number): Promise<string[]> {
  const place = join(root, 'after-cut');
  rmSync(place, { recursive: true, force: true });
  cutPower(recording.base, recording.disk.operations.slice(0, at), place, random);
  const kept = recording.acknowledged.filter((entry) => entry.at <= at).map(({ id }) => id);
  try {
    return await recording.scenario.check(join(place, 'data'), kept);
  } catch (error) {
    return [`does not start: ${String(error)}`];
  }
}

describe.each(Object.entries(scenarios))('a power cut during %s', (name, scenario) => {
  const place = name.replaceAll(/\W+/g, '-');

  test(
    `loses nothing acknowledged (seed ${testSeed})`,
    async () => {
      const recording = await record(scenario, place, false);
      const { length } = recording.disk.operations;
      const random = seededRandom(testSeed);
      const faults: string[] = [];
      for (let cut = 0; cut < scenario.cuts * factor; cut += 1) {
        // The last moments are where names change.
        const at = cut % 3 === 2 ? length - Math.floor(random() * 40) : Math.floor(random() * length);
        for (const fault of await cutAndStart(recording, at, random)) faults.push(`cut at ${at}: ${fault}`);
      }
      expect(faults).toEqual([]);
    },
    faultLimit,
  );

  test('mutation: without syncs it finds losses', async () => {
    const recording = await record(scenario, `${place}-mutant`, true);
    const last = recording.acknowledged.at(-1)?.at ?? 0;
    const random = seededRandom(testSeed);
    const faults: string[] = [];
    for (let cut = 0; cut < 4 && faults.length === 0; cut += 1) {
      faults.push(...(await cutAndStart(recording, last, random)));
    }
    expect(faults.length).toBeGreaterThan(0);
  });
});
