import { describe, expect, test } from 'vitest';
import type { Queryable } from './catalog.ts';

/** A database that the policies are tried on, inside one transaction per call. */
export interface PolicyDatabase {
  /** Runs as the role of requests with this identity, and rolls back, so that cases do not meet. */
  asUser<T>(user: Caller, work: (db: Queryable) => Promise<T>): Promise<T>;
  asOwner<T>(work: (db: Queryable) => Promise<T>): Promise<T>;
  /** Past the policies, for putting rows where no request may. */
  asSuperuser<T>(work: (db: Queryable) => Promise<T>): Promise<T>;
}

export interface Caller {
  readonly workspace: string;
  readonly user: string;
}

export const id = (kind: number, number: number): string =>
  `018f0000-0000-7000-8${kind.toString().padStart(3, '0')}-${number.toString(16).padStart(12, '0')}`;

export const acme = id(1, 1);
const other = id(1, 2);
const people = { admin: 1, manager: 2, rep: 3, mate: 4, stranger: 5, inactive: 6 } as const;
type Person = keyof typeof people;
export const personId = (person: Person): string => id(2, people[person]);
export const caller = (person: Person): Caller => ({ workspace: acme, user: personId(person) });
const foreigner: Caller = { workspace: other, user: id(2, 100) };

/** Those who own a record of every kind. */
const owners = ['rep', 'mate', 'stranger'] as const;
const recordKinds = { accounts: 10, contacts: 11, leads: 12, opportunities: 13, cases: 14 } as const;
const childKinds = {
  activities: 20,
  notes: 21,
  tasks: 22,
  documents: 23,
  quotes: 24,
  quote_line_items: 25,
  contact_emails: 26,
  contact_phones: 27,
} as const;
type Kind = keyof typeof recordKinds | keyof typeof childKinds;
const kinds: Record<Kind, number> = { ...recordKinds, ...childKinds };
export const recordId = (kind: Kind, owner: Person): string => id(kinds[kind], people[owner]);

async function seedPerson(db: Queryable, person: Person, role: string | null, active = true): Promise<void> {
  await db.query(
    'INSERT INTO users (workspace_id, id, full_name, is_active) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
    [acme, personId(person), person, active],
  );
  if (role)
    await db.query(
      'INSERT INTO user_roles (workspace_id, user_id, role_id) VALUES ($1, $2, satchel.seeded_id($1, $3))',
      [acme, personId(person), `role:${role}`],
    );
}

async function seedRecords(db: Queryable, owner: Person): Promise<void> {
  const own = personId(owner);
  const [account, contact, opportunity, kase] = (
    ['accounts', 'contacts', 'opportunities', 'cases'] as const
  ).map((kind) => recordId(kind, owner));
  const insert = (sql: string, ...params: unknown[]) => db.query(sql, [acme, ...params]);
  await insert(
    'INSERT INTO accounts (workspace_id, id, name, owner_id) VALUES ($1, $2, $3, $4)',
    account,
    `${owner}'s`,
    own,
  );
  await insert(
    'INSERT INTO contacts (workspace_id, id, first_name, account_id, owner_id) VALUES ($1, $2, $3, $4, $5)',
    contact,
    `${owner}'s`,
    account,
    own,
  );
  await insert(
    'INSERT INTO leads (workspace_id, id, first_name, owner_id) VALUES ($1, $2, $3, $4)',
    recordId('leads', owner),
    owner,
    own,
  );
  await insert(
    "INSERT INTO opportunities (workspace_id, id, name, account_id, owner_id, stage, amount) VALUES ($1, $2, $3, $4, $5, 'closed_won', 10)",
    opportunity,
    `${owner}'s`,
    account,
    own,
  );
  await insert(
    'INSERT INTO cases (workspace_id, id, case_number, subject, owner_id) VALUES ($1, $2, $3, $3, $4)',
    kase,
    owner,
    own,
  );
  await insert(
    'INSERT INTO opportunity_participants (workspace_id, opportunity_id, contact_id) VALUES ($1, $2, $3)',
    opportunity,
    contact,
  );
  await insert(
    "INSERT INTO contact_emails (workspace_id, id, contact_id, value) VALUES ($1, $2, $3, 'x@example.com')",
    recordId('contact_emails', owner),
    contact,
  );
  await insert(
    "INSERT INTO contact_phones (workspace_id, id, contact_id, value) VALUES ($1, $2, $3, '1')",
    recordId('contact_phones', owner),
    contact,
  );
  // Logged by the administrator: visible through the account alone.
  await insert(
    "INSERT INTO activities (workspace_id, id, type, user_id) VALUES ($1, $2, 'call', $3)",
    recordId('activities', owner),
    personId('admin'),
  );
  await insert(
    'INSERT INTO activity_accounts (workspace_id, activity_id, occurred_at, account_id) SELECT workspace_id, id, occurred_at, $3 FROM activities WHERE workspace_id = $1 AND id = $2',
    recordId('activities', owner),
    account,
  );
  await insert(
    "INSERT INTO notes (workspace_id, id, account_id, user_id, content) VALUES ($1, $2, $3, $4, 'x')",
    recordId('notes', owner),
    account,
    personId('admin'),
  );
  await insert(
    "INSERT INTO tasks (workspace_id, id, contact_id, assigned_to_id, title) VALUES ($1, $2, $3, $4, 'x')",
    recordId('tasks', owner),
    contact,
    own,
  );
  await insert(
    "INSERT INTO documents (workspace_id, id, opportunity_id, uploaded_by_id, file_name, file_path) VALUES ($1, $2, $3, $4, 'x', 'x')",
    recordId('documents', owner),
    opportunity,
    own,
  );
  await insert(
    "INSERT INTO quotes (workspace_id, id, opportunity_id, quote_number, owner_id) VALUES ($1, $2, $3, 'Q', $4)",
    recordId('quotes', owner),
    opportunity,
    own,
  );
  await insert(
    'INSERT INTO quote_line_items (workspace_id, id, quote_id, unit_price) VALUES ($1, $2, $3, 1)',
    recordId('quote_line_items', owner),
    recordId('quotes', owner),
  );
}

