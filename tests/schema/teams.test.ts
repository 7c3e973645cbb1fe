import type { PGlite, Transaction } from '@electric-sql/pglite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openMigratedPglite } from './database.ts';
import { acme, id, personId, recordId, seedPolicyWorkspaces } from './policy-suite.ts';

/** Teams as a tree: East, which the manager leads, over South over Harbour; the stranger works in Harbour. */
const [east, south, harbour] = [id(3, 1), id(3, 2), id(3, 3)];
let db: PGlite;

beforeAll(async () => {
  db = await openMigratedPglite();
  await seedPolicyWorkspaces({ asOwner: (work) => db.transaction((tx) => work(tx)) });
});
afterAll(() => db.close());

/** Tries it in a transaction that is rolled back. */
async function trying(work: (tx: Transaction) => Promise<void>): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query(
      `INSERT INTO teams (workspace_id, id, name, parent_team_id) VALUES ($1, $2, 'South', $3), ($1, $4, 'Harbour', $2)`,
      [acme, south, east, harbour],
    );
    await tx.query('UPDATE users SET team_id = $1 WHERE id = $2', [harbour, personId('stranger')]);
    await work(tx);
    await tx.rollback();
  });
}

async function become(tx: Transaction, person: Parameters<typeof personId>[0]): Promise<void> {
  await tx.exec('RESET ROLE');
  await tx.query(
    "SELECT set_config('satchel.workspace_id', $1, true), set_config('satchel.user_id', $2, true)",
    [acme, personId(person)],
  );
  await tx.exec('SET LOCAL ROLE satchel_app');
}

const renamed = async (tx: Transaction, owner: Parameters<typeof personId>[0]) =>
  (await tx.query(`UPDATE accounts SET name = 'New' WHERE id = $1`, [recordId('accounts', owner)]))
    .affectedRows;

test('the scope of a team reaches the teams below it, however many steps down, and not those above', () =>
  trying(async (tx) => {
    await become(tx, 'manager');
    expect(await renamed(tx, 'stranger')).toBe(1);
    await tx.exec('RESET ROLE');
    await tx.query('UPDATE teams SET parent_team_id = NULL WHERE id = $1', [harbour]);
    await become(tx, 'manager');
    expect(await renamed(tx, 'stranger')).toBe(0);
    await tx.exec('RESET ROLE');
    await tx.query('UPDATE teams SET parent_team_id = $1 WHERE id = $2', [harbour, east]);
    await become(tx, 'manager');
    expect(await renamed(tx, 'stranger')).toBe(0);
    expect(await renamed(tx, 'rep')).toBe(1);
  }));

test('no team becomes part of itself', () =>
  trying(async (tx) => {
    for (const [team, parent] of [
      [east, east],
      [east, harbour],
    ]) {
      await tx.exec('SAVEPOINT attempt');
      await expect(
        tx.query('UPDATE teams SET parent_team_id = $1 WHERE id = $2', [parent, team]),
      ).rejects.toMatchObject({ code: '23514', constraint: 'teams_no_circle' });
      await tx.exec('ROLLBACK TO SAVEPOINT attempt');
    }
  }));

test('a circle that two laptops made is taken from sync, and reaches everybody in it once', () =>
  trying(async (tx) => {
    await tx.query("SELECT set_config('satchel.source', 'sync', true)");
    await tx.query('UPDATE teams SET parent_team_id = $1 WHERE id = $2', [harbour, east]);
    await become(tx, 'manager');
    const { rows } = await tx.query<{ reached: string[] }>(
      "SELECT satchel.reached_owners('account:update') AS reached",
    );
    expect(rows[0]?.reached.toSorted()).toEqual(
      (['manager', 'rep', 'mate', 'stranger'] as const).map(personId).sort(),
    );
  }));

test('whoever may edit and not reassign hands nothing over', () =>
  trying(async (tx) => {
    await tx.query(
      `DELETE FROM role_permissions USING permissions AS p
       WHERE p.workspace_id = role_permissions.workspace_id AND p.id = permission_id
         AND p.permission_name = 'account:reassign'`,
    );
    await become(tx, 'rep');
    expect(await renamed(tx, 'rep')).toBe(1);
    await expect(
      tx.query("SELECT satchel.transfer_ownership('accounts', ARRAY[$1]::uuid[], $2)", [
        recordId('accounts', 'rep'),
        personId('mate'),
      ]),
    ).rejects.toMatchObject({ code: '42501' });
  }));
