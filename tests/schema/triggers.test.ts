import type { PGlite, Transaction } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openMigratedPglite } from './database.ts';

const workspace = '018f0000-0000-7000-8000-000000000001';
const person = '018f0000-0000-7000-8000-000000000002';
let db: PGlite;
let counter = 0;

const nextId = (): string => {
  counter += 1;
  return `018f0000-0000-7000-9000-${counter.toString(16).padStart(12, '0')}`;
};

beforeAll(async () => {
  db = await openMigratedPglite();
  await db.query('SELECT satchel.seed_workspace($1, $2, $3, $4)', [workspace, 'Acme', person, 'Ada']);
});
afterAll(() => db.close());

/** Runs as the seeded administrator under row-level security, as every request does. */
function asPerson<T>(
  work: (tx: Transaction) => Promise<T>,
  settings: Readonly<Record<string, string>> = {},
): Promise<T> {
  return db.transaction(async (tx) => {
    const all = { 'satchel.workspace_id': workspace, 'satchel.user_id': person, ...settings };
    for (const [key, value] of Object.entries(all))
      await tx.query('SELECT set_config($1, $2, true)', [key, value]);
    await tx.exec('SET LOCAL ROLE satchel_app');
    return work(tx);
  });
}

async function createAccount(fields: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const id = nextId();
  await asPerson((tx) =>
    tx.query('INSERT INTO accounts (workspace_id, id, name, custom_fields) VALUES ($1, $2, $3, $4)', [
      workspace,
      id,
      'Betatech',
      fields,
    ]),
  );
  return id;
}

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
  const { rows } = await db.query<HistoryRow>(
    `SELECT operation, field, old_value, new_value, source, user_id, change_set_id
     FROM field_history WHERE record_id = $1 ORDER BY seq`,
    [record],
  );
  return rows;
}

