import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { acme, caller, id, personId, recordId, seedPolicyWorkspaces } from '../schema/policy-suite.ts';
import { startServer, type TestServer } from './cluster.ts';
import { beginRequest, migrate } from './requests.ts';

/** On a server a session is whoever opened it, whatever it says in its settings. */
let server: TestServer;
let client: Client;

beforeAll(async () => {
  server = await startServer();
  client = await server.connect();
  await migrate(client, 'does not apply to a server');
  await client.query('BEGIN');
  await seedPolicyWorkspaces({ asOwner: (work) => work(client) });
  await client.query('COMMIT');
});
afterAll(async () => {
  await client.end();
  await server[Symbol.asyncDispose]();
});

async function asUser<T>(person: Parameters<typeof caller>[0], work: () => Promise<T>): Promise<T> {
  await beginRequest(client, caller(person));
  try {
    return await work();
  } finally {
    await client.query('ROLLBACK');
  }
}

async function value<T>(sql: string, params: unknown[] = []): Promise<T | undefined> {
  const { rows } = await client.query<{ value: T }>(sql, params);
  return rows[0]?.value;
}

describe('who acts on a server', () => {
  test('is the user whose login the session was opened with, and no setting changes that', () =>
    asUser('rep', async () => {
      const seen = 'SELECT count(*)::int AS value FROM accounts';
      expect(await value('SELECT satchel.user_id() AS value')).toBe(personId('rep'));
      expect(await value(seen)).toBe(1);
      await client.query("SELECT set_config('satchel.user_id', $1, true)", [personId('admin')]);
      expect(await value('SELECT satchel.user_id() AS value')).toBe(personId('rep'));
      expect(await value(seen)).toBe(1);
    }));

  test('is nobody in a workspace that the login is not of', () =>
    asUser('rep', async () => {
      await client.query("SELECT set_config('satchel.workspace_id', $1, true)", [id(1, 2)]);
      expect(await value('SELECT satchel.workspace_id() AS value')).toBeNull();
      expect(await value('SELECT satchel.user_id() AS value')).toBeNull();
      expect(await value('SELECT count(*)::int AS value FROM accounts')).toBe(0);
      // A definer function does not act there either.
      await expect(
        client.query(
          `SELECT satchel.keep_undo_conflicts($1, '[{"seq": 1, "object": "accounts", "record_id": "${acme}", "reason": "gone"}]')`,
          [acme],
        ),
      ).rejects.toMatchObject({ code: '23502' });
    }));

  test('needs no setting where the login is of one workspace', () =>
    asUser('rep', async () => {
      await client.query("SELECT set_config('satchel.workspace_id', '', true)");
      expect(await value('SELECT satchel.workspace_id() AS value')).toBe(acme);
      expect(await value('SELECT count(*)::int AS value FROM accounts')).toBe(1);
    }));

  test('loses everything when the user is no longer active', async () => {
    const seen = () => asUser('mate', () => value<number>('SELECT count(*)::int AS value FROM accounts'));
    expect(await seen()).toBe(1);
    await client.query('UPDATE users SET is_active = false WHERE id = $1', [personId('mate')]);
    expect(await seen()).toBe(0);
  });
});

