import type { PGlite, Transaction } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openMigratedPglite } from './database.ts';
import {
  acme,
  type caller,
  id,
  type PolicyDatabase,
  personId,
  seedPolicyWorkspaces,
} from './policy-suite.ts';

/**
 * What the database gives to each object of the catalogue, asked of those that are in it, so that an object that is added is
 * asked too; and that one call gives all of it to a new table in a workspace that is there.
 */
interface CataloguedObject {
  readonly name: string;
  readonly singular: string;
  readonly access: 'owned' | 'about' | 'shared' | 'linked';
  readonly is_synced: boolean;
  readonly people: readonly string[];
}
interface CataloguedChild {
  readonly name: string;
  readonly parent: string;
  readonly parent_column: string;
  readonly is_link: boolean;
}

let db: PGlite;
let objects: readonly CataloguedObject[];
let children: readonly CataloguedChild[];

beforeAll(async () => {
  db = await openMigratedPglite();
  const asOwner: PolicyDatabase['asOwner'] = (work) => db.transaction((tx) => work(tx));
  await seedPolicyWorkspaces({ asOwner });
  await db.query("INSERT INTO products (workspace_id, id, name) VALUES ($1, $2, 'Mug')", [acme, id(30, 1)]);
  objects = (await db.query<CataloguedObject>('SELECT * FROM satchel.objects ORDER BY name')).rows;
  children = (
    await db.query<CataloguedChild>(
      'SELECT * FROM satchel.object_children WHERE parent IS NOT NULL ORDER BY name',
    )
  ).rows;
});
afterAll(() => db.close());

async function column<T>(sql: string, params: unknown[] = [], on: PGlite | Transaction = db): Promise<T[]> {
  const { rows } = await on.query<Record<string, T>>(sql, params);
  return rows.flatMap((row) => Object.values(row));
}

/** Runs as this person under the policies, and rolls back. */
async function asPerson<T>(
  person: Parameters<typeof caller>[0],
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  let result: { value: T } | undefined;
  await db.transaction(async (tx) => {
    await become(tx, personId(person));
    result = { value: await work(tx) };
    await tx.rollback();
  });
  if (!result) throw new Error('the work never ran');
  return result.value;
}

async function become(tx: Transaction, user: string): Promise<void> {
  await tx.query(
    "SELECT set_config('satchel.workspace_id', $1, true), set_config('satchel.user_id', $2, true)",
    [acme, user],
  );
  await tx.exec('SET LOCAL ROLE satchel_app');
}

const policiesOf = `SELECT polname FROM pg_policy WHERE polrelid = $1::regclass ORDER BY polname`;
const triggersOf = `SELECT tgname FROM pg_trigger WHERE tgrelid = $1::regclass AND NOT tgisinternal`;
/** The key of each index of a table with its method and its condition. */
const indexesOf = `
  SELECT am.amname || ' ' || array_to_string(ARRAY(
      SELECT pg_get_indexdef(i.indexrelid, k, true) FROM generate_series(1, i.indnkeyatts) AS k), ',')
    || coalesce(' where ' || pg_get_expr(i.indpred, i.indrelid), '')
  FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid JOIN pg_am AS am ON am.oid = c.relam
  WHERE i.indrelid = $1::regclass AND i.indisvalid`;

