import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openMigratedPglite } from './database.ts';

/**
 * On the laptop the foreign keys of the large tables are checked once a statement, by triggers of our own. What they do is
 * compared with those of a server do, which act for each row.
 */
const workspace = '018f0000-0000-7000-8000-000000000001';
const other = '018f0000-0000-7000-8000-000000000009';
const person = '018f0000-0000-7000-8000-000000000002';
const homes = new Map<string, PGlite>();

beforeAll(async () => {
  homes.set('server', await openMigratedPglite(['shared']));
  homes.set('laptop', await openMigratedPglite(['shared', 'local']));
  for (const db of homes.values()) {
    await db.query('SELECT satchel.seed_workspace($1, $2, $3, $4)', [workspace, 'Acme', person, 'Ada']);
    await db.query('SELECT satchel.seed_workspace($1, $2, $3, $4)', [other, 'Other', person, 'Ada']);
    await db.exec(story);
  }
});
afterAll(async () => {
  for (const db of homes.values()) await db.close();
});

/** Ids are the MD5 of what they are called. */
const id = (name: string) => `md5('${name}')::uuid`;

/** Two accounts, three people, a deal each, and something of every kind that refers to them. */
const story = `
  INSERT INTO accounts (workspace_id, id, name, parent_account_id) VALUES
    ('${workspace}', ${id('north')}, 'North', ${id('group')}), ('${workspace}', ${id('group')}, 'Group', NULL);
  INSERT INTO leads (workspace_id, id, last_name) VALUES ('${workspace}', ${id('lead')}, 'Lead');
  INSERT INTO contacts (workspace_id, id, last_name, account_id, converted_from_lead_id, owner_id) VALUES
    ('${workspace}', ${id('ann')}, 'Ann', ${id('north')}, ${id('lead')}, '${person}'),
    ('${workspace}', ${id('bo')}, 'Bo', ${id('north')}, NULL, NULL), ('${workspace}', ${id('cy')}, 'Cy', NULL, NULL, NULL);
  INSERT INTO products (workspace_id, id, name) VALUES ('${workspace}', ${id('mug')}, 'Mug');
  INSERT INTO opportunities (workspace_id, id, name, account_id, contact_id, product_id) VALUES
    ('${workspace}', ${id('deal a')}, 'A', ${id('north')}, ${id('ann')}, ${id('mug')}),
    ('${workspace}', ${id('deal b')}, 'B', ${id('group')}, ${id('bo')}, NULL),
    ('${workspace}', ${id('deal c')}, 'C', ${id('group')}, NULL, NULL);
  UPDATE leads SET converted_account_id = ${id('north')}, converted_contact_id = ${id('ann')},
    converted_opportunity_id = ${id('deal a')};
  INSERT INTO contact_emails (workspace_id, id, contact_id, value) VALUES
    ('${workspace}', ${id('further')}, ${id('ann')}, 'ann@example.com');
  INSERT INTO opportunity_participants (workspace_id, opportunity_id, contact_id) VALUES
    ('${workspace}', ${id('deal c')}, ${id('ann')}), ('${workspace}', ${id('deal c')}, ${id('cy')});
  INSERT INTO quotes (workspace_id, id, opportunity_id, contact_id, account_id, quote_number) VALUES
    ('${workspace}', ${id('quote')}, ${id('deal c')}, ${id('ann')}, ${id('north')}, 'Q');
  INSERT INTO cases (workspace_id, id, case_number, subject, account_id, contact_id) VALUES
    ('${workspace}', ${id('case')}, '1', 'Broken', ${id('north')}, ${id('ann')});
  INSERT INTO notes (workspace_id, id, content, contact_id) VALUES
    ('${workspace}', ${id('note a')}, 'x', ${id('ann')}), ('${workspace}', ${id('note c')}, 'x', ${id('cy')});
  INSERT INTO tasks (workspace_id, id, title, account_id, opportunity_id) VALUES
    ('${workspace}', ${id('task a')}, 'x', ${id('north')}, NULL), ('${workspace}', ${id('task b')}, 'x', NULL, ${id('deal b')});
`;

