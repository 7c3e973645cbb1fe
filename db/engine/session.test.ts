import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { userIdSchema, workspaceIdSchema } from '#shared/ids.ts';
import { openTestEngine, type TestEngine } from '#tests/support/engine.ts';
import * as fc from '#tests/support/property.ts';
import { StatementCache } from './statement-cache.ts';

const asSystem = { as: 'system' } as const;
const identity = {
  workspaceId: workspaceIdSchema.parse('018f0000-0000-7000-8000-000000000001'),
  userId: userIdSchema.parse('018f0000-0000-7000-8000-000000000002'),
};
let fixture: TestEngine;
beforeAll(async () => {
  fixture = await openTestEngine();
});
afterAll(() => fixture.close());
beforeEach(() => script('DROP TABLE IF EXISTS held; CREATE TABLE held (id int PRIMARY KEY, name text)'));

const script = (sql: string) => fixture.engine.transaction(asSystem, (tx) => tx.script(sql));
const query = <Row extends object>(sql: string, params: readonly (string | number)[] = []) =>
  fixture.engine.transaction(asSystem, (tx) => tx.query<Row>(sql, params));
/** What the database keeps under a name, with how often it was planned for any parameters and for particular ones. */
const kept = (part: string) =>
  query<{ statement: string; generic: bigint; custom: bigint }>(
    `SELECT statement, generic_plans AS generic, custom_plans AS custom
     FROM pg_prepared_statements WHERE statement LIKE '%' || $1 || '%' AND statement NOT LIKE '%pg_prepared%'`,
    [part],
  );

test('a statement is kept by the database from its second use on', async () => {
  const sql = 'SELECT id AS "twice" FROM held WHERE id = $1';
  await query(sql, [1]);
  expect(await kept('"twice"')).toHaveLength(0);
  await query(sql, [2]);
  await query(sql, [3]);
  expect(await kept('"twice"')).toHaveLength(1);
});

test('a read of a person is planned once, a fresh one each time, and neither changes the other', async () => {
  const usual = 'SELECT $1::int AS "usual"';
  const fresh = 'SELECT $1::int AS "fresh"';
  const rows: object[] = [];
  for (let turn = 0; turn < 8; turn++) {
    await fixture.engine.transaction({ as: identity, readOnly: true }, async (tx) => {
      rows.push(...(await tx.query(fresh, [turn], 'fresh')), ...(await tx.query(usual, [turn])));
    });
  }
  expect(rows).toEqual(Array.from({ length: 8 }, (_, turn) => [{ fresh: turn }, { usual: turn }]).flat());
  expect(await kept('"usual"')).toMatchObject([{ generic: 7n, custom: 0n }]);
  expect(await kept('"fresh"')).toMatchObject([{ generic: 0n, custom: 7n }]);
});

test('how a transaction plans ends with it', async () => {
  await fixture.engine.transaction({ as: identity, readOnly: true }, (tx) =>
    tx.query('SELECT 1', [], 'fresh'),
  );
  expect(await query("SELECT current_setting('plan_cache_mode') AS mode")).toEqual([{ mode: 'auto' }]);
});

test('after a change of its table a kept statement returns the new columns', async () => {
  const sql = 'SELECT * FROM held ORDER BY id';
  await script("INSERT INTO held VALUES (1, 'one')");
  for (let turn = 0; turn < 3; turn++) expect(await query(sql)).toEqual([{ id: 1, name: 'one' }]);
  await script('ALTER TABLE held ADD COLUMN size int DEFAULT 7, DROP COLUMN name');
  for (let turn = 0; turn < 3; turn++) expect(await query(sql)).toEqual([{ id: 1, size: 7 }]);
  await script('DO $$ BEGIN ALTER TABLE held RENAME COLUMN size TO width; END $$');
  expect(await query(sql)).toEqual([{ id: 1, width: 7 }]);
});

test('a change that is rolled back leaves no statement behind that knows it', async () => {
  const sql = 'SELECT * FROM held';
  await script("INSERT INTO held VALUES (1, 'one')");
  const attempt = fixture.engine.transaction(asSystem, async (tx) => {
    await tx.script('ALTER TABLE held ADD COLUMN size int');
    for (let turn = 0; turn < 3; turn++) await tx.query(sql);
    throw new Error('given up');
  });
  await expect(attempt).rejects.toThrow('given up');
  expect(await query(sql)).toEqual([{ id: 1, name: 'one' }]);
});

test('a parameter takes the new type of its column', async () => {
  const sql = 'SELECT name FROM held WHERE id = $1';
  await query(sql, [1]);
  await query(sql, [1]);
  await script(
    "ALTER TABLE held ALTER COLUMN id TYPE text USING id::text; INSERT INTO held VALUES ('a', 'letter')",
  );
  expect(await query(sql, ['a'])).toEqual([{ name: 'letter' }]);
});

