import { afterAll, beforeAll, expect, test } from 'vitest';
import { WorkspaceDatabase } from './workspace-database.ts';

let home: WorkspaceDatabase;
beforeAll(async () => {
  home = await WorkspaceDatabase.open();
  await home.createAccount();
});
afterAll(() => home[Symbol.asyncDispose]());

const account = '(SELECT id FROM accounts LIMIT 1)';
/** A vector of 1024 equal components. */
const vector = (component: string): string => `array_fill(${component}, ARRAY[1024])::vector`;

/** The columns beside the keys, the values in them, and what PostgreSQL says to that. */
const refused: readonly (readonly [string, string, string, string, string])[] = [
  ['a deal with neither account nor contact', 'opportunities', 'name', "'x'", 'chk_opportunity_has_target'],
  ['a note about nothing', 'notes', 'content', "'x'", 'chk_note_has_target'],
  [
    'a probability above 1',
    'opportunities',
    'name, account_id, probability',
    `'x', ${account}, 1.01`,
    'opportunities_probability_check',
  ],
  [
    'a probability below 0',
    'opportunities',
    'name, account_id, probability',
    `'x', ${account}, -0.01`,
    'opportunities_probability_check',
  ],
  [
    'a stage in another spelling',
    'opportunities',
    'name, account_id, stage',
    `'x', ${account}, 'Closed Won'`,
    'enum opportunity_stage',
  ],
  ['a type of activity that is none', 'activities', 'type', "'fax'", 'enum activity_type'],
  [
    'a status of a case that is none',
    'cases',
    'case_number, subject, status',
    "'1', 'x', 'lost'",
    'enum case_status',
  ],
  ['a status of a task that is none', 'tasks', 'title, status', "'x', 'open'", 'enum task_status'],
  [
    'a lifecycle stage that is none',
    'contacts',
    'last_name, lifecycle_stage',
    "'x', 'prospect'",
    'enum contact_lifecycle_stage',
  ],
  ['a person without any name', 'contacts', 'phone_work', "'1'", 'contacts_named'],
  ['a blank name', 'accounts', 'name', "'  '", 'accounts_name_check'],
  ['a converted lead without the date', 'leads', 'last_name, status', "'x', 'converted'", 'leads_conversion'],
  ['a negative price', 'products', 'name, unit_price', "'x', -1", 'products_unit_price_check'],
  [
    'custom fields that are a list',
    'accounts',
    'name, custom_fields',
    "'x', '[]'",
    'accounts_custom_fields_check',
  ],
  [
    'a vector of another length than 1',
    'accounts',
    'name, embedding_model, summary_embedding',
    `'x', 'm', ${vector('2')}`,
    'accounts_embedding_normal',
  ],
  [
    'a vector of no length',
    'notes',
    'content, account_id, embedding_model, embedding',
    `'x', ${account}, 'm', ${vector('0')}`,
    'notes_embedding_normal',
  ],
  [
    'a vector of another dimension',
    'accounts',
    'name, embedding_model, summary_embedding',
    "'x', 'm', '[1]'",
    'expected 1024 dimensions',
  ],
  [
    'a vector of no model',
    'accounts',
    'name, summary_embedding',
    `'x', ${vector('1 / 32.0')}`,
    'accounts_embedding_has_model',
  ],
  [
    'a moment after the year 9999',
    'activities',
    'type, occurred_at',
    "'call', '10000-01-01Z'",
    'activities_occurred_in_our_era',
  ],
  [
    'a moment before the first year',
    'activities',
    'type, occurred_at',
    "'call', '0044-03-15 BC'",
    'activities_occurred_in_our_era',
  ],
  [
    'the end of time',
    'activities',
    'type, occurred_at',
    "'call', 'infinity'",
    'activities_occurred_in_our_era',
  ],
  [
    'an order of sealed values',
    'custom_field_definitions',
    'object, key, label, type, is_pii, is_indexed',
    "'leads', 'k', 'K', 'text', true, true",
    'custom_field_definitions_sealed',
  ],
  ['two roles of one name', 'roles', 'role_name', "'Sales Manager'", 'roles_role_name_key'],
  [
    'a permission twice',
    'permissions',
    'object, action',
    "'contact', 'read'",
    'permissions_permission_name_key',
  ],
];

test.each(refused)('the database refuses %s', async (_, table, columns, values, reason) => {
  await expect(
    home.db.query(
      `INSERT INTO ${table} (workspace_id, id, ${columns}) VALUES ($1, gen_random_uuid(), ${values})`,
      [home.workspace],
    ),
  ).rejects.toThrow(reason);
});

test('the database refuses an account above itself', async () => {
  await expect(home.db.query('UPDATE accounts SET parent_account_id = id')).rejects.toThrow(
    'accounts_not_own_parent',
  );
});

test('the database takes a vector of the length 1, as far as single precision tells', async () => {
  await home.db.query(`UPDATE accounts SET embedding_model = 'm', summary_embedding = ${vector('1 / 32.0')}`);
  expect(await home.one('SELECT vector_norm(summary_embedding) FROM accounts')).toBeCloseTo(1);
});

test('two people may have one e-mail address, since two laptops may make the same person offline', async () => {
  await home.db.query(
    "INSERT INTO contacts (workspace_id, id, email) SELECT $1, gen_random_uuid(), 'a@b.c' FROM generate_series(1, 2)",
    [home.workspace],
  );
  expect(await home.one("SELECT count(*)::int FROM contacts WHERE lower(email) = 'a@b.c'")).toBe(2);
});