describe('each object of the catalogue', () => {
  test('is there, and so is each child, with row-level security for every command', async () => {
    expect(objects.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'accounts',
        'contacts',
        'leads',
        'notes',
        'opportunities',
        'products',
        'quotes',
        'tasks',
      ]),
    );
    for (const { name } of [...objects, ...children]) {
      const [isProtected] = await column<boolean>(
        'SELECT relrowsecurity AND relforcerowsecurity FROM pg_class WHERE oid = $1::regclass',
        [name],
      );
      const policies = await column<string>(policiesOf, [name]);
      expect({ name, isProtected, policies }).toEqual({
        name,
        isProtected: true,
        policies: ['creates', 'deletes', 'owner_acts', 'reads', 'updates'],
      });
      const [isGranted] = await column<boolean>(
        "SELECT bool_and(has_table_privilege('satchel_app', $1, right_to)) FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) AS right_to",
        [name],
      );
      expect({ name, isGranted }).toEqual({ name, isGranted: true });
    }
  });

  test('every table that has an id and a trash of its own is in the catalogue, or is set up and no record', async () => {
    const tables = await column<string>(
      `SELECT relname::text FROM pg_class
       WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
         AND (SELECT count(*) = 2 FROM pg_attribute WHERE attrelid = pg_class.oid AND attname IN ('id', 'deleted_at'))`,
    );
    const known = new Set([...objects, ...children].map(({ name }) => name));
    expect(tables.filter((table) => !known.has(table)).sort()).toEqual([
      'attachments',
      'custom_field_definitions',
      'pipeline_stages',
      'pipelines',
      'saved_views',
      'tags',
      'teams',
      'users',
    ]);
  });

  test('keeps its times and stamps, its history, its trash, its custom fields, and is announced and captured', async () => {
    const always = [
      'history_insert',
      'history_update',
      'history_delete',
      'notify_insert',
      'notify_update',
      'notify_delete',
    ];
    const captured = ['capture_insert', 'capture_update', 'capture_delete'];
    const ofRecords = [
      'touch',
      'only_from_trash',
      'forget_derived',
      'check_custom_fields_insert',
      'check_custom_fields_update',
    ];
    for (const { name, is_synced } of objects) {
      const there = await column<string>(triggersOf, [name]);
      const due = [...always, ...ofRecords, ...(is_synced ? captured : [])];
      expect({ name, lacks: due.filter((trigger) => !there.includes(trigger)) }).toEqual({ name, lacks: [] });
    }
    for (const { name } of children) {
      const there = await column<string>(triggersOf, [name]);
      const lacks = [...always, ...captured].filter((trigger) => !there.includes(trigger));
      expect({ name, lacks }).toEqual({ name, lacks: [] });
    }
  });

  test('has an index for each order of its list, its trash, its search and its custom fields', async () => {
    for (const { name, access } of objects) {
      if (access === 'linked') continue;
      const there = await column<string>(indexesOf, [name]);
      const lacks = [
        'btree workspace_id,name_key,id',
        'btree workspace_id,created_at,id',
        'btree workspace_id,updated_at,id',
        'btree workspace_id,deleted_at,id',
        'gin search_text',
        'gin custom_fields',
      ].filter((start) => !there.some((index) => index.startsWith(start)));
      expect({ name, lacks }).toEqual({ name, lacks: [] });
    }
  });

  test('is seen where its row is, and by nobody else', async () => {
    const seenBy = (person: Parameters<typeof caller>[0], name: string, all: readonly string[]) =>
      asPerson(person, async (tx) => ({
        rows: await column<string>(`SELECT id FROM ${name} ORDER BY id`, [], tx),
        told: await column<string>(
          'SELECT r FROM unnest($2::uuid[]) AS r WHERE satchel.sees_record($1, r) ORDER BY r',
          [name, all],
          tx,
        ),
      }));
    const withIds = [...objects, ...children.filter(({ is_link }) => !is_link)];
    for (const { name } of withIds) {
      const all = await column<string>(`SELECT id FROM ${name} WHERE workspace_id = $1 ORDER BY id`, [acme]);
      const rep = await seenBy('rep', name, all);
      const nobody = await seenBy('inactive', name, all);
      expect({ name, ...rep }).toEqual({ name, rows: rep.rows, told: rep.rows });
      expect({ name, seen: rep.rows.length > 0, by: nobody.told.length }).toEqual({
        name,
        seen: true,
        by: 0,
      });
      expect(all).toEqual(expect.arrayContaining(rep.rows));
    }
    const owned = withIds.filter(({ name }) => name !== 'products').map(({ name }) => name);
    for (const name of owned) {
      const all = await column<string>(`SELECT id FROM ${name} WHERE workspace_id = $1`, [acme]);
      expect({ name, hidden: (await seenBy('rep', name, all)).told.length < all.length }).toEqual({
        name,
        hidden: true,
      });
    }
  });

  test('has its permissions in every workspace, each held by the administrator', async () => {
    for (const { singular, people } of objects) {
      const held = await column<string>(
        `SELECT w.id || ' ' || p.action FROM workspaces AS w
         JOIN permissions AS p ON p.workspace_id = w.id AND p.object = $1
         JOIN role_permissions AS rp ON rp.workspace_id = w.id AND rp.permission_id = p.id
         JOIN roles AS r ON r.workspace_id = w.id AND r.id = rp.role_id AND r.role_name = 'Administrator'`,
        [singular],
      );
      const actions = ['create', 'read', 'update', 'delete', 'export', 'merge'];
      if (people.length > 0) actions.push('reassign');
      expect({
        singular,
        held: held.length,
        actions: new Set(held.map((right) => right.split(' ')[1])),
      }).toEqual({
        singular,
        held: 2 * actions.length,
        actions: new Set(actions),
      });
    }
  });
});