/** Two workspaces; in the first a team of two reps with its manager, a rep outside it, an administrator. */
export async function seedPolicyWorkspaces(database: Pick<PolicyDatabase, 'asOwner'>): Promise<void> {
  await database.asOwner(async (db) => {
    await db.query('SELECT satchel.seed_workspace($1, $2, $3, $4)', [
      acme,
      'Acme',
      personId('admin'),
      'admin',
    ]);
    await db.query('SELECT satchel.seed_workspace($1, $2, $3, $4)', [
      other,
      'Other',
      foreigner.user,
      'foreigner',
    ]);
    await seedPerson(db, 'manager', 'Sales Manager');
    for (const person of owners) await seedPerson(db, person, 'Sales Representative');
    await seedPerson(db, 'inactive', 'Administrator', false);
    await db.query("INSERT INTO teams (workspace_id, id, name, manager_id) VALUES ($1, $2, 'East', $3)", [
      acme,
      id(3, 1),
      personId('manager'),
    ]);
    await db.query('UPDATE users SET team_id = $1 WHERE id = ANY ($2::uuid[])', [
      id(3, 1),
      [personId('rep'), personId('mate')],
    ]);
    for (const owner of owners) await seedRecords(db, owner);
    await db.query("INSERT INTO accounts (workspace_id, id, name) VALUES ($1, $2, 'Foreign')", [
      other,
      id(10, 100),
    ]);
  });
}

/** Parameters: workspace, id, owner. */
const createStatement: Record<keyof typeof recordKinds, string> = {
  accounts: "INSERT INTO accounts (workspace_id, id, name, owner_id) VALUES ($1, $2, 'x', $3)",
  contacts: "INSERT INTO contacts (workspace_id, id, first_name, owner_id) VALUES ($1, $2, 'x', $3)",
  leads: "INSERT INTO leads (workspace_id, id, first_name, owner_id) VALUES ($1, $2, 'x', $3)",
  opportunities: `INSERT INTO opportunities (workspace_id, id, name, account_id, owner_id) VALUES ($1, $2, 'x', '${recordId('accounts', 'rep')}', $3)`,
  cases: "INSERT INTO cases (workspace_id, id, case_number, subject, owner_id) VALUES ($1, $2, 'x', 'x', $3)",
};

/** Whose records each person reads and writes, by the seeded roles. */
const reads: Record<Person, readonly Person[]> = {
  admin: owners,
  manager: owners,
  rep: ['rep'],
  mate: ['mate'],
  stranger: ['stranger'],
  inactive: [],
};
const writes: Record<Person, readonly Person[]> = {
  admin: owners,
  manager: ['rep', 'mate'],
  rep: ['rep'],
  mate: ['mate'],
  stranger: ['stranger'],
  inactive: [],
};
const everybody = Object.keys(people) as Person[];
const allKinds = Object.keys(kinds) as Kind[];
const ownedKinds = Object.keys(recordKinds) as (keyof typeof recordKinds)[];

async function idsOf(db: Queryable, table: string): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(`SELECT id FROM ${table} ORDER BY id`);
  return rows.map((row) => row.id);
}

