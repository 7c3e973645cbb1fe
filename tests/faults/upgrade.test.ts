import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillWithDemo } from '#core/demo/fill.ts';
import { workspaceStatus } from '#core/workspace/status.ts';
import { type Migration, readMigrations } from '#db/migrate/migrations.ts';
import { inspectDataDirectory } from '#db/start/inspect.ts';
import type { OpenEngine } from '#db/start/open.ts';
import type { UpgradeProgress } from '#db/start/upgrade/upgrade-cluster.ts';
import { buildTemplate } from '#db/template/build.ts';
import { systemClock, systemIds } from '#shared/runtime.ts';
import { applicationOver, personOf } from '../support/demo-application.ts';
import { openTestEngine } from '../support/engine.ts';
import { fillFrom, listTables, openPostgres17 } from '../support/postgres-17.ts';
import { treeHash } from '../support/tree-hash.ts';
import { fastDirectory } from './fast-directory.ts';
import { anyMoment, factor, faultLimit } from './fault-plan.ts';
import { runAndKill } from './killed-process.ts';
import { type LedgerState, ledgerMigrations, ledgerRow } from './ledger.ts';

const root = fastDirectory('satchel-upgrade-');
afterAll(() => rmSync(root, { recursive: true, force: true }));

const dataDir = join(root, 'firm');
/** What initdb of that version makes. */
const empty17 = join(root, 'empty-17');
let original: Map<string, string>;
let migrations: Migration[];

/** The stored columns of every row of every table, as text. */
async function contents(engine: OpenEngine): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const { name, columns } of await listTables(engine)) {
    const [row] = await engine.transaction({ as: 'system' }, (tx) =>
      tx.query<{ rows: string | null }>(
        `SELECT string_agg(row, E'\\n' ORDER BY row COLLATE "C") AS rows
         FROM (SELECT ROW(${columns})::text AS row FROM ONLY ${name}) r`,
      ),
    );
    found.set(name, row?.rows ?? '');
  }
  return found;
}

const rowsOf = (tables: ReadonlyMap<string, string>, name: string) =>
  tables.get(name)?.split('\n').length ?? 0;

/** A firm with a history and changes that wait to be sent, in a directory of PostgreSQL 17. */
beforeAll(async () => {
  migrations = await readMigrations();
  const made = await openTestEngine({ dataDir: join(root, 'made') });
  const app = applicationOver(made.engine, made.dataDir);
  const identity = await personOf(app, 'Harbour & Söhne');
  await made.engine.transaction({ as: 'system' }, (tx) =>
    tx.execute(
      "INSERT INTO sync_state (workspace_id, client_id, node, capturing) VALUES ($1, $1, '0123abcd', true)",
      [identity.workspaceId],
    ),
  );
  for await (const _ of fillWithDemo(app, identity, {
    contacts: 60,
    activities: 600,
    seed: 7,
    endsAt: Date.UTC(2026, 4, 20),
    pace: 'bulk',
  })) {
    // Each step is a transaction of its own.
  }
  await made.engine.transaction({ as: identity }, (tx) =>
    tx.execute("UPDATE accounts SET name = name || ' ß' WHERE deleted_at IS NULL"),
  );
  original = await contents(made.engine);
  await (await openPostgres17(empty17, [])).close();
  cpSync(empty17, join(dataDir, 'pg'), { recursive: true });
  cpSync(join(made.dataDir, 'satchel.json'), join(dataDir, 'satchel.json'));
  const old = await openPostgres17(join(dataDir, 'pg'), migrations);
  await fillFrom(made.engine, old);
  await old.close();
  await made.engine.close();
});

