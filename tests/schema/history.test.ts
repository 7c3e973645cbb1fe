import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WorkspaceDatabase } from './workspace-database.ts';

let home: WorkspaceDatabase;
beforeAll(async () => {
  home = await WorkspaceDatabase.open();
});
afterAll(() => home[Symbol.asyncDispose]());

interface HistoryRow {
  operation: string;
  field: string | null;
  old_value: unknown;
  new_value: unknown;
  source: string;
  user_id: string | null;
  change_set_id: string;
}

async function historyOf(record: string): Promise<HistoryRow[]> {
  const { rows } = await home.db.query<HistoryRow>(
    `SELECT operation, field, old_value, new_value, source, user_id, change_set_id
     FROM field_history WHERE record_id = $1 ORDER BY seq`,
    [record],
  );
  return rows;
}

describe('history', () => {
  test('keeps who changed which field from what to what, and by what means', async () => {
    const id = await home.createAccount();
    await home.as(
      (tx) => tx.query("UPDATE accounts SET name = 'Betatech Ltd', industry = 'medical' WHERE id = $1", [id]),
      {
        'satchel.source': 'ai',
      },
    );
    const [created, ...changes] = await historyOf(id);
    expect(created).toMatchObject({
      operation: 'insert',
      field: null,
      source: 'person',
      user_id: home.person,
    });
    expect(changes).toMatchObject([
      {
        operation: 'update',
        field: 'name',
        old_value: 'Betatech',
        new_value: 'Betatech Ltd',
        source: 'ai',
        user_id: home.person,
      },
      { operation: 'update', field: 'industry', old_value: null, new_value: 'medical', source: 'ai' },
    ]);
    const sets = new Set(changes.map((change) => change.change_set_id));
    expect(sets.size).toBe(1);
    const { rows } = await home.db.query('SELECT source, user_id FROM change_sets WHERE id = $1', [
      [...sets][0],
    ]);
    expect(rows).toEqual([{ source: 'ai', user_id: home.person }]);
  });

  test('an update that changes nothing is none: no time, no entry, no change set, nothing told or sent', async () => {
    const id = await home.createAccount();
    await home.db.query("UPDATE accounts SET updated_at = '2020-01-01Z' WHERE id = $1", [id]);
    await home.db.query(
      "INSERT INTO sync_state (workspace_id, client_id, node, capturing) VALUES ($1, $2, '0000000a', true)",
      [home.workspace, home.nextId()],
    );
    const heard: string[] = [];
    const stop = await home.db.listen('satchel_changes', (payload) => heard.push(payload));
    const counts = async () =>
      (
        await home.db.query(
          `SELECT (SELECT count(*) FROM change_sets) AS sets, (SELECT count(*) FROM field_history) AS entries,
             (SELECT count(*) FROM sync_outbox) AS waiting`,
        )
      ).rows;
    const before = await counts();
    const same = (settings = {}) =>
      home.as(
        (tx) =>
          tx.query("UPDATE accounts SET name = name, industry = NULL, custom_fields = '{}' WHERE id = $1", [
            id,
          ]),
        { 'satchel.stamp': '0002-a', ...settings },
      );
    expect((await same()).affectedRows).toBe(1);
    expect(await counts()).toEqual(before);
    const { rows } = await home.db.query(
      "SELECT updated_at = '2020-01-01Z' AS same, _stamps FROM accounts WHERE id = $1",
      [id],
    );
    expect(rows).toEqual([{ same: true, _stamps: {} }]);
    expect(heard).toEqual([]);
    await stop();
    await home.db.query('DELETE FROM sync_state');
  });

  test('of a custom field is its own', async () => {
    await home.db.query(
      `INSERT INTO custom_field_definitions (workspace_id, id, object, key, label, type)
       VALUES ($1, $2, 'accounts', 'floor', 'Floor', 'number'), ($1, $3, 'accounts', 'gate', 'Gate', 'text')`,
      [home.workspace, home.nextId(), home.nextId()],
    );
    const id = await home.createAccount({ floor: 1, gate: 'A' });
    await home.as((tx) =>
      tx.query(`UPDATE accounts SET custom_fields = '{"floor": 2, "gate": "A"}' WHERE id = $1`, [id]),
    );
    await home.as((tx) => tx.query(`UPDATE accounts SET custom_fields = '{"floor": 2}' WHERE id = $1`, [id]));
    expect((await historyOf(id)).slice(1)).toMatchObject([
      { field: 'custom_fields.floor', old_value: 1, new_value: 2 },
      { field: 'custom_fields.gate', old_value: 'A', new_value: null },
    ]);
  });

  test('puts everything under the change set that the caller named', async () => {
    const set = home.nextId();
    const id = home.nextId();
    await home.as(
      async (tx) => {
        await tx.query("INSERT INTO accounts (workspace_id, id, name) VALUES ($1, $2, 'Isdom')", [
          home.workspace,
          id,
        ]);
        await tx.query('UPDATE accounts SET employee_count = 10 WHERE id = $1', [id]);
      },
      { 'satchel.change_set_id': set },
    );
    expect((await historyOf(id)).map((entry) => entry.change_set_id)).toEqual([set, set]);
  });

  test('tells the trash and the way back from other edits', async () => {
    const id = await home.createAccount();
    await home.as((tx) => tx.query('UPDATE accounts SET deleted_at = now() WHERE id = $1', [id]));
    await home.as((tx) => tx.query('UPDATE accounts SET deleted_at = NULL WHERE id = $1', [id]));
    expect((await historyOf(id)).map((entry) => entry.operation)).toEqual(['insert', 'delete', 'restore']);
  });

  test('cannot be written or changed by a request', async () => {
    await home.createAccount();
    await expect(home.as((tx) => tx.query('DELETE FROM field_history'))).rejects.toThrow(
      /permission denied/u,
    );
    await expect(home.as((tx) => tx.query("UPDATE field_history SET object = 'x'"))).rejects.toThrow(
      /permission denied/u,
    );
  });

  test('follows an activity that moves to another month', async () => {
    const id = home.nextId();
    await home.db.query("SELECT satchel.ensure_activity_partitions('2020-01-01', '2020-02-01')");
    await home.as(async (tx) => {
      await tx.query(
        "INSERT INTO activities (workspace_id, id, type, occurred_at, user_id) VALUES ($1, $2, 'call', '2020-01-15Z', $3)",
        [home.workspace, id, home.person],
      );
      await tx.query("UPDATE activities SET occurred_at = '2020-02-15Z' WHERE id = $1", [id]);
    });
    const entries = await historyOf(id);
    expect(entries.map((entry) => [entry.operation, entry.field])).toEqual([
      ['insert', null],
      ['update', 'occurred_at'],
    ]);
  });
});