/** What a home answers to a script in a transaction that is rolled back: its error, or the state it leaves. */
async function outcome(db: PGlite, script: string): Promise<unknown> {
  await db.exec('BEGIN');
  try {
    await db.exec(script);
    const state = new Map<string, unknown>();
    for (const [table, columns] of Object.entries(links)) {
      const { rows } = await db.query(`SELECT ${columns} FROM ${table} ORDER BY ${columns}`);
      state.set(table, rows);
    }
    // Distinct, for where several rows act on one record PostgreSQL's triggers leave an entry for each.
    const { rows: history } = await db.query(
      `SELECT DISTINCT object, record_id, operation::text, field FROM field_history
       ORDER BY object, record_id, operation, field`,
    );
    return { state, history };
  } catch (error) {
    const { code, constraint, table, message, detail } = Object(error);
    return { code, constraint, table, message, detail };
  } finally {
    await db.exec('ROLLBACK');
  }
}

const links: Readonly<Record<string, string>> = {
  accounts: 'id, parent_account_id, owner_id',
  contacts: 'id, account_id, converted_from_lead_id, owner_id',
  opportunities: 'id, account_id, contact_id, product_id',
  leads: 'id, converted_account_id, converted_contact_id, converted_opportunity_id',
  contact_emails: 'id, contact_id',
  opportunity_participants: 'opportunity_id, contact_id',
  opportunity_stage_history: 'opportunity_id, to_stage',
  quotes: 'id, opportunity_id, contact_id, account_id',
  cases: 'id, account_id, contact_id',
  notes: 'id, contact_id',
  tasks: 'id, account_id, opportunity_id',
};

async function both(script: string): Promise<{ server: unknown; laptop: unknown }> {
  const [server, laptop] = await Promise.all(
    ['server', 'laptop'].map((home) => {
      const db = homes.get(home);
      if (!db) throw new Error(`There is no ${home}.`);
      return outcome(db, script);
    }),
  );
  return { server, laptop };
}

const contact = (name: string, column: string, value: string, of = workspace) =>
  `INSERT INTO contacts (workspace_id, id, last_name, ${column}) VALUES ('${of}', ${id(name)}, 'X', ${value})`;

describe('a row that refers to nothing is refused as PostgreSQL refuses it', () => {
  test.each([
    ['no such account', contact('new', 'account_id', id('nothing'))],
    ['no such person', contact('new', 'owner_id', id('nothing'))],
    ['no such lead', contact('new', 'converted_from_lead_id', id('nothing'))],
    ['an account of another workspace', contact('new', 'account_id', id('north'), other)],
    ['no such workspace', contact('new', 'account_id', 'NULL', '018f0000-0000-7000-8000-0000000000ff')],
    [
      'a parent that is not there',
      `INSERT INTO accounts (workspace_id, id, name, parent_account_id) VALUES ('${workspace}', ${id('new')}, 'X', ${id('nothing')})`,
    ],
    [
      'a deal on a product that is not there',
      `INSERT INTO opportunities (workspace_id, id, name, account_id, product_id)
       VALUES ('${workspace}', ${id('new')}, 'X', ${id('north')}, ${id('nothing')})`,
    ],
    [
      'a task about a case that is not there',
      `INSERT INTO tasks (workspace_id, id, title, contact_id, case_id)
       VALUES ('${workspace}', ${id('new')}, 'x', ${id('ann')}, ${id('nothing')})`,
    ],
    [
      'a note about an account of another workspace',
      `INSERT INTO notes (workspace_id, id, content, account_id) VALUES ('${other}', ${id('new')}, 'x', ${id('north')})`,
    ],
    [
      'a quote for an opportunity that is not there',
      `INSERT INTO quotes (workspace_id, id, opportunity_id, quote_number)
       VALUES ('${workspace}', ${id('new')}, ${id('nothing')}, 'Q')`,
    ],
    [
      'one bad row among many',
      `INSERT INTO contacts (workspace_id, id, last_name, account_id)
       SELECT '${workspace}', md5('many' || i)::uuid, 'X', CASE WHEN i = 700 THEN ${id('nothing')} ELSE ${id('north')} END
       FROM generate_series(1, 1000) AS i`,
    ],
    [
      'a link that is changed to nothing',
      `UPDATE contacts SET account_id = ${id('nothing')} WHERE id = ${id('cy')}`,
    ],
  ])('%s', async (_, script) => {
    const { server, laptop } = await both(script);
    expect(server).toMatchObject({ code: '23503' });
    expect(laptop).toEqual(server);
  });
});

