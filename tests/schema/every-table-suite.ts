import { beforeAll, describe, expect, test } from 'vitest';
import type { Queryable } from './catalog.ts';
import { acme, caller, id, type PolicyDatabase, personId, recordId } from './policy-suite.ts';

/**
 * What no table may do, asked of each that the catalog names, so that a table that is added later is asked too: show or
 * change rows of another workspace, and show or change what belongs to somebody else under the role that is limited to
 * one's own records.
 */
const twin = id(1, 3);
const strangers = [
  personId('stranger'),
  ...(
    ['accounts', 'contacts', 'leads', 'opportunities', 'cases', 'activities', 'notes', 'tasks'] as const
  ).map((kind) => recordId(kind, 'stranger')),
  ...(['documents', 'quotes', 'quote_line_items', 'contact_emails', 'contact_phones'] as const).map((kind) =>
    recordId(kind, 'stranger'),
  ),
];
const namesStranger = (row: string): string => `to_jsonb(${row})::text ~ '${strangers.join('|')}'`;

/** Rows that name a person or a record and are there for everybody, with the reason. */
const openToAll: Readonly<Record<string, string>> = {
  users: 'colleagues are known by name',
  user_roles: 'and by their role',
};
/** Of one machine, which holds only what its person may see, and who has one person; but for ids they name nothing. */
const machinesOwn = [
  'import_references',
  'import_stubs',
  'sync_conflicts',
  'sync_outbox',
  'sync_parked',
  'sync_quarantine',
];

/** Tables of which no row belongs to one person. */
const nobodysOwn = [
  'attachments',
  'custom_field_definitions',
  'embedding_spaces',
  'exchange_rates',
  'import_mappings',
  'permissions',
  'pipeline_stages',
  'pipelines',
  'products',
  'role_permissions',
  'roles',
  'sync_state',
  'tags',
  'teams',
  'workspaces',
];

