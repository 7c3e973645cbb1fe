import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WorkspaceDatabase } from './workspace-database.ts';

let home: WorkspaceDatabase;
beforeAll(async () => {
  home = await WorkspaceDatabase.open();
});
afterAll(() => home[Symbol.asyncDispose]());

describe('on the laptop', () => {
  test('a change is announced with its ids, a big one without', async () => {
    const heard: { table: string; ids?: string[] }[] = [];
    const stop = await home.db.listen('satchel_changes', (payload) => {
      heard.push(JSON.parse(payload));
    });
    const id = await home.createAccount();
    expect(heard).toContainEqual({ workspace_id: home.workspace, table: 'accounts', ids: [id] });
    heard.length = 0;
    for (const count of [200, 201])
      await home.db.query(
        "INSERT INTO contacts (workspace_id, id, email) SELECT $1, gen_random_uuid(), 'a@b.c' FROM generate_series(1, $2::int)",
        [home.workspace, count],
      );
    const contacts = heard.filter((event) => event.table === 'contacts');
    expect(contacts.map((event) => event.ids?.length)).toEqual([200, undefined]);
    await stop();
  });

  test('changes are noted for sync once the workspace is shared, except those from sync', async () => {
    await home.createAccount();
    const count = async () => (await home.db.query('SELECT * FROM sync_outbox')).rows.length;
    expect(await count()).toBe(0);
    await home.db.query(
      "INSERT INTO sync_state (workspace_id, client_id, node, capturing) VALUES ($1, $2, '0000000a', true)",
      [home.workspace, home.nextId()],
    );
    const id = home.nextId();
    await home.as(
      async (tx) => {
        await tx.query("INSERT INTO accounts (workspace_id, id, name) VALUES ($1, $2, 'Shared')", [
          home.workspace,
          id,
        ]);
        await tx.query("UPDATE accounts SET industry = 'x' WHERE id = $1", [id]);
      },
      { 'satchel.stamp': '0003-a' },
    );
    const { rows } = await home.db.query<{ change_set_id: string }>(
      'SELECT change_set_id, object, record_key, operation, field_groups FROM sync_outbox ORDER BY position',
    );
    expect(rows).toMatchObject([
      { object: 'accounts', record_key: { id }, operation: 'upsert', field_groups: null },
      { object: 'accounts', record_key: { id }, operation: 'upsert', field_groups: ['industry'] },
    ]);
    expect(rows[0]?.change_set_id).toBe(rows[1]?.change_set_id);
    await home.as((tx) => tx.query("UPDATE accounts SET industry = 'y' WHERE id = $1", [id]), {
      'satchel.stamp': '0004-b',
      'satchel.source': 'sync',
    });
    expect(await count()).toBe(2);
    await home.db.query('DELETE FROM sync_state');
  });

  test('the links of activities are noted too, and one given to another record as gone and come', async () => {
    const [activity, one, other] = [home.nextId(), home.nextId(), home.nextId()];
    await home.as(async (tx) => {
      await tx.query(
        "INSERT INTO contacts (workspace_id, id, first_name) VALUES ($1, $2, 'One'), ($1, $3, 'Other')",
        [home.workspace, one, other],
      );
      await tx.query(
        "INSERT INTO activities (workspace_id, id, type, occurred_at, user_id) VALUES ($1, $2, 'call', '2026-01-15Z', $3)",
        [home.workspace, activity, home.person],
      );
    });
    await home.db.query('DELETE FROM sync_outbox');
    await home.db.query(
      "INSERT INTO sync_state (workspace_id, client_id, node, capturing) VALUES ($1, $2, '0000000a', true)",
      [home.workspace, home.nextId()],
    );
    for (const statement of [
      `INSERT INTO activity_contacts (workspace_id, activity_id, occurred_at, contact_id)
       SELECT workspace_id, id, occurred_at, '${one}' FROM activities WHERE id = '${activity}'`,
      `UPDATE activities SET occurred_at = '2026-02-15Z' WHERE id = '${activity}'`,
      `UPDATE activity_contacts SET contact_id = '${other}' WHERE activity_id = '${activity}'`,
      `DELETE FROM activity_contacts WHERE activity_id = '${activity}'`,
    ])
      await home.as((tx) => tx.query(statement), { 'satchel.stamp': '0005-a' });
    const { rows } = await home.db.query(
      "SELECT object, operation, record_key ->> 'contact_id' AS contact FROM sync_outbox ORDER BY position, operation",
    );
    expect(rows).toEqual([
      { object: 'activity_contacts', operation: 'upsert', contact: one },
      { object: 'activities', operation: 'upsert', contact: null },
      { object: 'activity_contacts', operation: 'delete', contact: one },
      { object: 'activity_contacts', operation: 'upsert', contact: other },
      { object: 'activity_contacts', operation: 'delete', contact: other },
    ]);
    await home.db.query('DELETE FROM sync_state');
  });

  test('a setting, which travels whole, has the stamp of its last change', async () => {
    await home.db.query('DELETE FROM sync_outbox');
    await home.db.query(
      "INSERT INTO sync_state (workspace_id, client_id, node, capturing) VALUES ($1, $2, '0000000a', true)",
      [home.workspace, home.nextId()],
    );
    const set = (value: number, stamp: string, source = 'person') =>
      home.as(
        (tx) =>
          tx.query(
            `INSERT INTO settings (workspace_id, key, value) VALUES ($1, 'k', to_jsonb($2::integer))
             ON CONFLICT (workspace_id, key, user_id) DO UPDATE SET value = excluded.value`,
            [home.workspace, value],
          ),
        { 'satchel.stamp': stamp, 'satchel.source': source },
      );
    await set(1, '0001-a');
    await set(2, '0002-a');
    // What sync writes keeps the stamp that it came with, and what changes nothing keeps its own.
    await set(3, '0003-b', 'sync');
    await set(3, '0004-a');
    const { rows } = await home.db.query("SELECT value, _stamp FROM settings WHERE key = 'k'");
    expect(rows).toEqual([{ value: 3, _stamp: '0002-a' }]);
    const outbox = await home.db.query('SELECT stamp FROM sync_outbox ORDER BY position');
    expect(outbox.rows).toEqual([{ stamp: '0001-a' }, { stamp: '0002-a' }]);
    await home.db.query('DELETE FROM sync_state');
  });

  test('a business action over several records travels as one, and one that fails leaves nothing to send', async () => {
    await home.db.query('DELETE FROM sync_outbox');
    await home.db.query(
      "INSERT INTO sync_state (workspace_id, client_id, node, capturing) VALUES ($1, $2, '0000000a', true)",
      [home.workspace, home.nextId()],
    );
    const [lead, account, contact, deal] = Array.from({ length: 4 }, () => home.nextId());
    const convert = (stage: string) =>
      home.as(
        async (tx) => {
          const insert = (sql: string, ...params: unknown[]) => tx.query(sql, [home.workspace, ...params]);
          await insert("INSERT INTO leads (workspace_id, id, last_name) VALUES ($1, $2, 'Doe')", lead);
          await insert("INSERT INTO accounts (workspace_id, id, name) VALUES ($1, $2, 'MegaCorp')", account);
          await insert(
            `INSERT INTO contacts (workspace_id, id, last_name, account_id, converted_from_lead_id)
             VALUES ($1, $2, 'Doe', $3, $4)`,
            contact,
            account,
            lead,
          );
          await insert(
            "INSERT INTO opportunities (workspace_id, id, name, account_id, stage) VALUES ($1, $2, 'Deal', $3, $4)",
            deal,
            account,
            stage,
          );
          await insert(
            `UPDATE leads SET status = 'converted', converted_at = now(), converted_account_id = $2,
               converted_contact_id = $3, converted_opportunity_id = $4 WHERE workspace_id = $1 AND id = $5`,
            account,
            contact,
            deal,
            lead,
          );
        },
        { 'satchel.stamp': '0005-a' },
      );
    await expect(convert('none')).rejects.toThrow(/enum/u);
    expect(await home.one('SELECT count(*)::int FROM sync_outbox')).toBe(0);
    await convert('qualification');
    const { rows } = await home.db.query(
      `SELECT count(DISTINCT change_set_id)::int AS actions, array_agg(object ORDER BY position) AS objects FROM sync_outbox`,
    );
    expect(rows).toEqual([
      { actions: 1, objects: ['leads', 'accounts', 'contacts', 'opportunities', 'leads'] },
    ]);
    await home.db.query('DELETE FROM sync_state');
  });

  test('a vector waits outside the graph until background work puts it in, and leaves it when the row changes', async () => {
    const id = await home.createAccount();
    const indexed = async () =>
      (
        await home.db.query<{ indexed: boolean }>(
          'SELECT summary_embedding_indexed AS indexed FROM accounts WHERE id = $1',
          [id],
        )
      ).rows[0]?.indexed;
    await home.db.query(
      `UPDATE accounts SET embedding_model = 'm',
         summary_embedding = (SELECT array_agg(CASE WHEN i = 1 THEN 1 ELSE 0 END ORDER BY i) FROM generate_series(1, 1024) AS i)::vector
       WHERE id = $1`,
      [id],
    );
    expect(await indexed()).toBe(false);
    const step = async () =>
      (await home.db.query<{ more: boolean }>("SELECT satchel.index_next_embedding('accounts') AS more"))
        .rows[0]?.more;
    expect(await step()).toBe(true);
    expect(await indexed()).toBe(true);
    expect(await step()).toBe(false);
    await home.as((tx) => tx.query("UPDATE accounts SET industry = 'z' WHERE id = $1", [id]));
    expect(await indexed()).toBe(false);
  });
});
