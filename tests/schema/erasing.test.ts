import { afterAll, beforeAll, expect, test } from 'vitest';
import { WorkspaceDatabase } from './workspace-database.ts';

let home: WorkspaceDatabase;
let rep: string;
const jane = '018f0000-0000-7000-8000-000000000004';

beforeAll(async () => {
  home = await WorkspaceDatabase.open();
  rep = await home.addPerson('Sales Representative');
  await home.db.query(
    `INSERT INTO contacts (workspace_id, id, first_name, last_name, email, phone_mobile, owner_id)
     VALUES ($1, $2, 'Jane', 'Doe', 'jane.doe@email.com', '+44 20 7946 0958', $3)`,
    [home.workspace, jane, rep],
  );
});
afterAll(() => home[Symbol.asyncDispose]());

test('erasing a person leaves nothing that says who they were', async () => {
  const lead = '018f0000-0000-7000-8000-0000000000b1';
  const [alone, together] = ['018f0000-0000-7000-8000-0000000000b2', '018f0000-0000-7000-8000-0000000000b3'];
  const other = '018f0000-0000-7000-8000-0000000000b4';
  const account = await home.createAccount();
  await home.db.query('UPDATE contacts SET account_id = $1', [account]);
  await home.as(async (tx) => {
    await tx.query(
      "INSERT INTO leads (workspace_id, id, first_name, last_name, email) VALUES ($1, $2, 'Jane', 'Doe', 'jane@private.example')",
      [home.workspace, lead],
    );
    await tx.query(
      "INSERT INTO contacts (workspace_id, id, first_name, last_name) VALUES ($1, $2, 'J.', 'Doe')",
      [home.workspace, other],
    );
    await tx.query('UPDATE contacts SET converted_from_lead_id = $1, description = $2 WHERE id = $3', [
      lead,
      'Janes secret',
      jane,
    ]);
    await tx.query(
      "INSERT INTO activities (workspace_id, id, type, subject, user_id) VALUES ($1, $2, 'call', 'Jane alone', $4), ($1, $3, 'call', 'With the firm', $4)",
      [home.workspace, alone, together, home.person],
    );
    await tx.query(
      'INSERT INTO activity_contacts (workspace_id, activity_id, occurred_at, contact_id) SELECT workspace_id, id, occurred_at, $1 FROM activities',
      [jane],
    );
    await tx.query(
      `INSERT INTO activity_accounts (workspace_id, activity_id, occurred_at, account_id)
       SELECT a.workspace_id, a.id, a.occurred_at, c.account_id FROM activities AS a, contacts AS c WHERE a.id = $1 AND c.id = $2`,
      [together, jane],
    );
    await tx.query(
      "INSERT INTO notes (workspace_id, id, contact_id, content) VALUES ($1, gen_random_uuid(), $2, 'About Jane')",
      [home.workspace, jane],
    );
    await tx.query(
      `UPDATE change_sets SET label = '{"template": "Changed {{0}}", "values": ["Jane Doe"]}'
       WHERE id IN (SELECT change_set_id FROM field_history WHERE record_id = $1)`,
      [jane],
    );
  });
  await home.db.query(
    `INSERT INTO merges (workspace_id, id, object, kept_id, merged_id, change_set_id)
     SELECT workspace_id, gen_random_uuid(), 'contacts', $1, $2, id FROM change_sets LIMIT 1`,
    [jane, other],
  );
  await home.db.query(
    `INSERT INTO sync_conflicts (workspace_id, id, object, record_id, field_group, lost_value) VALUES ($1, gen_random_uuid(), 'contacts', $2, 'name', '"Jane"')`,
    [home.workspace, jane],
  );

  const erase = (settings = {}) =>
    home.as((tx) => tx.query('SELECT satchel.erase_contact($1)', [jane]), settings);
  await expect(erase({ 'satchel.user_id': rep })).rejects.toThrow(/does not allow/u);
  await erase();

  const { rows: tables } = await home.db.query<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition",
  );
  const left: string[] = [];
  for (const { name } of tables) {
    const { rows } = await home.db.query(
      `SELECT FROM ${name} AS r WHERE to_jsonb(r)::text ~* '\\yjane|7946 ?0958|\\ydoe\\y'`,
    );
    if (rows.length > 0) left.push(name);
  }
  expect(left).toEqual([]);
  const kept = await home.db.query('SELECT id FROM activities');
  expect(kept.rows).toEqual([{ id: together }]);
  const purged = await home.db.query(
    'SELECT DISTINCT operation FROM field_history WHERE record_id = ANY ($1)',
    [[jane, lead, other, alone]],
  );
  expect(purged.rows).toEqual([{ operation: 'purge' }]);
});
