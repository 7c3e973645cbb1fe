import { cpSync, existsSync, mkdtempSync, readdirSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestEngine } from '#tests/support/engine.ts';
import { copyTemplate, templateMark } from '../engine/copy-template.ts';
import { readMigrations } from '../migrate/migrations.ts';
import { buildTemplate } from './build.ts';
import { besideArchive, findTemplate, templateKey } from './template.ts';

const root = mkdtempSync(join(tmpdir(), 'satchel-template-'));
const foldersOf = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length))
    .toSorted();
let template = '';
beforeAll(async () => {
  template = await buildTemplate(await readMigrations());
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('is whole, marked, and found for these migrations only', async () => {
  const migrations = await readMigrations();
  expect(existsSync(join(template, templateMark))).toBe(true);
  expect(await findTemplate(migrations)).toBe(template);
  expect(
    await findTemplate([...migrations, { number: 9999, name: '9999_x.sql', sql: '', checksum: 'x' }]),
  ).toBe(undefined);
});

test.skipIf(process.platform === 'win32')('can be read by whoever starts Satchel, changed by nobody', () => {
  const modes = readdirSync(template, { recursive: true, encoding: 'utf8' }).map(
    (name) => statSync(join(template, name)).mode & 0o066,
  );
  expect(new Set(modes)).toEqual(new Set([0o044]));
});

test('is whole again where a package left its empty folders out', async () => {
  const packed = join(root, 'packed');
  cpSync(template, packed, { recursive: true });
  const folders = foldersOf(packed);
  const empty = folders.filter((name) => readdirSync(join(packed, name)).length === 0);
  expect(empty).toContain(`${sep}pg_notify`);
  for (const name of empty) rmdirSync(join(packed, name));
  await copyTemplate(packed, join(root, 'unpacked'));
  expect(foldersOf(join(root, 'unpacked'))).toEqual(folders);
});

test('its key changes with the text of any migration', async () => {
  const migrations = await readMigrations();
  const edited = migrations.map((migration, index) =>
    index === 0 ? { ...migration, checksum: 'edited' } : migration,
  );
  expect(templateKey(edited)).not.toBe(templateKey(migrations));
});

test('holds no database but the one that is used, and no rows of any workspace', async () => {
  const { engine } = await openTestEngine({ dataDir: join(root, 'first') });
  const found = await engine.transaction({ as: 'system' }, async (tx) => ({
    databases: await tx.query('SELECT datname FROM pg_database'),
    workspaces: await tx.query('SELECT FROM workspaces'),
    users: await tx.query('SELECT FROM users'),
  }));
  expect(found).toEqual({ databases: [{ datname: 'postgres' }], workspaces: [], users: [] });
  await engine.close();
});

test('two installations share nothing that identifies them', async () => {
  const first = await openTestEngine({ dataDir: join(root, 'a') });
  const second = await openTestEngine({ dataDir: join(root, 'b') });
  expect(first.engine.installation.id).not.toBe(second.engine.installation.id);
  expect(first.engine.installation.node).not.toBe(second.engine.installation.node);
  await first.engine.close();
  await second.engine.close();
  expect(readdirSync(join(root, 'a')).filter((name) => name.startsWith('pg.new'))).toEqual([]);
});

test.each([
  [
    '/opt/Satchel/resources/app.asar/resources/template/',
    '/opt/Satchel/resources/app.asar.unpacked/resources/template/',
  ],
  ['C:\\Satchel\\resources\\app.asar\\resources\\', 'C:\\Satchel\\resources\\app.asar.unpacked\\resources\\'],
  ['/home/ines/satchel/resources/template/', '/home/ines/satchel/resources/template/'],
])('of %s the files are in %s', (folder, expected) => {
  expect(besideArchive(folder)).toBe(expected);
});