/** A row in every table that `seedPolicyWorkspaces` leaves empty: for the rep and for the stranger where it has a person. */
async function fillTables(db: Queryable, tables: readonly string[]): Promise<void> {
  const shared = [
    `INSERT INTO products (workspace_id, id, name) VALUES ($1, '${id(30, 1)}', 'Mug')`,
    `INSERT INTO tags (workspace_id, id, name) VALUES ($1, '${id(30, 2)}', 'Lawsuit')`,
    `INSERT INTO attachments (workspace_id, id, content_hash, size_bytes) VALUES ($1, '${id(30, 3)}', repeat('0', 64), 1)`,
    `INSERT INTO custom_field_definitions (workspace_id, id, object, key, label, type)
     VALUES ($1, '${id(30, 4)}', 'leads', 'size', 'Size', 'number')`,
    `INSERT INTO embedding_spaces (workspace_id, model) VALUES ($1, 'm')`,
    `INSERT INTO import_mappings (workspace_id, id, signature, object, mapping) VALUES ($1, '${id(30, 5)}', 's', 'leads', '{}')`,
    `INSERT INTO exchange_rates (workspace_id, id, from_currency, to_currency, day, rate)
     VALUES ($1, '${id(30, 8)}', 'EUR', 'USD', '2026-01-01', 1.1)`,
    `INSERT INTO settings (workspace_id, key, value, user_id) VALUES ($1, 'k', '1', '${personId('admin')}')`,
    `INSERT INTO saved_views (workspace_id, id, object, name, owner_id, definition)
     VALUES ($1, '${id(30, 7)}', 'leads', 'Mine', '${personId('admin')}', '{}')`,
    `INSERT INTO sync_state (workspace_id, client_id, node) VALUES ($1, '${id(30, 6)}', '0000000a')`,
  ];
  for (const sql of shared) await db.query(sql, [acme]);
  for (const [number, person] of (['rep', 'stranger'] as const).entries()) {
    const own = personId(person);
    const row = (kind: number): string => id(kind, number);
    const of = (kind: Parameters<typeof recordId>[0]): string => recordId(kind, person);
    const activity = `SELECT workspace_id, id, occurred_at FROM activities WHERE workspace_id = $1 AND id = '${of('activities')}'`;
    const statements = [
      `INSERT INTO activity_contacts (workspace_id, activity_id, occurred_at, contact_id) SELECT a.*, '${of('contacts')}' FROM (${activity}) AS a`,
      `INSERT INTO activity_opportunities (workspace_id, activity_id, occurred_at, opportunity_id) SELECT a.*, '${of('opportunities')}' FROM (${activity}) AS a`,
      `INSERT INTO activity_cases (workspace_id, activity_id, occurred_at, case_id) SELECT a.*, '${of('cases')}' FROM (${activity}) AS a`,
      `INSERT INTO settings (workspace_id, key, value, user_id) VALUES ($1, 'k', '1', '${own}')`,
      `INSERT INTO saved_views (workspace_id, id, object, name, owner_id, definition) VALUES ($1, '${row(31)}', 'leads', 'Mine', '${own}', '{}')`,
      `INSERT INTO record_tags (workspace_id, object, record_id, tag_id) VALUES ($1, 'accounts', '${of('accounts')}', '${id(30, 2)}')`,
      `INSERT INTO import_batches (workspace_id, id, user_id) VALUES ($1, '${row(32)}', '${own}')`,
      `INSERT INTO change_sets (workspace_id, id, user_id, label) VALUES ($1, '${row(33)}', '${own}', '{"template": "Changed {{0}}", "values": ["${of('accounts')}"]}')`,
      `INSERT INTO field_history (workspace_id, change_set_id, object, record_id, operation, source) VALUES ($1, '${row(33)}', 'accounts', '${of('accounts')}', 'update', 'person')`,
      `INSERT INTO undo_conflicts (workspace_id, change_set_id, seq, object, record_id, reason) VALUES ($1, '${row(33)}', 1, 'accounts', '${of('accounts')}', 'changed')`,
      `INSERT INTO embedding_queue (workspace_id, object, record_id, level) VALUES ($1, 'notes', '${of('notes')}', 'content')`,
      `INSERT INTO passages (workspace_id, id, object, record_id, position, start_offset, content) VALUES ($1, '${row(34)}', 'documents', '${of('documents')}', 0, 0, 'x')`,
      `INSERT INTO summaries (workspace_id, id, object, record_id, content, method, content_hash) VALUES ($1, '${row(35)}', 'contacts', '${of('contacts')}', 'x', 'm', 'x')`,
      // Of each pair only the one record is anybody's but the administrator's.
      `INSERT INTO duplicate_candidates (workspace_id, id, object, record_a, record_b, score) VALUES ($1, '${row(36)}', 'contacts', '${of('contacts')}', '${id(98, number)}', 1)`,
      `INSERT INTO duplicate_candidates (workspace_id, id, object, record_a, record_b, score) VALUES ($1, '${row(37)}', 'contacts', '${id(0, 1)}', '${of('contacts')}', 1)`,
      `INSERT INTO merges (workspace_id, id, object, kept_id, merged_id, change_set_id) VALUES ($1, '${row(38)}', 'leads', '${of('leads')}', '${id(98, 9)}', '${row(33)}')`,
      `INSERT INTO sync_outbox (workspace_id, change_set_id, object, record_key, operation) VALUES ($1, '${row(33)}', 'leads', '{"id": "${of('leads')}"}', 'upsert')`,
      `INSERT INTO sync_parked (workspace_id, id, object, record_key, payload, schema_version) VALUES ($1, '${row(39)}', 'leads', '{"id": "${of('leads')}"}', '{}', 2)`,
      `INSERT INTO sync_conflicts (workspace_id, id, object, record_id, field_group) VALUES ($1, '${row(40)}', 'leads', '${of('leads')}', 'name')`,
      `INSERT INTO sync_quarantine (workspace_id, id, object, record_key, payload, reason) VALUES ($1, '${row(41)}', 'leads', '{"id": "${of('leads')}"}', '{}', 'x')`,
    ];
    if (tables.includes('jobs'))
      statements.push(
        `INSERT INTO jobs (workspace_id, id, user_id, service, kind) VALUES ($1, '${row(43)}', '${own}', 'tests', 'nothing')`,
      );
    if (tables.includes('import_stubs'))
      statements.push(
        `INSERT INTO import_references (workspace_id, system, object, source_id, record_id) VALUES ($1, 'other', 'leads', '${number}', '${of('leads')}')`,
        `INSERT INTO import_stubs (workspace_id, record_id, object, import_batch_id) VALUES ($1, '${of('leads')}', 'leads', '${row(32)}')`,
      );
    for (const sql of statements) await db.query(sql, [acme]);
  }
  // A member of the administrator's family, which neither rep sees.
  await db.query("INSERT INTO contacts (workspace_id, id, first_name) VALUES ($1, $2, 'Nobody''s')", [
    acme,
    id(0, 1),
  ]);
}

interface Table {
  readonly name: string;
  readonly workspace: string;
  /** Those a row can be written with by the role of requests. */
  readonly columns: readonly string[];
}

async function readTables(db: Queryable): Promise<Table[]> {
  const { rows } = await db.query<Table>(
    `SELECT relname AS name, CASE relname WHEN 'workspaces' THEN 'id' ELSE 'workspace_id' END AS workspace,
       array_agg(quote_ident(attname) ORDER BY attnum) AS columns
     FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
     WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
       AND attnum > 0 AND NOT attisdropped AND attgenerated = '' AND attidentity = '' AND attname <> 'password_hash'
     GROUP BY relname ORDER BY relname`,
  );
  return rows;
}

