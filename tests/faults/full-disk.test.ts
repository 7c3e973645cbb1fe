import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OpenedApplication, openApplication } from '#core/application.ts';
import { inspectDirectory } from '#core/storage/storage.ts';
import { createWorkspace } from '#core/workspace/create.ts';
import { readMigrations } from '#db/migrate/migrations.ts';
import { buildTemplate } from '#db/template/build.ts';
import { ImportClient } from '../import/import-client.ts';

const disk = mkdtempSync(join(tmpdir(), 'satchel-small-disk-'));
const elsewhere = mkdtempSync(join(tmpdir(), 'satchel-elsewhere-'));
const hasDisk = mountSmallDisk();
afterAll(() => {
  // The database leaves files open until the process ends.
  if (hasDisk) execFileSync('umount', ['--lazy', disk]);
  rmSync(disk, { recursive: true });
  rmSync(elsewhere, { recursive: true });
});

/** A disk of 128 MB in memory; only the superuser may. */
function mountSmallDisk(): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=128m', 'tmpfs', disk], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const ballast = join(disk, 'ballast');
const mebibyte = 1024 * 1024;

/** Takes all room but so many mebibytes. */
function leave(megabytes: number): void {
  free();
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(ballast, Buffer.alloc(bavail * bsize - megabytes * mebibyte));
}

const free = () => rmSync(ballast, { force: true });
const fullDisk = { code: 'busy', message: expect.stringMatching(/is full\. Free some/) as string };

describe.skipIf(!hasDisk)('on a disk that is really full', () => {
  const dataDir = join(disk, 'firm');
  let opened: OpenedApplication;

  beforeAll(async () => {
    await buildTemplate(await readMigrations());
  });

  /** What the worker does when the database stopped. */
  async function reopen(): Promise<ImportClient> {
    await opened?.close();
    opened = await openApplication({ dataDir });
    return clientOf(opened);
  }

  async function clientOf({ app, identity }: OpenedApplication): Promise<ImportClient> {
    const person = await identity();
    if (!person) throw new Error('There is no workspace.');
    return new ImportClient({ close: () => opened.close() }, app, person);
  }

  const people = (from: number, count: number) => ({
    name: `people-${from}.csv`,
    content: `First Name,Last Name,Email,Description\n${Array.from(
      { length: count },
      (_, index) => `Ada,King ${from + index},ada${from + index}@x.org,${'a long story '.repeat(40)}`,
    ).join('\n')}\n`,
  });

  test('a first start says so and leaves nothing; it works when there is room', async () => {
    leave(6);
    await expect(openApplication({ dataDir })).rejects.toMatchObject(fullDisk);
    expect(existsSync(join(dataDir, 'pg'))).toBe(false);
    free();
    opened = await openApplication({ dataDir });
    await createWorkspace(opened.app, { name: 'Harbour', personName: 'Ada', currency: 'EUR' });
    const client = await clientOf(opened);
    const { counts } = await client.import([people(0, 20)]);
    expect(counts.contacts).toMatchObject({ created: 20, failed: 0 });
  });

  test('an import says so and loses nothing; it can be done when there is room', async () => {
    let client = await clientOf(opened);
    const plan = await client.plan([people(100, 8_000)]);
    leave(3);
    const outcome = await client.run(plan).catch((error: unknown) => error);
    expect(outcome).toMatchObject({ code: expect.stringMatching(/busy|internal/) as string });
    expect(String(outcome)).toMatch(/disk.* full/);
    free();
    client = await reopen();
    const [kept] = await client.rows<{ old: number }>(
      "SELECT count(*) FILTER (WHERE email LIKE 'ada_@x.org' OR email LIKE 'ada__@x.org')::int AS old FROM contacts",
    );
    expect(kept?.old).toBe(20);
    await client.import([people(100, 8_000)]);
    expect(await client.count('contacts')).toBe(8_020);
  });

  test('a backup says so, leaves no file, and can be made when there is room', async () => {
    const file = join(disk, 'firm.satchel');
    leave(0);
    // By the file that does not fit, or by the database, which stops when its log does not.
    await expect(opened.storage.backup(file, {})).rejects.toThrow(/disk .*full/);
    expect(
      readdirSync(disk).filter((name) => name.startsWith('firm.') || name.startsWith('.verify')),
    ).toEqual([]);
    free();
    await reopen();
    const moved = join(elsewhere, 'firm.satchel');
    expect((await opened.storage.backup(moved, {})).tables).toBeGreaterThan(0);
    await opened.close();
    expect((await inspectDirectory({ dataDir, rebuildsIndexes: false })).damage).toEqual([]);
  });
});