describe('times and stamps', () => {
  test('an edit moves updated_at, an embedding does not', async () => {
    const id = await home.createAccount();
    await home.db.query("UPDATE accounts SET content_hash = 'x' WHERE id = $1", [id]);
    const before = await home.db.query<{ same: boolean }>(
      'SELECT updated_at = created_at AS same FROM accounts WHERE id = $1',
      [id],
    );
    expect(before.rows).toEqual([{ same: true }]);
    await home.as((tx) => tx.query("UPDATE accounts SET industry = 'retail' WHERE id = $1", [id]));
    const after = await home.db.query<{ later: boolean }>(
      'SELECT updated_at > created_at AS later FROM accounts WHERE id = $1',
      [id],
    );
    expect(after.rows).toEqual([{ later: true }]);
  });

  test('stamps the groups that changed and no other', async () => {
    const id = home.nextId();
    await home.db.query(
      `INSERT INTO custom_field_definitions (workspace_id, id, object, key, label, type)
       VALUES ($1, $2, 'opportunities', 'region', 'Region', 'text')`,
      [home.workspace, home.nextId()],
    );
    const account = await home.createAccount();
    await home.as(
      (tx) =>
        tx.query(
          "INSERT INTO opportunities (workspace_id, id, name, account_id, amount) VALUES ($1, $2, 'Deal', $3, 10)",
          [home.workspace, id, account],
        ),
      { 'satchel.stamp': '0001-a' },
    );
    await home.as(
      (tx) =>
        tx.query(
          `UPDATE opportunities SET currency = 'EUR', close_date = '2026-01-01', name = name,
             custom_fields = '{"region": "north"}' WHERE id = $1`,
          [id],
        ),
      { 'satchel.stamp': '0002-a' },
    );
    const { rows } = await home.db.query('SELECT _stamp, _stamps FROM opportunities WHERE id = $1', [id]);
    expect(rows).toEqual([
      { _stamp: '0001-a', _stamps: { money: '0002-a', stage: '0002-a', 'custom_fields.region': '0002-a' } },
    ]);
  });
});