describe('a push', () => {
  const account = recordId('accounts', 'rep');
  const set = id(60, 1);
  const entries = [
    {
      change_set_id: set,
      object: 'accounts',
      record_id: account,
      operation: 'update',
      field: 'name',
      old_value: "rep's",
      new_value: 'New',
      changed_at: '2025-01-02T03:04:05.678901Z',
      source: 'person',
    },
    {
      change_set_id: set,
      object: 'accounts',
      record_id: account,
      operation: 'update',
      field: 'website',
      old_value: null,
      new_value: 'x.example',
      changed_at: '2025-01-02T03:04:05.678901Z',
      source: 'person',
    },
  ];
  const sets = [
    {
      id: set,
      user_id: personId('admin'),
      source: 'person',
      created_at: '2025-01-02T03:04:05.678901Z',
      _stamp: '01',
    },
  ];

  test('writes rows, stamps and history as they were made, and the triggers add nothing', () =>
    asUser('rep', async () => {
      const made = 'SELECT count(*)::int AS value FROM field_history WHERE record_id = $1';
      const before = (await value<number>(made, [account])) ?? 0;
      await client.query("SELECT set_config('satchel.source', 'sync', true)");
      await client.query(
        `UPDATE accounts SET name = 'New', website = 'x.example', updated_at = '2025-01-02T03:04:05Z',
           _stamps = '{"name": "01"}' WHERE id = $1`,
        [account],
      );
      expect(await value(made, [account])).toBe(before);
      for (let sent = 0; sent < 2; sent += 1) {
        await client.query('SELECT satchel.push_history($1, $2)', [
          JSON.stringify(sets),
          JSON.stringify(entries),
        ]);
      }
      const { rows } = await client.query(
        `SELECT h.field, h.new_value, h.changed_at = '2025-01-02T03:04:05.678901Z' AS as_made, h.user_id, c.user_id AS author,
           c.created_at = h.changed_at AS same_time
         FROM field_history AS h JOIN change_sets AS c ON c.workspace_id = h.workspace_id AND c.id = h.change_set_id
         WHERE h.change_set_id = $1 ORDER BY h.seq`,
        [set],
      );
      const common = { as_made: true, same_time: true, user_id: personId('rep'), author: personId('rep') };
      expect(rows).toEqual([
        { field: 'name', new_value: 'New', ...common },
        { field: 'website', new_value: 'x.example', ...common },
      ]);
      expect(
        await value(
          `SELECT updated_at = '2025-01-02T03:04:05Z' AND _stamps = '{"name": "01"}' AS value FROM accounts WHERE id = $1`,
          [account],
        ),
      ).toBe(true);
    }));

  test('brings the stages of opportunities that the user may edit, and of no others', () =>
    asUser('rep', async () => {
      await client.query("SELECT set_config('satchel.source', 'sync', true)");
      const stage = (number: number, owner: 'rep' | 'stranger') => ({
        id: id(61, number),
        opportunity_id: recordId('opportunities', owner),
        from_stage: 'closed_won',
        to_stage: 'negotiation',
        changed_at: '2025-01-02T00:00:00Z',
        changed_by: personId('admin'),
      });
      const push = () =>
        client.query('SELECT satchel.push_stage_history($1)', [
          JSON.stringify([stage(1, 'rep'), stage(2, 'stranger')]),
        ]);
      await push();
      await push();
      await client.query('RESET SESSION AUTHORIZATION');
      const { rows } = await client.query(
        `SELECT opportunity_id, changed_by FROM opportunity_stage_history
         WHERE to_stage = 'negotiation' AND changed_at = '2025-01-02T00:00:00Z'`,
      );
      expect(rows).toEqual([
        { opportunity_id: recordId('opportunities', 'rep'), changed_by: personId('rep') },
      ]);
    }));

  test('does not say of a change set of somebody else that it was undone', () =>
    asUser('rep', async () => {
      const send = (undone: string | null, stamp: string) =>
        client.query('SELECT satchel.push_history($1, $2)', [
          JSON.stringify([{ ...sets[0], undone_by: undone, _stamp: stamp }]),
          '[]',
        ]);
      await send(null, '01');
      await send(set, '02');
      expect(await value('SELECT undone_by AS value FROM change_sets WHERE id = $1', [set])).toBe(set);
      await client.query('RESET SESSION AUTHORIZATION');
      await client.query('UPDATE change_sets SET user_id = $1 WHERE id = $2', [personId('admin'), set]);
      await client.query(`SET LOCAL SESSION AUTHORIZATION rep_${personId('rep').replaceAll('-', '')}`);
      await send(null, '03');
      await client.query('RESET SESSION AUTHORIZATION');
      expect(await value('SELECT undone_by AS value FROM change_sets WHERE id = $1', [set])).toBe(set);
    }));
});