describe('what is written or deleted leaves the same behind', () => {
  const trash = (table: string) => `UPDATE ${table} SET deleted_at = now();`;
  test.each([
    ['rows that refer to each other', contact('new', 'account_id', id('north'))],
    [
      'a parent and its child in one statement',
      `INSERT INTO accounts (workspace_id, id, name, parent_account_id) VALUES
         ('${workspace}', ${id('child')}, 'Child', ${id('parent')}), ('${workspace}', ${id('parent')}, 'Parent', NULL)`,
    ],
    [
      'an account and its contact in one statement',
      `WITH made AS (INSERT INTO accounts (workspace_id, id, name) VALUES ('${workspace}', ${id('new')}, 'New'))
       ${contact('new', 'account_id', id('new'))}`,
    ],
    [
      'a contact is purged',
      `${trash('contacts')}${trash('opportunities')}${trash('cases')} DELETE FROM contacts WHERE id = ${id('ann')}`,
    ],
    ['all contacts are purged', `${trash('contacts')}${trash('opportunities')} DELETE FROM contacts`],
    [
      'an account is purged',
      `${trash('accounts')}${trash('opportunities')} DELETE FROM accounts WHERE id = ${id('north')}`,
    ],
    [
      'a parent account is purged',
      `${trash('accounts')}${trash('opportunities')} DELETE FROM accounts WHERE id = ${id('group')}`,
    ],
    ['a product is purged', `${trash('products')} DELETE FROM products`],
    ['a lead is purged', `${trash('leads')} DELETE FROM leads`],
    ['a case is purged', `${trash('cases')} DELETE FROM cases`],
    ['a quote is purged', `${trash('quotes')} DELETE FROM quotes`],
    ['deals are purged', `${trash('opportunities')} DELETE FROM opportunities`],
    ['a workspace is deleted', `DELETE FROM workspaces WHERE id = '${workspace}'`],
  ])('%s', async (_, script) => {
    const { server, laptop } = await both(script);
    expect(server).toHaveProperty('state');
    expect(laptop).toEqual(server);
  });

  test('an account that still has live deals is not purged', async () => {
    const { server, laptop } = await both(
      `${trash('accounts')} DELETE FROM accounts WHERE id = ${id('north')}`,
    );
    expect(server).toMatchObject({ code: '23001', table: 'opportunities' });
    expect(laptop).toMatchObject({ code: '23001', table: 'opportunities' });
  });
});

test('no trigger of another foreign key is disabled, and none on a server', async () => {
  const disabled = `
    SELECT tgrelid::regclass::text AS table, tgfoid::regproc::text AS does, count(*)::int AS number FROM pg_trigger
    WHERE tgisinternal AND tgenabled <> 'O' GROUP BY 1, 2 ORDER BY 1, 2`;
  expect((await homes.get('server')?.query(disabled))?.rows).toEqual([]);
  const laptop = homes.get('laptop');
  const { rows = [] } = (await laptop?.query<{ table: string; does: string }>(disabled)) ?? {};
  const { rows: objects = [] } =
    (await laptop?.query<{ name: string }>("SELECT name FROM satchel.objects WHERE access <> 'linked'")) ??
    {};
  const filledByImports = [...objects.map(({ name }) => name), 'import_references', 'import_stubs'];
  expect([...new Set(rows.map(({ table }) => table))].sort()).toEqual(filledByImports.sort());
  expect([...new Set(rows.map(({ does }) => does))].sort()).toEqual([
    '"RI_FKey_cascade_del"',
    '"RI_FKey_check_ins"',
    '"RI_FKey_noaction_del"',
  ]);
});

test('no foreign key does what a table that is distributed over machines cannot have', async () => {
  const { rows = [] } =
    (await homes.get('server')?.query(
      `SELECT conrelid::regclass::text || '.' || conname AS key FROM pg_constraint
       WHERE contype = 'f' AND (confdeltype NOT IN ('a', 'c') OR confupdtype <> 'a')`,
    )) ?? {};
  expect(rows).toEqual([]);
});

test('deleting a user empties every optional reference to them', async () => {
  const { server, laptop } = await both(`
    UPDATE accounts SET owner_id = '${person}';
    INSERT INTO users (workspace_id, id, full_name, manager_id) VALUES ('${workspace}', ${id('report')}, 'X', '${person}');
    DELETE FROM users WHERE id = '${person}' AND workspace_id = '${workspace}';`);
  expect(laptop).toEqual(server);
  expect(server).toHaveProperty('state');
  expect(JSON.stringify([...Object(server).state])).not.toContain(person);
});
