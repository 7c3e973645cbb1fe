import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openMigratedPglite } from '../schema/database.ts';
import { items } from './requirements.ts';

const workspace = '018f0000-0000-7000-8000-000000000001';
const person = '018f0000-0000-7000-8000-000000000002';
let db: PGlite;

/** The people and deals of the walk-throughs, and a custom field to search by. */
beforeAll(async () => {
  db = await openMigratedPglite();
  await db.query('SELECT satchel.seed_workspace($1, $2, $3, $4)', [workspace, 'Acme', person, 'Ada']);
  await db.query(
    `INSERT INTO custom_field_definitions (workspace_id, id, object, key, label, type)
     VALUES ($1, gen_random_uuid(), 'accounts', 'sector', 'Sector', 'text'),
       ($1, gen_random_uuid(), 'accounts', 'lead_score', 'Lead score', 'number')`,
    [workspace],
  );
  const account = '018f0000-0000-7000-8000-000000000010';
  const [jane, john] = ['018f0000-0000-7000-8000-000000000011', '018f0000-0000-7000-8000-000000000012'];
  const deal = '018f0000-0000-7000-8000-000000000013';
  await db.query(
    `INSERT INTO accounts (workspace_id, id, name, custom_fields)
     VALUES ($1, $2, 'MegaCorp', '{"sector": "Technology", "lead_score": 90}')`,
    [workspace, account],
  );
  await db.query(
    `INSERT INTO contacts (workspace_id, id, account_id, first_name, last_name, email)
     VALUES ($1, $2, NULL, 'Jane', 'Doe', 'jane.doe@email.com'), ($1, $3, $4, 'John', 'Smith', NULL)`,
    [workspace, jane, john, account],
  );
  await db.query(
    `INSERT INTO opportunities (workspace_id, id, name, contact_id, account_id, stage, amount)
     VALUES ($1, gen_random_uuid(), 'Product X Purchase - Jane Doe', $2, NULL, 'closed_won', 150),
       ($1, $3, 'MegaCorp - Q3 Enterprise Platform', NULL, $4, 'qualification', NULL)`,
    [workspace, jane, deal, account],
  );
  await db.query(
    "INSERT INTO opportunity_participants (workspace_id, opportunity_id, contact_id, role) VALUES ($1, $2, $3, 'Initiator')",
    [workspace, deal, john],
  );
});
afterAll(() => db.close());

test.each(items.map((item) => [`${item.source} ${item.line}: ${item.item}`, item.check] as const))(
  '%s',
  async (_name, check) => {
    const { rows } = await db.query<{ holds: boolean | null }>(`SELECT ${check} AS holds`);
    expect(rows[0]?.holds).toBe(true);
  },
);
