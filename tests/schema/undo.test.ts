import type { PGlite, Transaction } from '@electric-sql/pglite';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
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

/** One business action of the administrator. Returns its change set. */
async function act(work: (tx: Transaction) => Promise<unknown>, set = nextId()): Promise<string> {
  await db.transaction(async (tx) => {
    await tx.query(
      `SELECT set_config('satchel.workspace_id', $1, true), set_config('satchel.user_id', $2, true),
         set_config('satchel.change_set_id', $3, true)`,
      [workspace, person, set],
    );
    await tx.exec('SET LOCAL ROLE satchel_app');
    await work(tx);
  });
  return set;
}

interface Slice {
  examined: number;
  undone: number;
  conflicts: number;
  next_seq: number | null;
}

async function undo(
  target: string,
  slice = 500,
): Promise<{ set: string; undone: number; conflicts: number; slices: number }> {
  const set = nextId();
  let [undone, conflicts, slices] = [0, 0, 0];
  for (let next: number | null = null; ; slices += 1) {
    let result: Slice | undefined;
    await act(async (tx) => {
      const { rows } = await tx.query<Slice>('SELECT * FROM satchel.undo_slice($1, $2, $3)', [
        target,
        next,
        slice,
      ]);
      result = rows[0];
    }, set);
    if (!result) throw new Error('undo_slice returned nothing');
    undone += result.undone;
    conflicts += result.conflicts;
    next = result.next_seq;
    if (next === null) return { set, undone, conflicts, slices: slices + 1 };
  }
}

let account: string;
const current = async (): Promise<Record<string, unknown> | undefined> =>
  (
    await db.query<Record<string, unknown>>(
      'SELECT name, industry, annual_revenue, custom_fields, deleted_at IS NOT NULL AS trashed FROM accounts WHERE id = $1',
      [account],
    )
  ).rows[0];

beforeEach(async () => {
  account = nextId();
  await act((tx) =>
    tx.query(
      "INSERT INTO accounts (workspace_id, id, name, industry, annual_revenue) VALUES ($1, $2, 'Betatech', 'medical', 12.5)",
      [workspace, account],
    ),
  );
});

test('an edit of several fields, some of them twice, is taken back and can be done again', async () => {
  const set = await act(async (tx) => {
    await tx.query("UPDATE accounts SET name = 'One', annual_revenue = NULL WHERE id = $1", [account]);
    await tx.query("UPDATE accounts SET name = 'Two', industry = NULL WHERE id = $1", [account]);
  });
  const first = await undo(set, 1);
  expect(await current()).toMatchObject({ name: 'Betatech', industry: 'medical', annual_revenue: '12.5000' });
  expect(first.conflicts).toBe(0);
  expect(first.slices).toBe(5);
  await expect(undo(set)).rejects.toThrow(/undone already/u);
  await undo(first.set);
  expect(await current()).toMatchObject({ name: 'Two', industry: null, annual_revenue: null });
  const { rows } = await db.query('SELECT undone_by FROM change_sets WHERE id = $1', [set]);
  expect(rows).toEqual([{ undone_by: null }]);
});

test('a field that was changed again since is reported and not overwritten', async () => {
  const set = await act((tx) =>
    tx.query("UPDATE accounts SET name = 'One', industry = 'retail' WHERE id = $1", [account]),
  );
  await act((tx) => tx.query("UPDATE accounts SET name = 'Mine' WHERE id = $1", [account]));
  expect(await undo(set)).toMatchObject({ undone: 1, conflicts: 1 });
  expect(await current()).toMatchObject({ name: 'Mine', industry: 'medical' });
  const { rows } = await db.query(
    'SELECT field, reason, current_value FROM undo_conflicts WHERE change_set_id = $1',
    [set],
  );
  expect(rows).toEqual([{ field: 'name', reason: 'changed', current_value: 'Mine' }]);
});

test('deleting into the trash is undone whatever time zone is set', async () => {
  await db.exec("SET timezone = 'Asia/Tokyo'");
  const set = await act((tx) => tx.query('UPDATE accounts SET deleted_at = now() WHERE id = $1', [account]));
  await db.exec("SET timezone = 'UTC'");
  expect(await undo(set)).toMatchObject({ conflicts: 0 });
  expect(await current()).toMatchObject({ trashed: false });
});

test('created records go to the trash, but not what somebody has worked on since', async () => {
  const [kept, trashed] = [nextId(), nextId()];
  const set = await act((tx) =>
    tx.query(
      "INSERT INTO contacts (workspace_id, id, first_name) VALUES ($1, $2, 'Jane'), ($1, $3, 'John')",
      [workspace, kept, trashed],
    ),
  );
  await act((tx) => tx.query("UPDATE contacts SET job_title = 'CTO' WHERE id = $1", [kept]));
  expect(await undo(set)).toMatchObject({ undone: 1, conflicts: 1 });
  const { rows } = await db.query(
    'SELECT id FROM contacts WHERE deleted_at IS NULL AND id = ANY ($1::uuid[])',
    [[kept, trashed]],
  );
  expect(rows).toEqual([{ id: kept }]);
});

test('links come and go with their change', async () => {
  const [opportunity, contact] = [nextId(), nextId()];
  await act(async (tx) => {
    await tx.query("INSERT INTO contacts (workspace_id, id, first_name) VALUES ($1, $2, 'Jane')", [
      workspace,
      contact,
    ]);
    await tx.query(
      "INSERT INTO opportunities (workspace_id, id, name, account_id) VALUES ($1, $2, 'Deal', $3)",
      [workspace, opportunity, account],
    );
  });
  const roles = async () =>
    (
      await db.query<{ role: string }>(
        'SELECT role FROM opportunity_participants WHERE opportunity_id = $1',
        [opportunity],
      )
    ).rows;
  const added = await act((tx) =>
    tx.query(
      "INSERT INTO opportunity_participants (workspace_id, opportunity_id, contact_id, role) VALUES ($1, $2, $3, 'Champion')",
      [workspace, opportunity, contact],
    ),
  );
  const changed = await act((tx) =>
    tx.query("UPDATE opportunity_participants SET role = 'Influencer' WHERE opportunity_id = $1", [
      opportunity,
    ]),
  );
  await undo(changed);
  expect(await roles()).toEqual([{ role: 'Champion' }]);
  const undone = await undo(added);
  expect(await roles()).toEqual([]);
  await undo(undone.set);
  expect(await roles()).toEqual([{ role: 'Champion' }]);
});

test('nobody undoes what others did without the permission', async () => {
  const rep = nextId();
  await db.query("INSERT INTO users (workspace_id, id, full_name) VALUES ($1, $2, 'Rep')", [workspace, rep]);
  await db.query(
    "INSERT INTO user_roles (workspace_id, user_id, role_id) VALUES ($1, $2, satchel.seeded_id($1, 'role:Sales Representative'))",
    [workspace, rep],
  );
  const set = await act((tx) => tx.query("UPDATE accounts SET name = 'One' WHERE id = $1", [account]));
  await expect(
    db.transaction(async (tx) => {
      await tx.query(
        "SELECT set_config('satchel.workspace_id', $1, true), set_config('satchel.user_id', $2, true)",
        [workspace, rep],
      );
      await tx.exec('SET LOCAL ROLE satchel_app');
      await tx.query('SELECT * FROM satchel.undo_slice($1)', [set]);
    }),
  ).rejects.toThrow(/does not allow undoing/u);
});
