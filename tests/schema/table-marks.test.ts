import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openMigratedPglite } from './database.ts';

interface Mark {
  readonly name: string;
  readonly mark: 'synced' | 'derived' | 'local';
  readonly travels_with: string | null;
}
const workspace = '018f0000-0000-7000-8000-000000000001';
const person = '018f0000-0000-7000-8000-000000000002';
let db: PGlite;
let marks: readonly Mark[];

beforeAll(async () => {
  db = await openMigratedPglite();
  marks = (await db.query<Mark>('SELECT * FROM satchel.table_marks() ORDER BY name')).rows;
});
afterAll(() => db.close());

async function names(sql: string, params: unknown[] = []): Promise<string[]> {
  return (await db.query<{ name: string }>(sql, params)).rows.map(({ name }) => name);
}

test('every table is marked once as synced, derived or local', async () => {
  const tables = await names(
    `SELECT pg_class.oid::regclass::text AS name FROM pg_class
     WHERE relnamespace IN ('public'::regnamespace, 'satchel'::regnamespace) AND relkind IN ('r', 'p') AND NOT relispartition
     ORDER BY 1`,
  );
  expect(marks.map(({ name }) => name).sort()).toEqual(tables.sort());
});

describe('what is synced', () => {
  const synced = () => marks.filter(({ mark }) => mark === 'synced');

  test('has a stamp, a tombstone and a place in the order of arrival, or goes along with what has', async () => {
    for (const { name, travels_with } of synced()) {
      const lacks = await names(
        `SELECT c AS name FROM unnest(ARRAY['_stamp', '_tombstone', '_seq']) AS c
         WHERE NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = $1::regclass AND attname = c)
         ORDER BY 1`,
        [name],
      );
      // The entries of the history are by far the most rows there are; the stamp of their change set is theirs.
      expect({ name, lacks }).toEqual({
        name,
        lacks: travels_with === 'change_sets' ? ['_seq', '_stamp', '_tombstone'] : [],
      });
    }
  });

  test('is captured, unless it goes along with what is; nothing else is', async () => {
    const captured = await names(
      `SELECT DISTINCT tgrelid::regclass::text AS name FROM pg_trigger
       WHERE tgname IN ('capture_insert', 'capture_update', 'capture_delete')
       GROUP BY tgrelid HAVING count(*) = 3 ORDER BY 1`,
    );
    const due = synced().filter(({ travels_with }) => travels_with === null);
    expect(captured.sort()).toEqual(due.map(({ name }) => name).sort());
  });

  test('tells who and when: in a column of its own, or by the change set that it was captured under', async () => {
    await db.query('SELECT satchel.seed_workspace($1, $2, $3, $4)', [workspace, 'Acme', person, 'Ada']);
    await db.query(
      "INSERT INTO sync_state (workspace_id, client_id, node, capturing) VALUES ($1, $1, '0000000a', true)",
      [workspace],
    );
    await db.transaction(async (tx) => {
      await tx.query(
        "SELECT set_config('satchel.workspace_id', $1, true), set_config('satchel.user_id', $2, true), set_config('satchel.stamp', '01', true)",
        [workspace, person],
      );
      await tx.exec('SET LOCAL ROLE satchel_app');
      await tx.exec(`
        UPDATE workspaces SET name = 'New';
        UPDATE roles SET description = 'New' WHERE role_name = 'Sales Manager';
        UPDATE role_permissions SET scope = 'own' WHERE scope = 'team';
        INSERT INTO settings (workspace_id, key, value) VALUES ('${workspace}', 'k', '1');
        UPDATE settings SET value = '2';
        DELETE FROM user_roles;
      `);
    });
    const { rows: outbox } = await db.query<{ object: string; operation: string; by: string }>(
      `SELECT DISTINCT o.object, o.operation::text, c.user_id AS by FROM sync_outbox AS o
       JOIN change_sets AS c ON c.workspace_id = o.workspace_id AND c.id = o.change_set_id
       WHERE o.stamp = '01' ORDER BY o.object`,
    );
    expect(outbox).toEqual([
      { object: 'role_permissions', operation: 'upsert', by: person },
      { object: 'roles', operation: 'upsert', by: person },
      { object: 'settings', operation: 'upsert', by: person },
      { object: 'user_roles', operation: 'delete', by: person },
      { object: 'workspaces', operation: 'upsert', by: person },
    ]);
    for (const table of ['roles', 'role_permissions', 'settings']) {
      const found = await db.query(
        `SELECT FROM ${table} WHERE updated_by = $1 AND updated_at IS NOT NULL AND _stamp = '01'`,
        [person],
      );
      expect({ table, touched: found.rows.length > 0 }).toEqual({ table, touched: true });
    }
    expect(await names("SELECT name FROM workspaces WHERE _stamp = '01'")).toEqual(['New']);
  });
});