/** The tests of row-level security, for either home of the schema. */
export function definePolicySuite(database: () => PolicyDatabase): void {
  describe('reading', () => {
    for (const person of everybody) {
      for (const kind of allKinds) {
        test(`${person} sees of ${kind} those of: ${reads[person].join(', ') || 'nobody'}`, async () => {
          const seen = await database().asUser(caller(person), (db) => idsOf(db, kind));
          expect(seen).toEqual(reads[person].map((owner) => recordId(kind, owner)).sort());
        });
      }
    }

    test('links, stages and history follow their record', async () => {
      for (const person of ['rep', 'admin'] as const) {
        await database().asUser(caller(person), async (db) => {
          for (const table of [
            'activity_accounts',
            'opportunity_participants',
            'opportunity_stage_history',
          ]) {
            const { rows } = await db.query(`SELECT * FROM ${table}`);
            expect({ table, rows: rows.length }).toEqual({ table, rows: reads[person].length });
          }
          const { rows } = await db.query(
            "SELECT record_id FROM field_history WHERE object = 'contacts' ORDER BY record_id",
          );
          expect(rows).toEqual(reads[person].map((owner) => ({ record_id: recordId('contacts', owner) })));
        });
      }
    });

    test('without an identity there is nothing', async () => {
      const nobody = { workspace: acme, user: '' };
      for (const kind of [...allKinds, 'users', 'products', 'settings', 'change_sets', 'workspaces'])
        expect({ kind, ids: await database().asUser(nobody, (db) => idsOf(db, kind)) }).toEqual({
          kind,
          ids: [],
        });
    });

    test('a person of another workspace sees nothing of this one, and the other way round', async () => {
      expect(await database().asUser(foreigner, (db) => idsOf(db, 'accounts'))).toEqual([id(10, 100)]);
      // The right person with the wrong workspace is nobody.
      expect(
        await database().asUser({ workspace: other, user: personId('admin') }, (db) => idsOf(db, 'accounts')),
      ).toEqual([]);
    });

    test('dashboards count what their reader may see', async () => {
      await database().asOwner((db) => db.query("SELECT satchel.refresh_report('sales_dashboard_view')"));
      const wonBy = (person: Person) =>
        database().asUser(caller(person), async (db) => {
          const { rows } = await db.query<{ owner_id: string; won_amount: string }>(
            "SELECT owner_id, won_amount::int AS won_amount FROM satchel.report_sales('2000-01-01', '2100-01-01') ORDER BY owner_id",
          );
          return rows;
        });
      expect(await wonBy('rep')).toEqual([{ owner_id: personId('rep'), won_amount: 10 }]);
      expect(await wonBy('admin')).toHaveLength(3);
      expect(await wonBy('inactive')).toEqual([]);
    });
  });

  describe('writing', () => {
    for (const person of everybody) {
      for (const kind of ownedKinds) {
        test(`${person} changes of ${kind} those of: ${writes[person].join(', ') || 'nobody'}`, async () => {
          const changed = await database().asUser(caller(person), async (db) => {
            const { rows } = await db.query<{ id: string }>(
              `UPDATE ${kind} SET description = 'x' RETURNING id`,
            );
            return rows.map((row) => row.id).sort();
          });
          expect(changed).toEqual(writes[person].map((owner) => recordId(kind, owner)).sort());
        });

        for (const owner of owners) {
          const allowed = writes[person].includes(owner);
          test(`${person} ${allowed ? 'creates' : 'cannot create'} ${kind} for ${owner}`, async () => {
            const outcome = await database()
              .asUser(caller(person), (db) =>
                db.query(createStatement[kind], [acme, id(99, 1), personId(owner)]),
              )
              .then(
                () => 'created',
                (error: unknown) => String(error),
              );
            expect(outcome).toMatch(allowed ? /^created$/u : /row-level security/u);
          });
        }
      }
    }

    test('a record cannot be moved to another workspace, nor made there', async () => {
      const move = database().asUser(caller('admin'), (db) =>
        db.query('UPDATE leads SET workspace_id = $1 WHERE id = $2', [other, recordId('leads', 'rep')]),
      );
      await expect(move).rejects.toThrow(/row-level security/u);
      const make = database().asUser(caller('admin'), (db) =>
        db.query(createStatement.accounts, [other, id(99, 1), null]),
      );
      await expect(make).rejects.toThrow(/row-level security/u);
    });

    test("another workspace's record cannot be pointed to", async () => {
      const point = database().asUser(caller('admin'), (db) =>
        db.query('UPDATE contacts SET account_id = $1 WHERE id = $2', [
          id(10, 100),
          recordId('contacts', 'rep'),
        ]),
      );
      await expect(point).rejects.toThrow(/foreign key/u);
    });

    test('an upsert on a record that one does not see changes nothing', async () => {
      const upsert = database().asUser(caller('rep'), (db) =>
        db.query(
          `INSERT INTO accounts (workspace_id, id, name, owner_id) VALUES ($1, $2, 'Mine now', $3)
           ON CONFLICT (workspace_id, id) DO UPDATE SET name = excluded.name`,
          [acme, recordId('accounts', 'stranger'), personId('rep')],
        ),
      );
      await expect(upsert).rejects.toThrow(/row-level security/u);
    });

    test('a link needs a record that one sees', async () => {
      const link = (owner: Person) =>
        database().asUser(caller('rep'), (db) =>
          db.query(
            `INSERT INTO notes (workspace_id, id, account_id, user_id, content) VALUES ($1, $2, $3, $4, 'x')`,
            [acme, id(99, 2), recordId('accounts', owner), personId('admin')],
          ),
        );
      await link('rep');
      await expect(link('stranger')).rejects.toThrow(/row-level security/u);
    });

    test('handing over needs the function, works on what one reaches, and nowhere else', async () => {
      const direct = database().asUser(caller('rep'), (db) =>
        db.query('UPDATE accounts SET owner_id = $1 WHERE id = $2', [
          personId('mate'),
          recordId('accounts', 'rep'),
        ]),
      );
      await expect(direct).rejects.toThrow(/row-level security/u);
      const moved = await database().asUser(caller('rep'), async (db) => {
        const { rows } = await db.query<{ moved: number }>(
          "SELECT satchel.transfer_ownership('accounts', $1::uuid[], $2) AS moved",
          [[recordId('accounts', 'rep'), recordId('accounts', 'stranger')], personId('mate')],
        );
        return rows[0]?.moved;
      });
      expect(moved).toBe(1);
      const toForeigner = database().asUser(caller('rep'), (db) =>
        db.query("SELECT satchel.transfer_ownership('accounts', $1::uuid[], $2)", [
          [recordId('accounts', 'rep')],
          foreigner.user,
        ]),
      );
      await expect(toForeigner).rejects.toThrow(/not an active person/u);
    });

    test('deleting for good needs a permission that reps do not have', async () => {
      const purge = (person: Person) =>
        database().asUser(caller(person), async (db) => {
          await db.query('UPDATE leads SET deleted_at = now() WHERE id = $1', [recordId('leads', 'rep')]);
          const { rows } = await db.query('DELETE FROM leads WHERE id = $1 RETURNING id', [
            recordId('leads', 'rep'),
          ]);
          return rows.length;
        });
      expect(await purge('rep')).toBe(0);
      expect(await purge('admin')).toBe(1);
    });

    test('people, roles, products and settings of the workspace are changed by those who may', async () => {
      const attempts = [
        "INSERT INTO user_roles (workspace_id, user_id, role_id) VALUES ($1, satchel.user_id(), satchel.seeded_id($1, 'role:Administrator'))",
        "INSERT INTO products (workspace_id, id, name) VALUES ($1, gen_random_uuid(), 'x')",
        "INSERT INTO settings (workspace_id, key, value) VALUES ($1, 'x', '1')",
        "INSERT INTO users (workspace_id, id, full_name) VALUES ($1, gen_random_uuid(), 'x')",
      ];
      for (const sql of attempts) {
        await expect(database().asUser(caller('rep'), (db) => db.query(sql, [acme]))).rejects.toThrow(
          /row-level security/u,
        );
      }
      for (const sql of attempts.slice(1))
        await database().asUser(caller('admin'), (db) => db.query(sql, [acme]));
    });
  });

  describe('ways around', () => {
    test.each([
      'SELECT * FROM activities_default',
      'SELECT * FROM satchel.sales_dashboard_view',
      'SELECT * FROM satchel.pipeline_by_stage',
      'SELECT password_hash FROM users',
      "SELECT satchel.seed_roles('018f0000-0000-7000-8001-000000000001')",
      "SELECT satchel.drop_activity_partitions('2030-01-01')",
      "INSERT INTO opportunity_stage_history (workspace_id, id, opportunity_id, to_stage) VALUES ('018f0000-0000-7000-8001-000000000001', gen_random_uuid(), gen_random_uuid(), 'proposal')",
      'CREATE TABLE mine (x int)',
      'ALTER TABLE accounts DISABLE ROW LEVEL SECURITY',
    ])('%s is refused', async (sql) => {
      await expect(database().asUser(caller('admin'), (db) => db.query(sql))).rejects.toThrow(
        /permission denied|must be owner/u,
      );
    });

    test('no function that leaks runs before the policy', async () => {
      // A cast that fails on a hidden row would tell of it, if it ran first.
      const rows = await database().asUser(caller('rep'), (db) =>
        db.query("SELECT id FROM accounts WHERE (name || '')::text = name"),
      );
      expect(rows.rows).toHaveLength(1);
      await database().asUser(caller('rep'), (db) =>
        db.query('SELECT id FROM accounts WHERE 1 / (CASE WHEN owner_id = $1 THEN 1 ELSE 0 END) = 1', [
          personId('rep'),
        ]),
      );
    });
  });
}
