import { expect, test } from 'vitest';
import type { Identity } from '#db/engine/types.ts';
import { openTestEngine } from '../support/engine.ts';
import { seedWorkspace, testApplication } from '../support/records.ts';
import { csv, ImportClient } from './import-client.ts';

/**
 * An import writes many rows with one statement; a person writes one through the contract. What stands in the database
 * afterwards must be the same: every column, those that the database derives for searching and sorting among them, the history
 * of fields and of stages, and what waits to be sent to a shared workspace.
 */
const account = {
  name: 'Ünïted Ørders Ltd',
  domain: 'united.example',
  website: 'https://united.example',
  industry: 'Retail',
  employeeCount: 120,
  annualRevenue: '1234567.89',
  currency: 'EUR',
  phoneOffice: '+49 30 1234567',
  addressStreet: 'Straße 1',
  addressCity: 'Köln',
  addressState: 'NRW',
  addressPostalCode: '50667',
  addressCountry: 'Germany',
  description: 'They sell oranges and other fruit',
} as const;
const product = {
  name: 'GTX Pro',
  sku: 'G-1',
  series: 'GTX',
  unitPrice: '4821.5',
  currency: 'EUR',
  description: 'The larger one',
} as const;
const contact = {
  firstName: 'Zoë',
  lastName: 'Núñez',
  jobTitle: 'Buyer',
  email: 'Zoe@united.example',
  phoneMobile: '+49 170 1234567',
  phoneWork: '+49 30 7654321',
  lifecycleStage: 'customer',
  leadSource: 'Fair',
  addressCity: 'Köln',
  birthday: '1980-02-29',
  description: 'Prefers calls in the afternoon',
} as const;
const deal = {
  name: 'Ünïted GTX',
  stage: 'closed_won',
  amount: '9999.95',
  currency: 'EUR',
  closeDate: '2026-01-31',
  engagedOn: '2025-12-01',
  nextStep: 'Send the contract',
  leadSource: 'Fair',
  wonReason: 'Price',
  externalRef: 'D-1',
  description: 'Renewal with delivery',
} as const;

/** A table with the names of the fields as other programs write them, `first Name` for `firstName`. */
function file(name: string, values: Readonly<Record<string, string | number>>) {
  const header = Object.keys(values).map((key) =>
    key === 'externalRef'
      ? 'opportunity_id'
      : key
          .replaceAll(/(?=[A-Z])/g, ' ')
          .replace('address ', '')
          .toLowerCase(),
  );
  return csv(name, header.join(','), Object.values(values).join(','));
}

/** All that the four records left behind, without what names the workspace, the batch or the moment. */
async function traces(client: ImportClient): Promise<Record<string, unknown>> {
  const own = `- '{workspace_id,id,import_batch_id,created_at,updated_at,_stamp,account_id,product_id,owner_id,created_by,pipeline_id,pipeline_stage_id}'::text[]`;
  const kept: Record<string, unknown> = {};
  for (const table of ['accounts', 'products', 'contacts', 'opportunities'])
    kept[table] = await client.rows(
      `SELECT to_jsonb(r) ${own} AS row, _stamp IS NOT NULL AS is_stamped, created_by = satchel.user_id() AS is_mine,
         ${table === 'products' ? '' : 'owner_id = satchel.user_id() AS is_owned,'} updated_at = created_at AS is_unedited
       FROM ${table} AS r`,
    );
  kept['links'] = await client.rows(
    `SELECT a.name AS account, p.name AS product, c.full_name AS contact
     FROM opportunities AS o JOIN accounts AS a ON a.id = o.account_id JOIN products AS p ON p.id = o.product_id
     JOIN contacts AS c ON c.account_id = a.id`,
  );
  kept['history'] = await client.rows(
    `SELECT object, operation::text, field, old_value, new_value FROM field_history
     WHERE object IN ('accounts', 'products', 'contacts', 'opportunities') ORDER BY object, seq`,
  );
  kept['stages'] = await client.rows(
    `SELECT h.from_stage::text, h.to_stage::text, h.amount::text, h.currency, h.changed_at = o.closed_at AS at_closing,
       h.changed_by = satchel.user_id() AS is_mine
     FROM opportunity_stage_history AS h JOIN opportunities AS o ON o.id = h.opportunity_id`,
  );
  kept['outbox'] = await client.rows(
    `SELECT object, operation::text, field_groups, stamp IS NOT NULL AS is_stamped FROM sync_outbox
     WHERE object IN ('accounts', 'products', 'contacts', 'opportunities') ORDER BY object`,
  );
  return kept;
}

test('a record that a file brings is the same as one that a person makes, down to every derived column', async () => {
  await using test = await openTestEngine();
  const app = testApplication(test.engine, test.dataDir);
  const open = async (): Promise<ImportClient> => {
    const identity: Identity = await seedWorkspace(test.engine, 'EUR');
    await test.engine.transaction({ as: 'system' }, async (tx) => {
      await tx.execute(
        `INSERT INTO custom_field_definitions (workspace_id, id, object, key, label, type, is_indexed)
         VALUES ($1, gen_random_uuid(), 'contacts', 'floor', 'Floor', 'number', true)`,
        [identity.workspaceId],
      );
      await tx.execute(
        "INSERT INTO sync_state (workspace_id, client_id, node, capturing) VALUES ($1, gen_random_uuid(), '0000000a', true)",
        [identity.workspaceId],
      );
    });
    return new ImportClient({ close: () => Promise.resolve() }, app, identity);
  };
  const [byHand, byFile] = [await open(), await open()];

  const { record: madeAccount } = await byHand.client.accounts.create({ values: account });
  const { record: madeProduct } = await byHand.client.products.create({ values: product });
  await byHand.client.contacts.create({
    values: { ...contact, accountId: madeAccount.id, customFields: { floor: 3 } },
  });
  await byHand.client.opportunities.create({
    values: { ...deal, accountId: madeAccount.id, productId: madeProduct.id },
  });

  const report = await byFile.import([
    file('accounts.csv', account),
    file('products.csv', product),
    file('contacts.csv', { ...contact, account: account.name, floor: 3 }),
    file('opportunities.csv', { ...deal, account: account.name, product: product.name }),
  ]);
  for (const object of ['accounts', 'products', 'contacts', 'opportunities'] as const)
    expect({ object, ...report.counts[object] }).toEqual({
      object,
      created: 1,
      updated: 0,
      skipped: 0,
      failed: 0,
    });

  const [hand, imported] = [await traces(byHand), await traces(byFile)];
  // One statement each, and something in every one of them.
  for (const part of Object.keys(hand)) expect({ part, rows: hand[part] }).not.toEqual({ part, rows: [] });
  expect(imported).toEqual(hand);
});
