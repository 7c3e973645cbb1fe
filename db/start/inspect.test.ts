import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock, systemIds } from '#shared/runtime.ts';
import { openTestEngine } from '#tests/support/engine.ts';
import { inspectDataDirectory } from './inspect.ts';

const root = mkdtempSync(join(tmpdir(), 'satchel-inspect-'));
const dataDir = join(root, 'data');
const inspect = (options: { rebuildsIndexes?: boolean } = {}) =>
  inspectDataDirectory(dataDir, { clock: systemClock, ids: systemIds, ...options });
let relation = '';
/** Files of an index of each kind on one table. */
const indexFiles = new Map<string, string>();
let whileOpen: Awaited<ReturnType<typeof inspect>>;

beforeAll(async () => {
  const { engine } = await openTestEngine({ dataDir });
  relation = await engine.transaction({ as: 'system' }, async (tx) => {
    await tx.script("CREATE TABLE held AS SELECT i, repeat('h', 100) AS x FROM generate_series(1, 1000) i");
    await tx.script(`
      CREATE TABLE indexed AS SELECT i, ARRAY[i, i + 1] AS many, ARRAY[i, 1, 2]::vector(3) AS place
      FROM generate_series(1, 3000) i;
      CREATE INDEX by_btree ON indexed (i);
      CREATE INDEX by_gin ON indexed USING gin (many);
      CREATE INDEX by_hnsw ON indexed USING hnsw (place vector_ip_ops)`);
    for (const name of ['by_btree', 'by_gin', 'by_hnsw']) {
      const [file] = await tx.query<{ path: string }>('SELECT pg_relation_filepath($1) AS path', [name]);
      indexFiles.set(name, join(dataDir, 'pg', file?.path ?? ''));
    }
    const [row] = await tx.query<{ path: string }>("SELECT pg_relation_filepath('held') AS path");
    return join(dataDir, 'pg', row?.path ?? '');
  });
  whileOpen = await inspect();
  await engine.close();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('a sound directory', async () => {
  const found = await inspect();
  expect(found).toMatchObject({
    postgres: { found: '18', expected: '18' },
    isDurable: true,
    damage: [],
    migrations: { applied: expect.any(Number) as number },
  });
  expect(found.migrations?.applied).toBe(found.migrations?.known);
  expect(found.sizes.cluster).toBeGreaterThan(5_000_000);
  expect(found.heldBy).toBeUndefined();
});

test('a directory that is open is left alone, and its holder is named', () => {
  expect(whileOpen).toMatchObject({ heldBy: { pid: process.pid } });
  expect(whileOpen.damage).toBeUndefined();
});

test('a damaged page is found and named', async () => {
  const sound = readFileSync(relation);
  const bytes = Buffer.from(sound);
  bytes.write('damage', 12_000);
  writeFileSync(relation, bytes);
  expect((await inspect()).damage).toEqual([expect.stringMatching(/^held: invalid page in block 1/)]);
  writeFileSync(relation, sound);
});

test('damaged indexes of every kind are told apart from damaged data, and made again on demand', async () => {
  for (const path of indexFiles.values()) {
    const bytes = readFileSync(path);
    bytes.write('damage', 8192 + 5000);
    writeFileSync(path, bytes);
  }
  const names = [...indexFiles.keys()];
  const found = await inspect();
  expect(found.damagedIndexes?.toSorted()).toEqual(names);
  expect(found.damage).toHaveLength(3);
  const mended = await inspect({ rebuildsIndexes: true });
  expect(mended).toMatchObject({ damage: [], damagedIndexes: [] });
  expect(mended.rebuiltIndexes?.toSorted()).toEqual(names);
  expect(await inspect()).toMatchObject({ damage: [], damagedIndexes: [] });
});

test('a truncated file is described, not opened', async () => {
  truncateSync(relation, 8192);
  expect((await inspect()).damage).toEqual([expect.stringMatching(/has 8192 bytes instead of/)]);
});

test.skipIf(process.platform === 'win32')('a place that is another user’s is not called empty', () => {
  // Permissions do not bind the superuser, so the process gives up that right, after it has read its own sources.
  const script = `import { inspectDataDirectory } from ${JSON.stringify(import.meta.resolve('./inspect.ts'))};
    if (process.getuid() === 0) { process.setgroups([]); process.setgid(65534); process.setuid(65534); }
    await inspectDataDirectory(process.argv[1], {}).catch((error) => console.log(error.code, error.message));`;
  chmodSync(root, 0o755);
  chmodSync(dataDir, process.getuid?.() === 0 ? 0o700 : 0o000);
  const run = spawnSync(process.execPath, ['--input-type=module', '--eval', script, dataDir], {
    encoding: 'utf8',
  });
  chmodSync(dataDir, 0o700);
  expect(run.stdout).toMatch(/^invalid The directory .* cannot be read by your user/);
});

test('a place without data', async () => {
  await expect(
    inspectDataDirectory(join(root, 'nothing'), { clock: systemClock, ids: systemIds }),
  ).rejects.toMatchObject({ code: 'not_found' });
});