/** The same rows with the same ids under another workspace: what every key allows, since each begins with it. */
async function copyWorkspace(db: Queryable, tables: readonly Table[]): Promise<void> {
  await db.query('SET LOCAL session_replication_role = replica');
  for (const { name, workspace, columns } of tables) {
    const values = columns.map((column) => (column === workspace ? `'${twin}'::uuid` : column));
    await db.query(
      `INSERT INTO ${name} (${columns.join(', ')}) SELECT ${values.join(', ')} FROM ${name} WHERE ${workspace} = $1`,
      [acme],
    );
  }
}

/** Objects that nobody sees who lacks their permission: whoever sees an account also sees the notes about it. */
const lackable = new Map([
  ['account', 'accounts'],
  ['contact', 'contacts'],
  ['lead', 'leads'],
  ['opportunity', 'opportunities'],
  ['case', 'cases'],
  ['product', 'products'],
]);

/** A person who reads all records of every object but one. */
async function seedReaderOfAllBut(db: Queryable, user: string, role: string, lacked: string): Promise<void> {
  await db.query('INSERT INTO users (workspace_id, id, full_name) VALUES ($1, $2, $3)', [acme, user, lacked]);
  await db.query('INSERT INTO roles (workspace_id, id, role_name) VALUES ($1, $2, $3)', [acme, role, lacked]);
  await db.query(
    `INSERT INTO role_permissions (workspace_id, role_id, permission_id, scope)
     SELECT workspace_id, $2, id, 'all' FROM permissions WHERE workspace_id = $1 AND action = 'read' AND object <> $3`,
    [acme, role, lacked],
  );
  await db.query('INSERT INTO user_roles (workspace_id, user_id, role_id) VALUES ($1, $2, $3)', [
    acme,
    user,
    role,
  ]);
}

/** The objects that the history tells of, links not counted: they belong to what they link. */
async function historyOfObjects(database: PolicyDatabase): Promise<string[]> {
  let objects: string[] = [];
  await database.asSuperuser(async (db) => {
    const { rows } = await db.query<{ object: string }>(
      `SELECT DISTINCT h.object FROM field_history AS h
       JOIN pg_attribute AS a ON a.attrelid = h.object::regclass AND a.attname = 'id' ORDER BY 1`,
    );
    objects = rows.map(({ object }) => object);
  });
  return objects;
}

const isRefusal = /row-level security|permission denied/u;