test('the data of PostgreSQL 17 is all there under the new one, and the old directory is kept as it was', async () => {
  const before = treeHash(join(dataDir, 'pg'));
  const installation: unknown = JSON.parse(readFileSync(join(dataDir, 'satchel.json'), 'utf8'));
  expect(await inspectDataDirectory(dataDir, { clock: systemClock, ids: systemIds })).toMatchObject({
    postgres: { found: '17', expected: '18' },
    isUpgradeDue: true,
    kept: [],
  });
  expect(treeHash(join(dataDir, 'pg'))).toBe(before);

  const progress: UpgradeProgress[] = [];
  const { engine } = await openTestEngine({ dataDir, onUpgrade: (step) => progress.push(step) });
  expect(engine.installation).toEqual(installation);
  const upgraded = await contents(engine);
  // The comparison means something: there are rows of all kinds.
  expect(rowsOf(original, 'accounts')).toBeGreaterThan(5);
  expect(rowsOf(original, 'sync_outbox')).toBeGreaterThan(5);
  expect([...original.keys()].filter((name) => name.startsWith('activities_y')).length).toBeGreaterThan(3);
  for (const [name, rows] of original) {
    // When a migration was applied is the one fact that each directory has of its own.
    const isSame = name === 'satchel.migrations' || upgraded.get(name) === rows;
    expect({ name, isSame }).toEqual({ name, isSame: true });
  }
  expect(upgraded.size).toBe(original.size);
  expect(await engine.findDamage()).toEqual([]);
  const app = applicationOver(engine, dataDir);
  const identity = await personOf(app, 'none');
  const status = await workspaceStatus(engine, identity);
  expect(status).toMatchObject({ state: 'ready', workspace: { name: 'Harbour & Söhne' } });
  const positions = () =>
    engine.transaction({ as: 'system' }, (tx) =>
      tx.query<{ top: bigint }>('SELECT max(position) AS top FROM sync_outbox'),
    );
  const [top] = await positions();
  // Triggers are on again, and the outbox goes on where it was.
  await engine.transaction({ as: identity }, (tx) => tx.execute("UPDATE accounts SET name = name || '!'"));
  expect((await positions())[0]?.top).toBeGreaterThan(top?.top ?? 0n);
  await engine.close();

  expect(progress.map(({ step }) => step).filter((step, index, all) => step !== all[index - 1])).toEqual([
    'preparing',
    'copying',
    'indexing',
    'comparing',
  ]);
  expect(progress.at(-1)).toMatchObject({ done: progress.at(-1)?.total });
  const [kept, ...others] = readdirSync(dataDir).filter((name) => name.startsWith('pg.'));
  expect(others).toEqual([]);
  expect(treeHash(join(dataDir, kept ?? ''))).toBe(before);
  const inspection = await inspectDataDirectory(dataDir, { clock: systemClock, ids: systemIds });
  expect(inspection).toMatchObject({ damage: [], kept: [{ name: kept, by: 'upgrade' }] });
});

const isUpgraded = (directory: string) =>
  !existsSync(join(directory, 'pg', 'PG_VERSION')) ||
  readFileSync(join(directory, 'pg', 'PG_VERSION'), 'utf8').trim() === '18';

test(
  'killed at any moment, the old directory is as it was or the new one is whole',
  async () => {
    const source = join(root, 'ledger-17');
    const entries = 5_000;
    cpSync(empty17, source, { recursive: true });
    const old = await openPostgres17(source, ledgerMigrations);
    await old.exec(`INSERT INTO entry SELECT ${ledgerRow} FROM generate_series(1, ${entries}) AS id;
    UPDATE total SET (amount, entries) = (SELECT sum(amount), count(*) FROM entry)`);
    await old.close();
    const untouched = treeHash(source);
    const template = await buildTemplate(ledgerMigrations);
    let kills = 0;
    for (let pass = 0; kills < 20 * factor; pass += 1) {
      const killed = join(root, `killed-${pass}`);
      cpSync(source, join(killed, 'pg'), { recursive: true });
      for (let attempt = 0; attempt < 6; attempt += 1) {
        // The exchange is short and comes right after the comparison, so it is aimed at as well.
        const from = [undefined, 'copying', 'comparing'][attempt % 3];
        const run = await runAndKill({
          script: 'first-start',
          args: [killed, template],
          killAfter: anyMoment(2_000),
          ...(from && { from }),
        });
        expect(run.errors).toBe('');
        if (run.wasKilled) kills += 1;
        if (isUpgraded(killed)) break;
        expect(treeHash(join(killed, 'pg'))).toBe(untouched);
      }
      const last = await runAndKill({ script: 'first-start', args: [killed, template] });
      expect(last.errors).toBe('');
      const found = last.said.find((line) => 'found' in line) ?? {};
      const { ids, faults } = found['found'] as LedgerState;
      expect({ entries: ids.length, faults }).toEqual({ entries, faults: [] });
      const [kept, ...others] = readdirSync(killed).filter((name) => /^pg\.|exchange/.test(name));
      expect(others).toEqual([]);
      expect(kept).toMatch(/^pg\.postgresql-17-/);
      expect(treeHash(join(killed, kept ?? ''))).toBe(untouched);
      rmSync(killed, { recursive: true });
    }
  },
  faultLimit,
);

