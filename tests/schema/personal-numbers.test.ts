import type { Transaction } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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

/** As this person, with this key. */
const as = <T>(user: string, work: (tx: Transaction) => Promise<T>, key = ''): Promise<T> =>
  home.as(work, { 'satchel.user_id': user, 'satchel.pii_key': key });

async function one<T>(tx: Transaction, sql: string, params: unknown[] = []): Promise<T | undefined> {
  const { rows } = await tx.query<{ value: T }>(sql, params);
  return rows[0]?.value;
}

describe('personal numbers', () => {
  const read = 'SELECT satchel.decrypt_pii(national_id_encrypted) AS value FROM contacts WHERE id = $1';

  test('are stored encrypted and read with the key only, by those who may', async () => {
    await as(
      home.person,
      (tx) =>
        tx.query(
          "UPDATE contacts SET national_id_encrypted = satchel.encrypt_pii('AB 12 34 56 C') WHERE id = $1",
          [jane],
        ),
      'secret',
    );
    const stored = await home.db.query<{ found: boolean }>(
      "SELECT position('AB 12' IN encode(national_id_encrypted, 'escape')) > 0 AS found FROM contacts WHERE id = $1",
      [jane],
    );
    expect(stored.rows).toEqual([{ found: false }]);
    expect(await as(home.person, (tx) => one(tx, read, [jane]), 'secret')).toBe('AB 12 34 56 C');
    await expect(as(home.person, (tx) => one(tx, read, [jane]))).rejects.toThrow(/unlock the keychain/u);
    await expect(as(home.person, (tx) => one(tx, read, [jane]), 'wrong')).rejects.toThrow(/Wrong key/u);
    await expect(as(rep, (tx) => one(tx, read, [jane]), 'secret')).rejects.toThrow(/does not allow/u);
  });

  test('in custom fields are refused unless encrypted', async () => {
    await home.db.query(
      `INSERT INTO custom_field_definitions (workspace_id, id, object, key, label, type, is_pii)
       VALUES ($1, gen_random_uuid(), 'contacts', 'passport', 'Passport', 'text', true)`,
      [home.workspace],
    );
    const write = (value: string) => (tx: Transaction) =>
      tx.query(`UPDATE contacts SET custom_fields = jsonb_build_object('passport', ${value}) WHERE id = $1`, [
        jane,
      ]);
    await expect(as(home.person, write("'X123'"), 'secret')).rejects.toThrow(/passport/u);
    await as(home.person, write("satchel.encrypt_pii_text('X123')"), 'secret');
    const readBack =
      "SELECT satchel.decrypt_pii_text(custom_fields ->> 'passport') AS value FROM contacts WHERE id = $1";
    expect(await as(home.person, (tx) => one(tx, readBack, [jane]), 'secret')).toBe('X123');
  });
});

