import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { userIdSchema, workspaceIdSchema } from '#shared/ids.ts';
import { openTestEngine, type TestEngine } from '#tests/support/engine.ts';
import type { EngineLog } from './log.ts';

const logged: { readonly facts: object; readonly message: string }[] = [];
const note = (facts: object, message: string) => void logged.push({ facts, message });
const log: EngineLog = { info: note, warn: note, error: note };
const identity = {
  workspaceId: workspaceIdSchema.parse('018f0000-0000-7000-8000-000000000001'),
  userId: userIdSchema.parse('018f0000-0000-7000-8000-000000000002'),
};

let fixture: TestEngine;
const asSystem = { as: 'system' } as const;
const run = (sql: string) => fixture.engine.transaction(asSystem, (tx) => tx.script(sql));

beforeAll(async () => {
  fixture = await openTestEngine({ log });
  await run(`
    CREATE TABLE parent (id int PRIMARY KEY);
    CREATE TABLE child (
      id int PRIMARY KEY, parent_id int REFERENCES parent, share numeric(4, 2), at date, name text NOT NULL,
      CONSTRAINT child_share_positive CHECK (share > 0)
    )`);
});
afterAll(() => fixture.close());

describe('what PostgreSQL refuses becomes an error that a person can act on', () => {
  test.each([
    ['INSERT INTO parent VALUES (1), (1)', 'conflict', /There already is a parent with these values/],
    ["INSERT INTO child VALUES (1, 99, 1, NULL, 'a')", 'conflict', /does not exist, or is still referred to/],
    [
      "INSERT INTO child VALUES (1, NULL, -1, NULL, 'a')",
      'invalid',
      /breaks the rule "child share positive"/,
    ],
    ['INSERT INTO child VALUES (1, NULL, 1, NULL, NULL)', 'invalid', /needs a value for name/],
    ["INSERT INTO child VALUES (1, NULL, 1000, NULL, 'a')", 'invalid', /number is too large/],
    ["INSERT INTO child VALUES (1, NULL, 1, '13/02/2026', 'a')", 'invalid', /date or time/],
    ["SELECT 'x'::uuid", 'invalid', /does not fit the type/],
    ["DO $$ BEGIN RAISE EXCEPTION 'Choose a stage.'; END $$", 'invalid', /^Choose a stage\.$/],
    ['SELECT nonsense FROM nowhere', 'internal', /refused the statement/],
  ])('%s', async (sql, code, message) => {
    await expect(run(sql)).rejects.toMatchObject({ code, message: expect.stringMatching(message) as string });
  });
});

test('a slow statement is logged with its label, without the values', async () => {
  logged.length = 0;
  await fixture.engine.transaction({ ...asSystem, label: 'slow one' }, (tx) =>
    tx.query('SELECT pg_sleep(0.06), $1::text AS secret', ['ada@example.com']),
  );
  // On a busy machine what surrounds it may be slow as well.
  expect(logged).toContainEqual({
    message: 'Slow statement',
    facts: {
      label: 'slow one',
      milliseconds: expect.any(Number) as number,
      sql: 'SELECT pg_sleep(0.06), $1::text AS secret',
    },
  });
  expect(JSON.stringify(logged)).not.toContain('ada@example.com');
});

test('background work that holds the engine too long is logged', async () => {
  logged.length = 0;
  await fixture.engine.transaction({ ...asSystem, priority: 'background', label: 'long' }, async (tx) => {
    await tx.query('SELECT pg_sleep(0.03)');
    await tx.query('SELECT pg_sleep(0.03)');
  });
  // On a busy machine each statement alone may be slow enough to be logged as well.
  expect(logged).toContainEqual({
    message: 'Background work held the database too long',
    facts: expect.objectContaining({ label: 'long' }) as object,
  });
});

test('copyIn as a user fills temporary tables and nothing else', async () => {
  const csv = new Blob(['1,"Ada, Countess"\n2,Søren\n']);
  const rows = await fixture.engine.transaction({ as: identity }, async (tx) => {
    await tx.script('CREATE TEMPORARY TABLE staged (n int, name text) ON COMMIT DROP');
    expect(await tx.copyIn('staged (n, name)', csv)).toBe(2);
    return tx.query('SELECT n, name, current_user::text AS role FROM staged ORDER BY n');
  });
  expect(rows).toEqual([
    { n: 1, name: 'Ada, Countess', role: 'satchel_app' },
    { n: 2, name: 'Søren', role: 'satchel_app' },
  ]);
  const direct = fixture.engine.transaction({ as: identity }, (tx) => tx.copyIn('child (id)', csv));
  await expect(direct).rejects.toThrow('copyIn as a user fills temporary tables only; child is none.');
});