test('an old directory that knows fewer migrations gets the others afterwards', async () => {
  const few = [0, 1, 2].map((number) => ({
    number: number + 1,
    name: `000${number + 1}_step.sql`,
    checksum: String(number),
    sql: `CREATE SCHEMA IF NOT EXISTS satchel; CREATE TABLE step_${number} (id int PRIMARY KEY, part int REFERENCES step_0);
      INSERT INTO step_${number} VALUES (1, 1)`,
  }));
  const directory = join(root, 'behind');
  cpSync(empty17, join(directory, 'pg'), { recursive: true });
  const old = await openPostgres17(join(directory, 'pg'), few.slice(0, 2));
  await old.exec('INSERT INTO step_1 VALUES (2, 1); DELETE FROM step_1 WHERE id = 1');
  await old.close();
  const { engine } = await openTestEngine({ dataDir: directory, migrations: few });
  const found = await engine.transaction({ as: 'system' }, async (tx) => [
    await tx.query('SELECT id FROM step_1'),
    await tx.query('SELECT id FROM step_2'),
    await tx.query('SELECT number FROM satchel.migrations ORDER BY 1'),
  ]);
  expect(found).toEqual([[{ id: 2 }], [{ id: 1 }], [{ number: 1 }, { number: 2 }, { number: 3 }]]);
  await engine.close();
});

test('rows that break a rule stop the upgrade, and the old directory stays', async () => {
  const ledger = { number: 1, name: '0001_x.sql', checksum: 'x' };
  const sql = `CREATE SCHEMA satchel; CREATE TABLE whole (id int PRIMARY KEY);
    CREATE TABLE part (id int PRIMARY KEY, whole int REFERENCES whole)`;
  const directory = join(root, 'broken');
  cpSync(empty17, join(directory, 'pg'), { recursive: true });
  const old = await openPostgres17(join(directory, 'pg'), [{ ...ledger, sql }]);
  await old.exec('SET session_replication_role = replica; INSERT INTO part VALUES (1, 99)');
  await old.close();
  const before = treeHash(join(directory, 'pg'));
  await expect(
    openTestEngine({ dataDir: directory, migrations: [{ ...ledger, sql }] }),
  ).rejects.toMatchObject({
    code: 'internal',
    message: expect.stringMatching(
      /written by PostgreSQL 17 and could not be brought over.*part_whole_fkey.*The data is untouched/,
    ) as string,
  });
  expect(treeHash(join(directory, 'pg'))).toBe(before);
  expect(readdirSync(directory).filter((name) => name.startsWith('pg.'))).toEqual([]);
});

test('a version for which there is no engine is explained', async () => {
  const directory = join(root, 'ancient');
  const { engine } = await openTestEngine({ dataDir: directory });
  await engine.close();
  writeFileSync(join(directory, 'pg', 'PG_VERSION'), '14\n');
  await expect(openTestEngine({ dataDir: directory })).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringMatching(
      /written by PostgreSQL 14; .*Open it with the Satchel that made it/,
    ) as string,
  });
});