describe('history', () => {
  test('keeps who changed which field from what to what, and by what means', async () => {
    const id = await createAccount();
    await asPerson(
      (tx) => tx.query("UPDATE accounts SET name = 'Betatech Ltd', industry = 'medical' WHERE id = $1", [id]),
      {
        'satchel.source': 'ai',
      },
    );
    const [created, ...changes] = await historyOf(id);
    expect(created).toMatchObject({ operation: 'insert', field: null, source: 'person', user_id: person });
    expect(changes).toMatchObject([
      {
        operation: 'update',
        field: 'name',
        old_value: 'Betatech',
        new_value: 'Betatech Ltd',
        source: 'ai',
        user_id: person,
      },
      { operation: 'update', field: 'industry', old_value: null, new_value: 'medical', source: 'ai' },
    ]);
    const sets = new Set(changes.map((change) => change.change_set_id));
    expect(sets.size).toBe(1);
    const { rows } = await db.query('SELECT source, user_id FROM change_sets WHERE id = $1', [[...sets][0]]);
    expect(rows).toEqual([{ source: 'ai', user_id: person }]);
  });

  test('an update that changes nothing is none: no time, no entry, no change set, nothing told or sent', async () => {
    const id = await createAccount();
    await db.query("UPDATE accounts SET updated_at = '2020-01-01Z' WHERE id = $1", [id]);
    await db.query(
      "INSERT INTO sync_state (workspace_id, client_id, node, capturing) VALUES ($1, $2, '0000000a', true)",
      [workspace, nextId()],
    );
    const heard: string[] = [];
    const stop = await db.listen('satchel_changes', (payload) => heard.push(payload));
    const counts = async () =>
      (
        await db.query(
          `SELECT (SELECT count(*) FROM change_sets) AS sets, (SELECT count(*) FROM field_history) AS entries,
             (SELECT count(*) FROM sync_outbox) AS waiting`,
        )
      ).rows;
    const before = await counts();
    const same = (settings = {}) =>
      asPerson(
        (tx) =>
          tx.query("UPDATE accounts SET name = name, industry = NULL, custom_fields = '{}' WHERE id = $1", [
            id,
          ]),
        { 'satchel.stamp': '0002-a', ...settings },
      );
    expect((await same()).affectedRows).toBe(1);
    expect(await counts()).toEqual(before);
    const { rows } = await db.query(
      "SELECT updated_at = '2020-01-01Z' AS same, _stamps FROM accounts WHERE id = $1",
      [id],
    );
    expect(rows).toEqual([{ same: true, _stamps: {} }]);
    expect(heard).toEqual([]);
    await stop();
    await db.query('DELETE FROM sync_state');
  });

  test('of a custom field is its own', async () => {
    await db.query(
      `INSERT INTO custom_field_definitions (workspace_id, id, object, key, label, type)
       VALUES ($1, $2, 'accounts', 'floor', 'Floor', 'number'), ($1, $3, 'accounts', 'gate', 'Gate', 'text')`,
      [workspace, nextId(), nextId()],
    );
    const id = await createAccount({ floor: 1, gate: 'A' });
    await asPerson((tx) =>
      tx.query(`UPDATE accounts SET custom_fields = '{"floor": 2, "gate": "A"}' WHERE id = $1`, [id]),
    );
    await asPerson((tx) =>
      tx.query(`UPDATE accounts SET custom_fields = '{"floor": 2}' WHERE id = $1`, [id]),
    );
    expect((await historyOf(id)).slice(1)).toMatchObject([
      { field: 'custom_fields.floor', old_value: 1, new_value: 2 },
      { field: 'custom_fields.gate', old_value: 'A', new_value: null },
    ]);
  });

  test('puts everything under the change set that the caller named', async () => {
    const set = nextId();
    const id = nextId();
    await asPerson(
      async (tx) => {
        await tx.query("INSERT INTO accounts (workspace_id, id, name) VALUES ($1, $2, 'Isdom')", [
          workspace,
          id,
        ]);
        await tx.query('UPDATE accounts SET employee_count = 10 WHERE id = $1', [id]);
      },
      { 'satchel.change_set_id': set },
    );
    expect((await historyOf(id)).map((entry) => entry.change_set_id)).toEqual([set, set]);
  });

  test('tells the trash and the way back from other edits', async () => {
    const id = await createAccount();
    await asPerson((tx) => tx.query('UPDATE accounts SET deleted_at = now() WHERE id = $1', [id]));
    await asPerson((tx) => tx.query('UPDATE accounts SET deleted_at = NULL WHERE id = $1', [id]));
    expect((await historyOf(id)).map((entry) => entry.operation)).toEqual(['insert', 'delete', 'restore']);
  });

  test('cannot be written or changed by a request', async () => {
    await createAccount();
    await expect(asPerson((tx) => tx.query('DELETE FROM field_history'))).rejects.toThrow(
      /permission denied/u,
    );
    await expect(asPerson((tx) => tx.query("UPDATE field_history SET object = 'x'"))).rejects.toThrow(
      /permission denied/u,
    );
  });

  test('follows an activity that moves to another month', async () => {
    const id = nextId();
    await db.query("SELECT satchel.ensure_activity_partitions('2020-01-01', '2020-02-01')");
    await asPerson(async (tx) => {
      await tx.query(
        "INSERT INTO activities (workspace_id, id, type, occurred_at, user_id) VALUES ($1, $2, 'call', '2020-01-15Z', $3)",
        [workspace, id, person],
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
    const id = await createAccount();
    await db.query("UPDATE accounts SET content_hash = 'x' WHERE id = $1", [id]);
    const before = await db.query<{ same: boolean }>(
      'SELECT updated_at = created_at AS same FROM accounts WHERE id = $1',
      [id],
    );
    expect(before.rows).toEqual([{ same: true }]);
    await asPerson((tx) => tx.query("UPDATE accounts SET industry = 'retail' WHERE id = $1", [id]));
    const after = await db.query<{ later: boolean }>(
      'SELECT updated_at > created_at AS later FROM accounts WHERE id = $1',
      [id],
    );
    expect(after.rows).toEqual([{ later: true }]);
  });

  test('stamps the groups that changed and no other', async () => {
    const id = nextId();
    await db.query(
      `INSERT INTO custom_field_definitions (workspace_id, id, object, key, label, type)
       VALUES ($1, $2, 'opportunities', 'region', 'Region', 'text')`,
      [workspace, nextId()],
    );
    const account = await createAccount();
    await asPerson(
      (tx) =>
        tx.query(
          "INSERT INTO opportunities (workspace_id, id, name, account_id, amount) VALUES ($1, $2, 'Deal', $3, 10)",
          [workspace, id, account],
        ),
      { 'satchel.stamp': '0001-a' },
    );
    await asPerson(
      (tx) =>
        tx.query(
          `UPDATE opportunities SET currency = 'EUR', close_date = '2026-01-01', name = name,
             custom_fields = '{"region": "north"}' WHERE id = $1`,
          [id],
        ),
      { 'satchel.stamp': '0002-a' },
    );
    const { rows } = await db.query('SELECT _stamp, _stamps FROM opportunities WHERE id = $1', [id]);
    expect(rows).toEqual([
      { _stamp: '0001-a', _stamps: { money: '0002-a', stage: '0002-a', 'custom_fields.region': '0002-a' } },
    ]);
  });
});

describe('the pipeline', () => {
  test('keeps the history of stages and the moment of closing', async () => {
    const id = nextId();
    const account = await createAccount();
    await asPerson((tx) =>
      tx.query("INSERT INTO opportunities (workspace_id, id, name, account_id) VALUES ($1, $2, 'Deal', $3)", [
        workspace,
        id,
        account,
      ]),
    );
    await asPerson((tx) =>
      tx.query("UPDATE opportunities SET stage = 'closed_won', amount = 150 WHERE id = $1", [id]),
    );
    const closed = await db.query('SELECT closed_at IS NOT NULL AS closed FROM opportunities WHERE id = $1', [
      id,
    ]);
    expect(closed.rows).toEqual([{ closed: true }]);
    await asPerson((tx) => tx.query("UPDATE opportunities SET stage = 'negotiation' WHERE id = $1", [id]));
    const reopened = await db.query('SELECT closed_at FROM opportunities WHERE id = $1', [id]);
    expect(reopened.rows).toEqual([{ closed_at: null }]);
    const { rows } = await db.query(
      'SELECT from_stage, to_stage, amount FROM opportunity_stage_history WHERE opportunity_id = $1 ORDER BY id',
      [id],
    );
    expect(rows).toEqual([
      { from_stage: null, to_stage: 'prospecting', amount: null },
      { from_stage: 'prospecting', to_stage: 'closed_won', amount: '150.0000' },
      { from_stage: 'closed_won', to_stage: 'negotiation', amount: '150.0000' },
    ]);
  });

  test('the database adds up a quote, whatever is written into its totals', async () => {
    const account = await createAccount();
    const opportunity = nextId();
    const quote = nextId();
    const line = nextId();
    await asPerson(async (tx) => {
      await tx.query(
        "INSERT INTO opportunities (workspace_id, id, name, account_id) VALUES ($1, $2, 'Deal', $3)",
        [workspace, opportunity, account],
      );
      await tx.query(
        `INSERT INTO quotes (workspace_id, id, opportunity_id, quote_number, discount_percent, total)
         VALUES ($1, $2, $3, 'Q-1', 10, 999)`,
        [workspace, quote, opportunity],
      );
      await tx.query(
        `INSERT INTO quote_line_items (workspace_id, id, quote_id, quantity, unit_price, discount_percent, tax_percent)
         VALUES ($1, $2, $3, 3, 100, 50, 20), ($1, $4, $3, 1, 50, 0, 0)`,
        [workspace, line, quote, nextId()],
      );
    });
    const totals = async (): Promise<unknown> =>
      (await db.query('SELECT subtotal, discount_total, tax_total, total FROM quotes WHERE id = $1', [quote]))
        .rows[0];
    // 3 x 100 at half price is 150, and 50: 200. Ten percent off: 180. Tax on 150 x 0.9 at 20 %: 27.
    expect(await totals()).toEqual({
      subtotal: '200.0000',
      discount_total: '20.0000',
      tax_total: '27.0000',
      total: '207.0000',
    });
    await asPerson((tx) => tx.query('DELETE FROM quote_line_items WHERE id = $1', [line]));
    expect(await totals()).toEqual({
      subtotal: '50.0000',
      discount_total: '5.0000',
      tax_total: '0.0000',
      total: '45.0000',
    });
  });
});

describe('custom fields', () => {
  beforeAll(async () => {
    for (const [key, type, options] of [
      ['score', 'number', '[]'],
      ['sector', 'select', '[{"value": "tech", "label": "Technology"}]'],
      ['regions', 'multi_select', '[{"value": "emea"}, {"value": "apac"}]'],
      ['since', 'date', '[]'],
      ['site', 'url', '[]'],
    ])
      await db.query(
        `INSERT INTO custom_field_definitions (workspace_id, id, object, key, label, type, options)
         VALUES ($1, $2, 'accounts', $3, $3, $4, $5::text::jsonb)`,
        [workspace, nextId(), key, type, options],
      );
  });

  test('take what their definition says', async () => {
    const id = await createAccount({
      score: 81.5,
      sector: 'tech',
      regions: ['emea'],
      since: '2024-02-29',
      site: 'https://a.b',
    });
    const { rows } = await db.query(`SELECT id FROM accounts WHERE custom_fields @> '{"sector": "tech"}'`);
    expect(rows).toEqual([{ id }]);
  });

  test.each([
    ['an unknown key', { color: 'red' }],
    ['text for a number', { score: 'high' }],
    ['an option that is not offered', { sector: 'retail' }],
    ['one wrong choice among several', { regions: ['emea', 'mars'] }],
    ['a day that does not exist', { since: '2023-02-29' }],
    ['no address', { site: 'javascript:alert(1)' }],
  ])('refuse %s', async (_what, fields) => {
    await expect(createAccount(fields)).rejects.toThrow(/The custom field ".*" of accounts/u);
  });

  test('that are required must be filled in, yet a later definition does not block other edits', async () => {
    const old = await createAccount();
    await db.query(
      `INSERT INTO custom_field_definitions (workspace_id, id, object, key, label, type, is_required)
       VALUES ($1, $2, 'accounts', 'code', 'Code', 'text', true)`,
      [workspace, nextId()],
    );
    await expect(createAccount({})).rejects.toThrow(/"code" of accounts must be filled in/u);
    await createAccount({ code: 'A1' });
    await asPerson((tx) => tx.query("UPDATE accounts SET industry = 'x' WHERE id = $1", [old]));
    await db.query("UPDATE custom_field_definitions SET is_required = false WHERE key = 'code'");
  });
});

describe('the trash', () => {
  test('only what lies in it is deleted for good, and nothing live goes along', async () => {
    const account = await createAccount();
    const opportunity = nextId();
    await asPerson((tx) =>
      tx.query("INSERT INTO opportunities (workspace_id, id, name, account_id) VALUES ($1, $2, 'Deal', $3)", [
        workspace,
        opportunity,
        account,
      ]),
    );
    const purge = () => asPerson((tx) => tx.query('DELETE FROM accounts WHERE id = $1', [account]));
    await expect(purge()).rejects.toThrow(/Only what is in the trash/u);
    await asPerson((tx) => tx.query('UPDATE accounts SET deleted_at = now() WHERE id = $1', [account]));
    await expect(purge()).rejects.toThrow(/opportunities/u);
    await asPerson((tx) =>
      tx.query('UPDATE opportunities SET deleted_at = now() WHERE id = $1', [opportunity]),
    );
    await purge();
    const { rows } = await db.query('SELECT FROM opportunities WHERE id = $1', [opportunity]);
    expect(rows).toHaveLength(0);
  });
});

describe('on the laptop', () => {
  test('a change is announced with its ids, a big one without', async () => {
    const heard: { table: string; ids?: string[] }[] = [];
    const stop = await db.listen('satchel_changes', (payload) => {
      heard.push(JSON.parse(payload));
    });
    const id = await createAccount();
    expect(heard).toContainEqual({ workspace_id: workspace, table: 'accounts', ids: [id] });
    heard.length = 0;
    for (const count of [200, 201])
      await db.query(
        "INSERT INTO contacts (workspace_id, id, email) SELECT $1, gen_random_uuid(), 'a@b.c' FROM generate_series(1, $2::int)",
        [workspace, count],
      );
    const contacts = heard.filter((event) => event.table === 'contacts');
    expect(contacts.map((event) => event.ids?.length)).toEqual([200, undefined]);
    await stop();
  });

  test('changes are noted for sync once the workspace is shared, except those from sync', async () => {
    await createAccount();
    const count = async () => (await db.query('SELECT * FROM sync_outbox')).rows.length;
    expect(await count()).toBe(0);
    await db.query(
      "INSERT INTO sync_state (workspace_id, client_id, node, capturing) VALUES ($1, $2, '0000000a', true)",
      [workspace, nextId()],
    );
    const id = nextId();
    await asPerson(
      async (tx) => {
        await tx.query("INSERT INTO accounts (workspace_id, id, name) VALUES ($1, $2, 'Shared')", [
          workspace,
          id,
        ]);
        await tx.query("UPDATE accounts SET industry = 'x' WHERE id = $1", [id]);
      },
      { 'satchel.stamp': '0003-a' },
    );
    const { rows } = await db.query<{ change_set_id: string }>(
      'SELECT change_set_id, object, record_key, operation, field_groups FROM sync_outbox ORDER BY position',
    );
    expect(rows).toMatchObject([
      { object: 'accounts', record_key: { id }, operation: 'upsert', field_groups: null },
      { object: 'accounts', record_key: { id }, operation: 'upsert', field_groups: ['industry'] },
    ]);
    expect(rows[0]?.change_set_id).toBe(rows[1]?.change_set_id);
    await asPerson((tx) => tx.query("UPDATE accounts SET industry = 'y' WHERE id = $1", [id]), {
      'satchel.stamp': '0004-b',
      'satchel.source': 'sync',
    });
    expect(await count()).toBe(2);
    await db.query('DELETE FROM sync_state');
  });

  test('the links of activities are noted too, and one given to another record as gone and come', async () => {
    const [activity, one, other] = [nextId(), nextId(), nextId()];
    await asPerson(async (tx) => {
      await tx.query(
        "INSERT INTO contacts (workspace_id, id, first_name) VALUES ($1, $2, 'One'), ($1, $3, 'Other')",
        [workspace, one, other],
      );
      await tx.query(
        "INSERT INTO activities (workspace_id, id, type, occurred_at, user_id) VALUES ($1, $2, 'call', '2026-01-15Z', $3)",
        [workspace, activity, person],
      );
    });
    await db.query('DELETE FROM sync_outbox');
    await db.query(
      "INSERT INTO sync_state (workspace_id, client_id, node, capturing) VALUES ($1, $2, '0000000a', true)",
      [workspace, nextId()],
    );
    for (const statement of [
      `INSERT INTO activity_contacts (workspace_id, activity_id, occurred_at, contact_id)
       SELECT workspace_id, id, occurred_at, '${one}' FROM activities WHERE id = '${activity}'`,
      `UPDATE activities SET occurred_at = '2026-02-15Z' WHERE id = '${activity}'`,
      `UPDATE activity_contacts SET contact_id = '${other}' WHERE activity_id = '${activity}'`,
      `DELETE FROM activity_contacts WHERE activity_id = '${activity}'`,
    ])
      await asPerson((tx) => tx.query(statement), { 'satchel.stamp': '0005-a' });
    const { rows } = await db.query(
      "SELECT object, operation, record_key ->> 'contact_id' AS contact FROM sync_outbox ORDER BY position, operation",
    );
    expect(rows).toEqual([
      { object: 'activity_contacts', operation: 'upsert', contact: one },
      { object: 'activities', operation: 'upsert', contact: null },
      { object: 'activity_contacts', operation: 'delete', contact: one },
      { object: 'activity_contacts', operation: 'upsert', contact: other },
      { object: 'activity_contacts', operation: 'delete', contact: other },
    ]);
    await db.query('DELETE FROM sync_state');
  });

  test('a vector waits outside the graph until background work puts it in, and leaves it when the row changes', async () => {
    const id = await createAccount();
    const indexed = async () =>
      (
        await db.query<{ indexed: boolean }>(
          'SELECT summary_embedding_indexed AS indexed FROM accounts WHERE id = $1',
          [id],
        )
      ).rows[0]?.indexed;
    await db.query(
      `UPDATE accounts SET embedding_model = 'm',
         summary_embedding = (SELECT array_agg(CASE WHEN i = 1 THEN 1 ELSE 0 END ORDER BY i) FROM generate_series(1, 1024) AS i)::vector
       WHERE id = $1`,
      [id],
    );
    expect(await indexed()).toBe(false);
    const step = async () =>
      (await db.query<{ more: boolean }>("SELECT satchel.index_next_embedding('accounts') AS more")).rows[0]
        ?.more;
    expect(await step()).toBe(true);
    expect(await indexed()).toBe(true);
    expect(await step()).toBe(false);
    await asPerson((tx) => tx.query("UPDATE accounts SET industry = 'z' WHERE id = $1", [id]));
    expect(await indexed()).toBe(false);
  });
});