test('a statement that fails can be run again, kept or not', async () => {
  const sql = 'INSERT INTO held VALUES ($1, $2)';
  for (let turn = 0; turn < 4; turn++) {
    await fixture.engine.transaction(asSystem, (tx) => tx.execute(sql, [turn, 'new']));
    const again = fixture.engine.transaction(asSystem, (tx) => tx.execute(sql, [turn, 'again']));
    await expect(again).rejects.toMatchObject({ code: 'conflict' });
  }
  expect(await query('SELECT count(*)::int AS count FROM held')).toEqual([{ count: 4 }]);
  const wrongNumber = fixture.engine.transaction(asSystem, (tx) => tx.execute(sql, [9]));
  await expect(wrongNumber).rejects.toMatchObject({ code: 'internal' });
  await expect(query('SELECT nonsense')).rejects.toThrow('nonsense');
  await expect(query('SELECT $1::bytea', ['not bytes'])).rejects.toThrow('must be a Uint8Array');
  expect(await query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('an error in a transaction is told and undoes it, whatever follows', async () => {
  const swallowed = fixture.engine.transaction(asSystem, async (tx) => {
    await tx.execute('INSERT INTO held VALUES (1)');
    await tx.query('SELECT 1 / 0').catch(() => {});
    await expect(tx.query('SELECT 1')).rejects.toMatchObject({ details: { sqlState: '25P02' } });
  });
  await expect(swallowed).rejects.toThrow('nothing of it was saved');
  expect(await query('SELECT count(*)::int AS count FROM held')).toEqual([{ count: 0 }]);
});

test('what each FETCH returns is its own cursor’s', async () => {
  const fetched = await fixture.engine.transaction(asSystem, async (tx) => {
    const found: object[] = [];
    for (const select of ['SELECT 1 AS one', "SELECT 'x' AS letter, 2 AS two"]) {
      await tx.query(`DECLARE reader CURSOR FOR ${select}`);
      found.push(...(await tx.query('FETCH 10 FROM reader')));
      await tx.query('CLOSE reader');
    }
    return found;
  });
  expect(fetched).toEqual([{ one: 1 }, { letter: 'x', two: 2 }]);
});

test('someone else’s DEALLOCATE costs nothing', async () => {
  const sql = 'SELECT count(*)::int AS count FROM held';
  for (let turn = 0; turn < 3; turn++) await query(sql);
  await query('DEALLOCATE ALL');
  expect(await query(sql)).toEqual([{ count: 0 }]);
});

test('a statement with a NUL in its text is refused', async () => {
  await expect(query('SELECT 1 \0; DROP TABLE held')).rejects.toMatchObject({ code: 'invalid' });
  await expect(script('SELECT 1 \0; DROP TABLE held')).rejects.toMatchObject({ code: 'invalid' });
});

test('large rows and large parameters cross whole', async () => {
  const long = 'ä€😀'.repeat(200_000);
  const rows = await query<{ n: number; long: string }>(
    'SELECT n, $1::text AS long FROM generate_series(1, 3) AS n',
    [long],
  );
  expect(rows.map(({ n }) => n)).toEqual([1, 2, 3]);
  expect(rows.every((row) => row.long === long)).toBe(true);
});

test('the database keeps a bounded number of statements', async () => {
  for (let n = 0; n < 400; n++) {
    for (let turn = 0; turn < 2; turn++) await query(`SELECT ${n} AS "bounded"`);
  }
  const held = (await kept('"bounded"')).length;
  expect(held).toBeGreaterThan(20);
  expect(held).toBeLessThanOrEqual(151);
});

test('the cache holds the statements used last, and names each forgotten one once', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(9), fc.boolean()), { maxLength: 60 }), (uses) => {
      const cache = new StatementCache(4);
      const order: string[] = [];
      const inDatabase = new Set<string>();
      for (const [n, forgets] of uses) {
        const sql = `SELECT ${n}`;
        const found = cache.find(sql);
        expect(found !== undefined).toBe(order.includes(sql));
        if (order.includes(sql)) order.splice(order.indexOf(sql), 1);
        if (forgets) {
          cache.forget(sql);
        } else {
          const name = found && (found.name ?? cache.nextName());
          if (name !== undefined) inDatabase.add(name);
          cache.learn(sql, { parameterTypes: [], columns: null, ...(name !== undefined && { name }) });
          order.push(sql);
          if (order.length > 4) order.shift();
        }
        for (const name of cache.takeForgotten()) expect(inDatabase.delete(name)).toBe(true);
        expect(cache.namedCount).toBe(inDatabase.size);
      }
    }),
  );
});
