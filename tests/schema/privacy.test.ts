import type { PGlite, Transaction } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openMigratedPglite } from './database.ts';

const workspace = '018f0000-0000-7000-8000-000000000001';
const person = '018f0000-0000-7000-8000-000000000002';
const rep = '018f0000-0000-7000-8000-000000000003';
const jane = '018f0000-0000-7000-8000-000000000004';
let db: PGlite;

beforeAll(async () => {
  db = await openMigratedPglite();
  await db.query('SELECT satchel.seed_workspace($1, $2, $3, $4)', [workspace, 'Acme', person, 'Ada']);
  await db.query("INSERT INTO users (workspace_id, id, full_name) VALUES ($1, $2, 'Rep')", [workspace, rep]);
  await db.query(
    "INSERT INTO user_roles (workspace_id, user_id, role_id) VALUES ($1, $2, satchel.seeded_id($1, 'role:Sales Representative'))",
    [workspace, rep],
  );
  await db.query(
    `INSERT INTO contacts (workspace_id, id, first_name, last_name, email, phone_mobile, owner_id)
     VALUES ($1, $2, 'Jane', 'Doe', 'jane.doe@email.com', '+44 20 7946 0958', $3)`,
    [workspace, jane, rep],
  );
});
afterAll(() => db.close());

function as<T>(user: string, work: (tx: Transaction) => Promise<T>, key = ''): Promise<T> {
  return db.transaction(async (tx) => {
    await tx.query(
      `SELECT set_config('satchel.workspace_id', $1, true), set_config('satchel.user_id', $2, true),
         set_config('satchel.pii_key', $3, true)`,
      [workspace, user, key],
    );
    await tx.exec('SET LOCAL ROLE satchel_app');
    return work(tx);
  });
}

async function one<T>(tx: Transaction, sql: string, params: unknown[] = []): Promise<T | undefined> {
  const { rows } = await tx.query<{ value: T }>(sql, params);
  return rows[0]?.value;
}

describe('personal numbers', () => {
  const read = 'SELECT satchel.decrypt_pii(national_id_encrypted) AS value FROM contacts WHERE id = $1';

  test('are stored encrypted and read with the key only, by those who may', async () => {
    await as(
      person,
      (tx) =>
        tx.query(
          "UPDATE contacts SET national_id_encrypted = satchel.encrypt_pii('AB 12 34 56 C') WHERE id = $1",
          [jane],
        ),
      'secret',
    );
    const stored = await db.query<{ found: boolean }>(
      "SELECT position('AB 12' IN encode(national_id_encrypted, 'escape')) > 0 AS found FROM contacts WHERE id = $1",
      [jane],
    );
    expect(stored.rows).toEqual([{ found: false }]);
    expect(await as(person, (tx) => one(tx, read, [jane]), 'secret')).toBe('AB 12 34 56 C');
    await expect(as(person, (tx) => one(tx, read, [jane]))).rejects.toThrow(/unlock the keychain/u);
    await expect(as(person, (tx) => one(tx, read, [jane]), 'wrong')).rejects.toThrow(/Wrong key/u);
    await expect(as(rep, (tx) => one(tx, read, [jane]), 'secret')).rejects.toThrow(/does not allow/u);
  });

  test('in custom fields are refused unless encrypted', async () => {
    await db.query(
      `INSERT INTO custom_field_definitions (workspace_id, id, object, key, label, type, is_pii)
       VALUES ($1, gen_random_uuid(), 'contacts', 'passport', 'Passport', 'text', true)`,
      [workspace],
    );
    const write = (value: string) => (tx: Transaction) =>
      tx.query(`UPDATE contacts SET custom_fields = jsonb_build_object('passport', ${value}) WHERE id = $1`, [
        jane,
      ]);
    await expect(as(person, write("'X123'"), 'secret')).rejects.toThrow(/passport/u);
    await as(person, write("satchel.encrypt_pii_text('X123')"), 'secret');
    const readBack =
      "SELECT satchel.decrypt_pii_text(custom_fields ->> 'passport') AS value FROM contacts WHERE id = $1";
    expect(await as(person, (tx) => one(tx, readBack, [jane]), 'secret')).toBe('X123');
  });
});

describe('an anonymised copy', () => {
  interface Copy {
    first_name: string;
    last_name: string;
    email: string;
    phone_mobile: string;
  }
  const copy = (salt: string) =>
    as(person, async (tx) => {
      const { rows } = await tx.query<Copy>(
        'SELECT first_name, last_name, email, phone_mobile FROM satchel.anonymised_contacts($1)',
        [salt],
      );
      return rows[0];
    });

  test('is realistic, the same every time for one salt, and another for another', async () => {
    const first = await copy('one');
    expect(first?.email).toMatch(/^p[0-9a-f]{10}@d[0-9a-f]{8}\.example$/u);
    expect(first?.phone_mobile).toMatch(/^\+44 \d\d \d{4} \d{4}$/u);
    expect(await copy('one')).toEqual(first);
    expect(await copy('two')).not.toEqual(first);
  });

  test('holds nothing of the original', async () => {
    expect(JSON.stringify(await copy('three'))).not.toMatch(/jane|doe|email\.com|7946 0958/iu);
  });
});

test('erasing a person leaves nothing of them in the history', async () => {
  await expect(as(rep, (tx) => tx.query('SELECT satchel.erase_contact($1)', [jane]))).rejects.toThrow(
    /does not allow/u,
  );
  await as(person, (tx) => tx.query('SELECT satchel.erase_contact($1)', [jane]));
  const left = await db.query(
    'SELECT operation, field, old_value, new_value FROM field_history WHERE record_id = $1',
    [jane],
  );
  expect(left.rows).toEqual([{ operation: 'purge', field: null, old_value: null, new_value: null }]);
  const contacts = await db.query('SELECT FROM contacts WHERE id = $1', [jane]);
  expect(contacts.rows).toHaveLength(0);
});