/** What makes a table an object, but for what it is about. */
const recordColumns = `
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE, id uuid NOT NULL, name text NOT NULL,
  owner_id uuid, custom_fields jsonb NOT NULL DEFAULT '{}',
  name_key text COLLATE "C" GENERATED ALWAYS AS (satchel.fold(name)) STORED,
  search_text text COLLATE "C" GENERATED ALWAYS AS (satchel.fold(name)) STORED,
  created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(),
  created_by uuid DEFAULT satchel.user_id(), deleted_at timestamptz, _stamp text COLLATE "C" DEFAULT satchel.stamp(),
  _stamps jsonb NOT NULL DEFAULT '{}', _tombstone boolean NOT NULL DEFAULT false, _seq bigint, PRIMARY KEY (workspace_id, id)`;

describe('a table that is installed in a workspace that is there', () => {
  /** Installs visits with their lines in a transaction, and rolls back. */
  async function withVisits(work: (tx: Transaction) => Promise<void>): Promise<void> {
    await db.transaction(async (tx) => {
      await tx.exec(`
        SET LOCAL ROLE satchel_owner;
        CREATE TABLE visits (${recordColumns}, import_batch_id uuid);
        CREATE TABLE visit_lines (
          workspace_id uuid NOT NULL, id uuid NOT NULL, visit_id uuid NOT NULL, what text NOT NULL,
          created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(),
          deleted_at timestamptz, _stamp text COLLATE "C", _stamps jsonb NOT NULL DEFAULT '{}',
          _tombstone boolean NOT NULL DEFAULT false, _seq bigint, PRIMARY KEY (workspace_id, id),
          FOREIGN KEY (workspace_id, visit_id) REFERENCES visits (workspace_id, id) ON DELETE CASCADE);
        SELECT satchel.install_object('visits', 'visit', access => 'owned', people => '{owner_id}');
        SELECT satchel.install_child('visit_lines', 'visits', 'visit_id');
        RESET ROLE;
      `);
      await work(tx);
      await tx.rollback();
    });
  }
  const insertVisit = `INSERT INTO visits (workspace_id, id, name, owner_id) VALUES ($1, $2, 'Tuesday', $3)`;
  const insertLine = `INSERT INTO visit_lines (workspace_id, id, visit_id, what) VALUES ($1, gen_random_uuid(), $2, 'x')`;

  test('is used at once: custom fields, rights by role, history and undo', () =>
    withVisits(async (tx) => {
      await tx.query(
        `INSERT INTO custom_field_definitions (workspace_id, id, object, key, label, type)
         VALUES ($1, $2, 'visits', 'size', 'Size', 'number')`,
        [acme, id(90, 1)],
      );
      await tx.query(insertVisit, [acme, id(90, 2), personId('stranger')]);
      await tx.query("SELECT set_config('satchel.change_set_id', $1, true)", [id(90, 9)]);
      await become(tx, personId('rep'));
      await tx.query(insertVisit, [acme, id(90, 3), personId('rep')]);
      await tx.query(insertLine, [acme, id(90, 3)]);
      expect(await column('SELECT id FROM visits', [], tx)).toEqual([id(90, 3)]);
      expect(
        await column(
          'SELECT object FROM field_history WHERE change_set_id = $1 ORDER BY seq',
          [id(90, 9)],
          tx,
        ),
      ).toEqual(['visits', 'visit_lines']);
      for (const [sql, params, refusal] of [
        [insertLine, [acme, id(90, 2)], /row-level security/u],
        [
          `UPDATE visits SET custom_fields = '{"colour": 1}'`,
          [],
          /"colour" of visits breaks the rule unknown_field/u,
        ],
        [`SELECT satchel.transfer_ownership('visit_lines', '{}', $1)`, [personId('mate')], /have no owner/u],
      ] as const) {
        await tx.exec('SAVEPOINT attempt');
        await expect(tx.query(sql, [...params])).rejects.toThrow(refusal);
        await tx.exec('ROLLBACK TO SAVEPOINT attempt');
      }
      await tx.query(`UPDATE visits SET custom_fields = '{"size": 3}'`);
      await tx.exec('RESET ROLE');
      await tx.query("SELECT set_config('satchel.change_set_id', '', true)");
      await become(tx, personId('rep'));
      await tx.query('SELECT satchel.undo_slice($1)', [id(90, 9)]);
      expect(await column('SELECT deleted_at IS NOT NULL FROM visits', [], tx)).toEqual([true]);
      expect(
        await column(
          "SELECT satchel.transfer_ownership('visits', ARRAY[$1]::uuid[], $2)",
          [id(90, 3), personId('mate')],
          tx,
        ),
      ).toEqual([1]);
    }));

  test('gives the seeded roles its own rights, and none back that an administrator took away', async () => {
    await db.query(
      `DELETE FROM role_permissions USING permissions AS p
       WHERE role_permissions.permission_id = p.id AND p.workspace_id = $1 AND p.permission_name = 'tag:create'`,
      [acme],
    );
    const rights = `
      SELECT r.role_name || ' ' || p.permission_name || ' ' || rp.scope FROM role_permissions AS rp
      JOIN permissions AS p ON p.workspace_id = rp.workspace_id AND p.id = rp.permission_id
      JOIN roles AS r ON r.workspace_id = rp.workspace_id AND r.id = rp.role_id
      WHERE rp.workspace_id = $1 ORDER BY 1`;
    const before = await column<string>(rights, [acme]);
    const actions = ['create', 'delete', 'export', 'merge', 'read', 'reassign', 'update'];
    await withVisits(async (tx) => {
      const added = (await column<string>(rights, [acme], tx)).filter((right) => !before.includes(right));
      expect(added).toEqual([
        ...actions.map((action) => `Administrator visit:${action} all`),
        ...actions.map(
          (action) => `Sales Manager visit:${action} ${['export', 'read'].includes(action) ? 'all' : 'team'}`,
        ),
        ...actions.map((action) => `Sales Representative visit:${action} own`),
      ]);
    });
  });

  test('is refused with the names of what it lacks', async () => {
    await expect(
      db.transaction((tx) =>
        tx.exec(`
          CREATE TABLE visits (${recordColumns});
          SELECT satchel.install_object('visits', 'visit', access => 'about', people => '{seller_id}', about => '{accounts.account_id}')`),
      ),
    ).rejects.toThrow(
      'The table visits is no object yet: it lacks import_batch_id uuid, seller_id, account_id',
    );
  });

  test('of an object that is not in the catalogue nothing is defined', async () => {
    await expect(
      db.query(
        `INSERT INTO custom_field_definitions (workspace_id, id, object, key, label, type)
         VALUES ($1, $2, 'visits', 'size', 'Size', 'number')`,
        [acme, id(90, 4)],
      ),
    ).rejects.toThrow('There is no object visits');
  });
});

