import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestEngine } from '#tests/support/engine.ts';
import { buildTemplate } from '../template/build.ts';
import { type Migration, readMigrations } from './migrations.ts';

const root = mkdtempSync(join(tmpdir(), 'satchel-migrate-'));
const dataDir = join(root, 'data');
const migration = (number: number, sql: string): Migration => ({
  number,
  name: `${String(number).padStart(4, '0')}_test.sql`,
  sql,
  checksum: sql,
});
const first = migration(1, 'CREATE SCHEMA satchel; CREATE TABLE one (i int)');
const second = migration(2, 'CREATE TABLE two (i int); INSERT INTO one VALUES (1)');

/** Opens the directory with these migrations, and reads the tables and rows there are. */
async function openWith(migrations: readonly Migration[], of = dataDir) {
  // A template without migrations, so that it is the opening of this directory that applies them.
  const { engine } = await openTestEngine({ dataDir: of, migrations, template: await buildTemplate([]) });
  try {
    return await engine.transaction({ as: 'system' }, async (tx) => ({
      applied: await tx.query('SELECT number FROM satchel.migrations ORDER BY number'),
      tables: (
        await tx.query<{ name: string }>(
          "SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1",
        )
      ).map(({ name }) => name),
    }));
  } finally {
    await engine.close();
  }
}

beforeAll(() => openWith([first]));
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('a migration that fails leaves nothing, and the next start tries it again', async () => {
  const failing = migration(2, 'CREATE TABLE two (i int); SELECT 1 / 0');
  await expect(openWith([first, failing])).rejects.toMatchObject({
    code: 'internal',
    message: expect.stringContaining('The migration 0002_test.sql failed') as string,
  });
  expect(await openWith([first])).toEqual({ applied: [{ number: 1 }], tables: ['one'] });
  expect(await openWith([first, second])).toEqual({
    applied: [{ number: 1 }, { number: 2 }],
    tables: ['one', 'two'],
  });
});

test('a database that is newer than the program is refused and left alone', async () => {
  await expect(openWith([first])).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringMatching(/A newer Satchel has changed this data.*Update Satchel/) as string,
  });
  expect((await openWith([first, second])).tables).toEqual(['one', 'two']);
});

test('data whose migrations had another text is refused with what to do, and left alone', async () => {
  const edited = migration(1, `${first.sql} -- edited`);
  await expect(openWith([edited, second])).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringMatching(
      /made by a preview version of Satchel: its 0001_test\.sql is another.*export.*import.*untouched/,
    ) as string,
  });
});

test('data that had other migrations under these numbers, and more of them, is no newer data', async () => {
  await expect(openWith([{ ...first, name: '0001_renamed.sql' }])).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringMatching(/made by a preview version/) as string,
  });
});

test('a migration that comes before one that was applied is refused, and nothing of it is done', async () => {
  const between = migration(2, 'CREATE TABLE two (i int)');
  const third = migration(3, 'CREATE TABLE three (i int)');
  const dataDirOfOrder = join(root, 'order');
  expect((await openWith([first, third], dataDirOfOrder)).tables).toEqual(['one', 'three']);
  await expect(openWith([first, between, third], dataDirOfOrder)).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringMatching(
      /preview version of Satchel: it has 0003_test\.sql and lacks 0002_test\.sql.*export.*untouched/,
    ) as string,
  });
  expect((await openWith([first, third], dataDirOfOrder)).tables).toEqual(['one', 'three']);
});

test('files are one sequence; the name says which are of a laptop alone; a number is used once', async () => {
  const folder = join(root, 'files');
  mkdirSync(folder);
  writeFileSync(join(folder, '0001_a.sql'), 'SELECT 1;\r\n');
  writeFileSync(join(folder, '0002_local_b.sql'), 'SELECT 2;\n');
  writeFileSync(join(folder, '0003_c.sql'), 'SELECT 3;\n');
  const both = await readMigrations(['shared', 'local'], folder);
  expect(both.map(({ name }) => name)).toEqual(['0001_a.sql', '0002_local_b.sql', '0003_c.sql']);
  expect(both[0]?.sql).toBe('SELECT 1;\n');
  expect((await readMigrations(['shared'], folder)).map(({ number }) => number)).toEqual([1, 3]);
  writeFileSync(join(folder, '0003_local_d.sql'), '');
  await expect(readMigrations(['shared'], folder)).rejects.toThrow('Two migrations have the number 3');
});

test('the numbers of the migrations leave none out', async () => {
  const numbers = (await readMigrations()).map(({ number }) => number);
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
});
