import type { PGlite, Transaction } from '@electric-sql/pglite';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
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

test('a field that somebody has given its former value already is no conflict', async () => {
  const set = await act((tx) =>
    tx.query("UPDATE accounts SET name = 'One', industry = 'retail' WHERE id = $1", [account]),
  );
  await act((tx) => tx.query("UPDATE accounts SET name = 'Betatech' WHERE id = $1", [account]));
  expect(await undo(set)).toMatchObject({ undone: 1, conflicts: 0 });
  expect(await current()).toMatchObject({ name: 'Betatech', industry: 'medical' });
});

test('what a created record was changed to and back is no change', async () => {
  const made = nextId();
  const set = await act((tx) =>
    tx.query("INSERT INTO contacts (workspace_id, id, first_name) VALUES ($1, $2, 'Jane')", [
      workspace,
      made,
    ]),
  );
  for (const title of ["'CTO'", 'NULL'])
    await act((tx) => tx.query(`UPDATE contacts SET job_title = ${title} WHERE id = $1`, [made]));
  expect(await undo(set)).toMatchObject({ undone: 1, conflicts: 0 });
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

describe('custom fields', () => {
  const set = (patch: string) => (tx: Transaction) =>
    tx.query(`UPDATE accounts SET custom_fields = ${patch} WHERE id = $1`, [account]);
  const fields = async () => (await current())?.['custom_fields'];

  beforeAll(async () => {
    for (const key of ['region', 'tier', 'code'])
      await db.query(
        `INSERT INTO custom_field_definitions (workspace_id, id, object, key, label, type)
         VALUES ($1, $2, 'accounts', $3, $3, 'text')`,
        [workspace, nextId(), key],
      );
  });

  test('are fields of their own: undoing one leaves what was done to another since', async () => {
    await act(set(`'{"region": "north"}'`));
    const first = await act(set(`custom_fields || '{"region": "south", "tier": "gold"}'`));
    const second = await act(set(`custom_fields || '{"code": "A1"}'`));
    expect(await undo(first)).toMatchObject({ undone: 1, conflicts: 0 });
    expect(await fields()).toEqual({ region: 'north', code: 'A1' });
    expect(await undo(second)).toMatchObject({ undone: 1, conflicts: 0 });
    expect(await fields()).toEqual({ region: 'north' });
  });

  test('changed again since are reported one by one', async () => {
    const first = await act(set(`'{"region": "south", "tier": "gold"}'`));
    await act(set(`custom_fields || '{"tier": "silver"}'`));
    expect(await undo(first)).toMatchObject({ undone: 1, conflicts: 1 });
    expect(await fields()).toEqual({ tier: 'silver' });
    const { rows } = await db.query(
      'SELECT field, current_value FROM undo_conflicts WHERE change_set_id = $1',
      [first],
    );
    expect(rows).toEqual([{ field: 'custom_fields.tier', current_value: 'silver' }]);
  });

  test('tell missing, emptied and empty text apart, both ways', async () => {
    await act(set(`'{"region": "", "tier": null}'`));
    const change = await act(set(`'{"region": null, "code": ""}'`));
    const undone = await undo(change);
    expect(await fields()).toEqual({ region: '', tier: null });
    await undo(undone.set);
    expect(await fields()).toEqual({ region: null, code: '' });
  });

  test('travel with columns in one change', async () => {
    const change = await act((tx) =>
      tx.query(`UPDATE accounts SET name = 'One', custom_fields = '{"region": "north"}' WHERE id = $1`, [
        account,
      ]),
    );
    await act((tx) => tx.query("UPDATE accounts SET name = 'Two' WHERE id = $1", [account]));
    expect(await undo(change)).toMatchObject({ undone: 1, conflicts: 1 });
    expect(await current()).toMatchObject({ name: 'Two', custom_fields: {} });
  });
});

describe('the links of an activity', () => {
  let activity: string;
  let contact: string;

  beforeEach(async () => {
    [activity, contact] = [nextId(), nextId()];
    await act(async (tx) => {
      await tx.query("INSERT INTO contacts (workspace_id, id, first_name) VALUES ($1, $2, 'Jane')", [
        workspace,
        contact,
      ]);
      await tx.query(
        "INSERT INTO activities (workspace_id, id, type, user_id, occurred_at) VALUES ($1, $2, 'call', $3, '2026-03-05Z')",
        [workspace, activity, person],
      );
    });
  });

  const link = (tx: Transaction) =>
    tx.query(
      "INSERT INTO activity_contacts (workspace_id, activity_id, occurred_at, contact_id) VALUES ($1, $2, '2026-03-05Z', $3)",
      [workspace, activity, contact],
    );
  const unlink = (tx: Transaction) =>
    tx.query('DELETE FROM activity_contacts WHERE activity_id = $1', [activity]);
  const links = async () =>
    (
      await db.query<{ contact_id: string; day: string }>(
        "SELECT contact_id, (occurred_at AT TIME ZONE 'UTC')::date::text AS day FROM activity_contacts WHERE activity_id = $1",
        [activity],
      )
    ).rows;

  test.each(['accounts', 'contacts', 'opportunities', 'cases'])(
    'to %s come and go with their change',
    async (kind) => {
      const other = nextId();
      const column = {
        accounts: 'account_id',
        contacts: 'contact_id',
        opportunities: 'opportunity_id',
        cases: 'case_id',
      }[kind];
      await act(async (tx) => {
        if (kind === 'opportunities')
          await tx.query(
            "INSERT INTO opportunities (workspace_id, id, name, account_id) VALUES ($1, $2, 'Deal', $3)",
            [workspace, other, account],
          );
        if (kind === 'cases')
          await tx.query(
            "INSERT INTO cases (workspace_id, id, case_number, subject) VALUES ($1, $2, 'C-1', 'Broken')",
            [workspace, other],
          );
      });
      const target = { accounts: account, contacts: contact }[kind] ?? other;
      const made = await act((tx) =>
        tx.query(
          `INSERT INTO activity_${kind} (workspace_id, activity_id, occurred_at, ${column}) VALUES ($1, $2, '2026-03-05Z', $3)`,
          [workspace, activity, target],
        ),
      );
      const count = async () =>
        (await db.query(`SELECT FROM activity_${kind} WHERE activity_id = $1`, [activity])).rows.length;
      const undone = await undo(made);
      expect(undone).toMatchObject({ undone: 1, conflicts: 0 });
      expect(await count()).toBe(0);
      await undo(undone.set);
      expect(await count()).toBe(1);
    },
  );

  test('are put back where the activity is by now', async () => {
    await act(link);
    const removed = await act(unlink);
    await act((tx) =>
      tx.query("UPDATE activities SET occurred_at = '2026-04-10Z' WHERE id = $1", [activity]),
    );
    expect(await undo(removed)).toMatchObject({ undone: 1, conflicts: 0 });
    expect(await links()).toEqual([{ contact_id: contact, day: '2026-04-10' }]);
  });

  test('that follow their activity to another time are no change of their own', async () => {
    await act(link);
    const moved = await act((tx) =>
      tx.query("UPDATE activities SET occurred_at = '2026-04-10Z' WHERE id = $1", [activity]),
    );
    const { rows } = await db.query('SELECT object, field FROM field_history WHERE change_set_id = $1', [
      moved,
    ]);
    expect(rows).toEqual([{ object: 'activities', field: 'occurred_at' }]);
    expect(await undo(moved)).toMatchObject({ undone: 1, conflicts: 0 });
    expect(await links()).toEqual([{ contact_id: contact, day: '2026-03-05' }]);
  });

  test('given to another record go back to the one they were of', async () => {
    await act(link);
    const other = nextId();
    await act((tx) =>
      tx.query("INSERT INTO contacts (workspace_id, id, first_name) VALUES ($1, $2, 'John')", [
        workspace,
        other,
      ]),
    );
    const moved = await act((tx) =>
      tx.query('UPDATE activity_contacts SET contact_id = $2 WHERE activity_id = $1', [activity, other]),
    );
    expect(await links()).toMatchObject([{ contact_id: other }]);
    await undo(moved);
    expect(await links()).toMatchObject([{ contact_id: contact }]);
  });

  test('of an activity that is gone for good are reported', async () => {
    await act(link);
    const removed = await act(unlink);
    await act((tx) => tx.query('UPDATE activities SET deleted_at = now() WHERE id = $1', [activity]));
    await act((tx) => tx.query('DELETE FROM activities WHERE id = $1', [activity]));
    expect(await undo(removed)).toMatchObject({ undone: 0, conflicts: 1 });
    expect(await links()).toEqual([]);
  });
});

test('nobody undoes what others did without the permission, nor learns of what was done to a hidden record', async () => {
  const rep = nextId();
  await db.query("INSERT INTO users (workspace_id, id, full_name) VALUES ($1, $2, 'Rep')", [workspace, rep]);
  await db.query(
    "INSERT INTO user_roles (workspace_id, user_id, role_id) VALUES ($1, $2, satchel.seeded_id($1, 'role:Sales Representative'))",
    [workspace, rep],
  );
  const undoAsRep = async (set: string) =>
    db.transaction(async (tx) => {
      await tx.query(
        "SELECT set_config('satchel.workspace_id', $1, true), set_config('satchel.user_id', $2, true)",
        [workspace, rep],
      );
      await tx.exec('SET LOCAL ROLE satchel_app');
      await tx.query('SELECT * FROM satchel.undo_slice($1)', [set]);
    });
  const hidden = await act((tx) => tx.query("UPDATE accounts SET name = 'One' WHERE id = $1", [account]));
  await expect(undoAsRep(hidden)).rejects.toThrow(/no such change/u);
  const given = await act((tx) =>
    tx.query("SELECT satchel.transfer_ownership('accounts', ARRAY[$1]::uuid[], $2)", [account, rep]),
  );
  await expect(undoAsRep(given)).rejects.toThrow(/does not allow undoing/u);
});
