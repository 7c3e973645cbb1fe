import { afterAll, afterEach, beforeAll, expect, expectTypeOf, test } from 'vitest';
import type { Tx } from '#db/engine/types.ts';
import {
  arrayOf,
  bool,
  filled,
  int4,
  int8,
  jsonb,
  nullable,
  type RowShape,
  type RowValue,
  returning,
  text,
  timestamptz,
  typed,
  uuid,
} from '#db/row.ts';
import { openTestEngine, type TestEngine } from '../engine.ts';
import { found } from './check.ts';

let fixture: TestEngine;

beforeAll(async () => {
  fixture = await openTestEngine();
});
afterAll(() => fixture.close());
// Each of them is wanted here.
afterEach(() => found.clear());

function run<Value extends object>(row: RowShape<Value>, sql: string): Promise<Value[]> {
  return fixture.engine.transaction({ as: 'system' }, (tx: Tx) => tx.rows(row, sql));
}

test('a row has the types of its columns and kinds', () => {
  const row = returning({
    id: 'users.id',
    fullName: 'users.full_name',
    state: 'jobs.state',
    seq: 'field_history.seq',
    field: filled('field_history.field'),
    team: nullable('teams.name'),
    count: int4,
    facts: jsonb<{ done: number }>(),
    ids: arrayOf(uuid),
    word: typed<'one' | 'two'>(text),
  });
  expectTypeOf<RowValue<typeof row>>().toEqualTypeOf<{
    id: string;
    fullName: string | null;
    state: 'waiting' | 'running' | 'failed';
    seq: bigint;
    field: string;
    team: string | null;
    count: number;
    facts: { done: number };
    ids: string[];
    word: 'one' | 'two';
  }>();
  // @ts-expect-error -- no such column
  returning({ id: 'users.number' });
});

test('a statement that returns what is declared passes', async () => {
  await expect(
    run(
      returning({ id: 'users.id', name: 'users.full_name', isNew: bool, at: nullable(timestamptz) }),
      'SELECT u.id, u.full_name AS name, true AS "isNew", NULL::timestamptz AS at FROM users u',
    ),
  ).resolves.toEqual([]);
  expect(found.size).toBe(0);
});

test.each([
  ['a type', returning({ n: int4 }), 'SELECT 1::bigint AS n', 'n is bigint and declared as integer'],
  ['a name', returning({ n: int4 }), 'SELECT 1 AS m', 'n is declared and not returned'],
  ['a further column', returning({ n: int4 }), 'SELECT 1 AS n, 2 AS m', 'm is returned and not declared'],
  ['null', returning({ n: int8 }), 'SELECT NULL::bigint AS n', 'n is null in a row and declared as filled'],
  [
    'a column that may be empty',
    returning({ name: text }),
    'SELECT full_name AS name FROM users',
    'name may be null in users.full_name and is declared as filled',
  ],
  [
    'another column',
    returning({ name: 'users.first_name' }),
    'SELECT last_name AS name FROM users',
    'name comes from users.last_name and is declared as users.first_name',
  ],
])('a statement that differs in %s fails, and its test with it', async (_in, row, sql, difference) => {
  await expect(run<object>(row, sql)).rejects.toThrow(difference);
  expect([...found].join()).toContain(difference);
});