/** Needs what `seedPolicyWorkspaces` seeds; adds to it. */
export function defineEveryTableSuite(database: () => PolicyDatabase): void {
  describe('every table', () => {
    let tables: readonly Table[];

    beforeAll(async () => {
      await database().asSuperuser(async (db) => {
        tables = await readTables(db);
        await fillTables(
          db,
          tables.map(({ name }) => name),
        );
        await copyWorkspace(db, tables);
      });
    });

    /** What a statement did to each table, as this person: rows, or that it was refused. */
    async function each(
      person: 'admin' | 'rep',
      statement: (table: Table) => string,
    ): Promise<Record<string, number | 'refused'>> {
      const outcome: Record<string, number | 'refused'> = {};
      for (const table of tables) {
        outcome[table.name] = await database()
          .asUser(caller(person), async (db) => {
            const { rows } = await db.query<{ count: number }>(statement(table));
            return rows[0]?.count ?? 0;
          })
          .catch((error: unknown) => {
            if (isRefusal.test(String(error))) return 'refused' as const;
            throw error;
          });
      }
      return outcome;
    }
    /** A server has no imports. */
    const machines = (): string[] => machinesOwn.filter((own) => tables.some(({ name }) => name === own));
    const touched = (outcome: Record<string, number | 'refused'>): string[] =>
      Object.entries(outcome).flatMap(([name, count]) => (count === 0 || count === 'refused' ? [] : [name]));

    test('is listed as somebody’s own, as nobody’s, or as open to all, and has rows to show it', async () => {
      const rows = async (condition: (table: Table) => string): Promise<string[]> => {
        const found: string[] = [];
        for (const table of tables)
          await database().asSuperuser(async (db) => {
            const result = await db.query(
              `SELECT FROM ${table.name} AS r WHERE r.${table.workspace} = '${acme}' AND ${condition(table)} LIMIT 1`,
            );
            if (result.rows.length > 0) found.push(table.name);
          });
        return found;
      };
      const names = tables.map(({ name }) => name);
      expect(await rows(() => 'true')).toEqual(names);
      expect(await rows(() => namesStranger('r'))).toEqual(
        names.filter((name) => !nobodysOwn.includes(name)),
      );
    });

    test('shows an administrator the own workspace and nothing of another', async () => {
      expect(
        touched(
          await each(
            'admin',
            ({ name, workspace }) =>
              `SELECT count(*)::int AS count FROM ${name} WHERE ${workspace} = '${twin}'`,
          ),
        ),
      ).toEqual([]);
      const own = await each(
        'admin',
        ({ name, workspace }) => `SELECT count(*)::int AS count FROM ${name} WHERE ${workspace} = '${acme}'`,
      );
      expect(Object.keys(own).filter((name) => own[name] === 0 || own[name] === 'refused')).toEqual([]);
    });

    test.each([
      [
        'changes',
        ({ name, workspace }: Table) =>
          `WITH t AS (UPDATE ${name} SET ${workspace} = ${workspace} WHERE ${workspace} = '${twin}' RETURNING 1) SELECT count(*)::int AS count FROM t`,
      ],
      [
        'deletes',
        ({ name, workspace }: Table) =>
          `WITH t AS (DELETE FROM ${name} WHERE ${workspace} = '${twin}' RETURNING 1) SELECT count(*)::int AS count FROM t`,
      ],
    ])('%s nothing of another workspace for an administrator', async (_, statement) => {
      expect(touched(await each('admin', statement))).toEqual([]);
    });

    test('takes no row into another workspace from an administrator', async () => {
      const outcome = await each('admin', ({ name, workspace, columns }) => {
        const values = columns.map((column) => (column === workspace ? `'${twin}'::uuid` : column));
        return `WITH t AS (INSERT INTO ${name} (${columns.join(', ')}) SELECT ${values.join(', ')} FROM ${name} LIMIT 1 RETURNING 1) SELECT count(*)::int AS count FROM t`;
      });
      expect(Object.entries(outcome).filter(([, done]) => done !== 'refused')).toEqual([]);
    });

    test('shows a rep nothing that names another’s record, unless it is open to all', async () => {
      const shown = touched(
        await each(
          'rep',
          ({ name }) =>
            `SELECT count(*)::int AS count FROM (SELECT * FROM ${readable(name)} AS r) AS r WHERE ${namesStranger('r')}`,
        ),
      );
      expect(shown).toEqual([...machines(), ...Object.keys(openToAll)].sort());
    });

    test('the history tells of the records that its reader sees, whichever object a role lacks', async () => {
      const objects = await historyOfObjects(database());
      expect(objects).toEqual(
        expect.arrayContaining(['contacts', 'leads', 'cases', 'quotes', 'notes', 'tasks', 'documents']),
      );
      for (const [number, [lacked, object]] of [...lackable].entries()) {
        const user = id(51, number);
        await database().asSuperuser((db) => seedReaderOfAllBut(db, user, id(50, number), lacked));
        const toldOf: string[] = [];
        for (const other of objects) {
          const { told, seen } = await database().asUser({ workspace: acme, user }, async (db) => {
            const ids = async (sql: string): Promise<string[]> =>
              (await db.query<{ id: string }>(`SELECT DISTINCT id FROM (${sql}) AS r ORDER BY id`)).rows.map(
                (row) => row.id,
              );
            const history = `SELECT record_id AS id FROM field_history WHERE object = '${other}'`;
            return { told: await ids(history), seen: await ids(`SELECT id FROM ${readable(other)} AS t`) };
          });
          const hidden = told.filter((record) => !seen.includes(record));
          expect({ lacked, other, hidden }).toEqual({ lacked, other, hidden: [] });
          if (told.length > 0) toldOf.push(other);
        }
        const lackables = [...lackable.values()];
        expect(toldOf.filter((name) => lackables.includes(name)).sort()).toEqual(
          lackables.filter((name) => name !== object).sort(),
        );
      }
    });

    test('changes and deletes nothing that names another’s record for a rep, but this machine’s own', async () => {
      const changed = await each(
        'rep',
        ({ name, workspace }) =>
          `WITH t AS (UPDATE ${name} AS u SET ${workspace} = ${workspace} WHERE ${namesStrangerKey(name)} RETURNING 1) SELECT count(*)::int AS count FROM t`,
      );
      expect(touched(changed)).toEqual(machines());
      const deleted = await each(
        'rep',
        ({ name }) =>
          `WITH t AS (DELETE FROM ${name} AS u WHERE ${namesStrangerKey(name)} RETURNING 1) SELECT count(*)::int AS count FROM t`,
      );
      expect(touched(deleted)).toEqual(machines());
    });
  });
}

/** The columns of people that requests may read. */
function readable(name: string): string {
  return name === 'users' ? '(SELECT workspace_id, id, full_name FROM users)' : name;
}

/** As `namesStranger`, for a statement that names the table `u`. */
function namesStrangerKey(name: string): string {
  return name === 'users' ? `u.id = '${personId('stranger')}'` : namesStranger('u');
}