test('what is about a record goes along with it, and is not deleted for good by itself while it lives', async () => {
  await db.transaction(async (tx) => {
    const [contact, note] = [id(91, 1), id(91, 2)];
    await tx.query("INSERT INTO contacts (workspace_id, id, first_name) VALUES ($1, $2, 'Ann')", [
      acme,
      contact,
    ]);
    await tx.query(
      "INSERT INTO notes (workspace_id, id, contact_id, content) VALUES ($1, $2, $3, E'\\n  First line \\nand more')",
      [acme, note, contact],
    );
    expect(await column('SELECT title FROM notes WHERE id = $1', [note], tx)).toEqual(['First line']);
    await tx.exec('SAVEPOINT attempt');
    await expect(tx.query('DELETE FROM notes WHERE id = $1', [note])).rejects.toThrow(/in the trash/u);
    await tx.exec('ROLLBACK TO SAVEPOINT attempt');
    await tx.query('UPDATE contacts SET deleted_at = now() WHERE id = $1', [contact]);
    await tx.query('DELETE FROM contacts WHERE id = $1', [contact]);
    expect(await column('SELECT id FROM notes WHERE id = $1', [note], tx)).toEqual([]);
    await tx.rollback();
  });
});

describe('who refers to a record', () => {
  const referrersOf = (target: string) =>
    column<string>(
      "SELECT child || '.' || child_column FROM satchel.references_to($1) WHERE is_written ORDER BY 1",
      [target],
    );

  test('is told by the foreign keys, each of which is there', async () => {
    const { rows } = await db.query<{ target: string; keys: number; told: number }>(
      `SELECT f.confrelid::regclass::text AS target, count(*)::int AS keys,
         (SELECT count(*)::int FROM satchel.references_to(f.confrelid::regclass::text)) AS told
       FROM pg_constraint AS f
       WHERE f.contype = 'f' AND f.conparentid = 0 AND f.connamespace = 'public'::regnamespace
         AND f.confrelid <> 'workspaces'::regclass
       GROUP BY f.confrelid`,
    );
    expect(rows.map(({ target }) => target)).toEqual(expect.arrayContaining(['users', 'contacts', 'quotes']));
    expect(rows.filter(({ keys, told }) => keys !== told)).toEqual([]);
  });

  test('counts what people write, and not what the database keeps by itself', async () => {
    expect(await referrersOf('users')).toEqual(
      expect.arrayContaining([
        'documents.uploaded_by_id',
        'quotes.owner_id',
        'saved_views.owner_id',
        'users.manager_id',
      ]),
    );
    expect(await referrersOf('opportunities')).toEqual([
      'activity_opportunities.opportunity_id',
      'documents.opportunity_id',
      'leads.converted_opportunity_id',
      'notes.opportunity_id',
      'opportunity_participants.opportunity_id',
      'quotes.opportunity_id',
      'tasks.opportunity_id',
    ]);
  });
});
