import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock, systemIds } from '#shared/runtime.ts';
import { openTestEngine } from '#tests/support/engine.ts';
import { inspectDataDirectory } from './inspect.ts';

const root = mkdtempSync(join(tmpdir(), 'satchel-inspect-'));
const dataDir = join(root, 'data');
const inspect = () => inspectDataDirectory(dataDir, { clock: systemClock, ids: systemIds });
let relation = '';
let whileOpen: Awaited<ReturnType<typeof inspect>>;

beforeAll(async () => {
  const { engine } = await openTestEngine({ dataDir });
  relation = await engine.transaction({ as: 'system' }, async (tx) => {
    await tx.script("CREATE TABLE held AS SELECT i, repeat('h', 100) AS x FROM generate_series(1, 1000) i");
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

test('a truncated file is described, not opened', async () => {
  truncateSync(relation, 8192);
  expect((await inspect()).damage).toEqual([expect.stringMatching(/has 8192 bytes instead of/)]);
});

test('a place without data', async () => {
  await expect(
    inspectDataDirectory(join(root, 'nothing'), { clock: systemClock, ids: systemIds }),
  ).rejects.toMatchObject({ code: 'not_found' });
});
