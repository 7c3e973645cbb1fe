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

describe('an anonymised copy', () => {
  interface Copy {
    first_name: string;
    last_name: string;
    email: string;
    phone_mobile: string;
  }
  const copy = (salt: string) =>
    home.as(async (tx) => {
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

  test('of every kind of record: other ids that still fit together, no name, no exact moment or amount', async () => {
    const [account, deal] = ['018f0000-0000-7000-8000-0000000000a1', '018f0000-0000-7000-8000-0000000000a2'];
    await home.db.query(
      `INSERT INTO accounts (workspace_id, id, name, domain, employee_count, annual_revenue, owner_id)
       VALUES ($1, $2, 'Globex', 'globex.com', 4321, 98765, $3)`,
      [home.workspace, account, rep],
    );
    await home.db.query('UPDATE contacts SET account_id = $1', [account]);
    await home.db.query(
      `INSERT INTO opportunities (workspace_id, id, name, account_id, contact_id, amount, owner_id)
       VALUES ($1, $2, 'Globex for Jane Doe', $3, $4, 12345, $5)`,
      [home.workspace, deal, account, jane, rep],
    );
    await home.db.query(
      `INSERT INTO leads (workspace_id, id, first_name, last_name, company_name, email, phone, owner_id)
       VALUES ($1, gen_random_uuid(), 'Jane', 'Doe', 'Globex', 'jane.doe@email.com', '+44 20 7946 0958', $2)`,
      [home.workspace, rep],
    );
    await home.db.query(
      `INSERT INTO activities (workspace_id, id, type, subject, body, user_id)
       VALUES ($1, gen_random_uuid(), 'call', 'Jane Doe of Globex', 'Jane wants 12345', $2)`,
      [home.workspace, rep],
    );
    const copies = await home.as(async (tx) => {
      const rows: Record<string, Record<string, unknown>> = {};
      for (const kind of ['accounts', 'contacts', 'leads', 'opportunities', 'activities']) {
        const { rows: found } = await tx.query<Record<string, unknown>>(
          `SELECT * FROM satchel.anonymised_${kind}('salt')`,
        );
        expect(found).toHaveLength(1);
        rows[kind] = found[0] ?? {};
      }
      return rows;
    });
    expect(JSON.stringify(copies)).not.toMatch(/jane|\bdoe|globex|4321|98765|12345|7946 0958|018f0000/iu);
    expect(copies['contacts']?.['account_id']).toBe(copies['accounts']?.['id']);
    expect(copies['opportunities']).toMatchObject({
      account_id: copies['accounts']?.['id'],
      contact_id: copies['contacts']?.['id'],
      owner_id: copies['leads']?.['owner_id'],
    });
    // One person under one salt is one home.person, as a contact and as a lead.
    for (const field of ['first_name', 'last_name', 'email'])
      expect(copies['leads']?.[field]).toBe(copies['contacts']?.[field]);
    await home.db.query('UPDATE opportunities SET contact_id = NULL WHERE id = $1', [deal]);
  });
});