describe('a change of the key', () => {
  const [oldKey, newKey] = ['the first key of all', 'a second, better key'];
  const sealed = `
    SELECT national_id_encrypted::text AS number, custom_fields ->> 'passport' AS passport,
      (SELECT string_agg(coalesce(old_value #>> '{}', ''), ' ' ORDER BY seq) FROM field_history
       WHERE field IN ('national_id_encrypted', 'custom_fields.passport')) AS history
    FROM contacts WHERE id = $1`;
  const setNumber = (number: string, key: string, set: string) =>
    as(
      home.person,
      async (tx) => {
        await tx.query('SELECT satchel.continue_change_set($1)', [set]);
        await tx.query('UPDATE contacts SET national_id_encrypted = satchel.encrypt_pii($2) WHERE id = $1', [
          jane,
          number,
        ]);
      },
      key,
    );

  test('seals everything anew, leaves no trace of the old key, and undo still works', async () => {
    const lastSet = '018f0000-0000-7000-8000-0000000000f2';
    await home.db.query("UPDATE contacts SET custom_fields = '{}', national_id_encrypted = NULL");
    await home.db.query('DELETE FROM field_history');
    await setNumber('one', oldKey, '018f0000-0000-7000-8000-0000000000f1');
    await as(
      home.person,
      (tx) =>
        tx.query(
          "UPDATE contacts SET custom_fields = jsonb_build_object('passport', satchel.encrypt_pii_text('X123')) WHERE id = $1",
          [jane],
        ),
      oldKey,
    );
    await setNumber('two', oldKey, lastSet);
    const before = (await home.db.query<Record<string, string>>(sealed, [jane])).rows[0];
    const entries = 'SELECT count(*)::int AS n FROM field_history';
    const entriesBefore = (await home.db.query(entries)).rows;

    await expect(
      as(rep, (tx) => tx.query('SELECT satchel.rotate_pii_key($1)', [newKey]), oldKey),
    ).rejects.toThrow(/does not allow/u);
    await expect(
      as(home.person, (tx) => tx.query('SELECT satchel.rotate_pii_key($1)', ['short']), oldKey),
    ).rejects.toThrow(/16 characters/u);
    await expect(
      as(home.person, (tx) => tx.query('SELECT satchel.rotate_pii_key($1)', [newKey]), 'not the key at all'),
    ).rejects.toThrow(/Wrong key/u);
    expect((await home.db.query(sealed, [jane])).rows[0]).toEqual(before);

    expect(
      await as(home.person, (tx) => one(tx, 'SELECT satchel.rotate_pii_key($1) AS value', [newKey]), oldKey),
    ).toBe(3);
    expect((await home.db.query(entries)).rows).toEqual(entriesBefore);
    const after = (await home.db.query<Record<string, string>>(sealed, [jane])).rows[0];
    for (const part of ['number', 'passport', 'history']) expect(after?.[part]).not.toBe(before?.[part]);
    const readNumber =
      'SELECT satchel.decrypt_pii(national_id_encrypted) AS value FROM contacts WHERE id = $1';
    const readPassport =
      "SELECT satchel.decrypt_pii_text(custom_fields ->> 'passport') AS value FROM contacts WHERE id = $1";
    expect(await as(home.person, (tx) => one(tx, readNumber, [jane]), newKey)).toBe('two');
    expect(await as(home.person, (tx) => one(tx, readPassport, [jane]), newKey)).toBe('X123');
    await expect(as(home.person, (tx) => one(tx, readNumber, [jane]), oldKey)).rejects.toThrow(/Wrong key/u);

    // The history was sealed anew too: what is taken back can be read with the new key.
    await as(home.person, (tx) => tx.query('SELECT satchel.undo_slice($1)', [lastSet]), newKey);
    expect(await as(home.person, (tx) => one(tx, readNumber, [jane]), newKey)).toBe('one');
  });

  test('nothing that a search or a sort reads holds what is sealed, and neither do the files of the database', async () => {
    const secret = 'Zyxwvu-48151623';
    await setNumber(secret, newKey, '018f0000-0000-7000-8000-0000000000f3');
    await as(
      home.person,
      (tx) =>
        tx.query(
          "UPDATE contacts SET custom_fields = jsonb_build_object('passport', satchel.encrypt_pii_text($2)) WHERE id = $1",
          [jane, secret],
        ),
      newKey,
    );
    const found = await home.db.query(
      "SELECT FROM contacts WHERE to_jsonb(contacts)::text ~* 'Zyxwvu|48151623'",
    );
    expect(found.rows).toEqual([]);
    await home.db.exec('CHECKPOINT');
    // What a backup copies: every file, the log included.
    const files = Buffer.from(await (await home.db.dumpDataDir('none')).arrayBuffer());
    for (const text of [secret, newKey, oldKey])
      expect({ text, at: files.indexOf(text) }).toEqual({ text, at: -1 });
    expect(files.indexOf('jane.doe@email.com')).toBeGreaterThan(0);
  });
});
