import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { csv, fileAt, ImportClient } from './import-client.ts';

const products = csv('products.csv', 'product,series,sales_price', 'GTX Pro,GTX,4821', 'MG Special,MG,55');
const deals = csv(
  'deals.csv',
  'opportunity_id,deal_stage,close_value,account,product,sales_agent',
  'A1,Won,1,Acme,GTXPro,Ann-Lee Park',
  'A2,Won,2,Acme,GTX-Pro,Ann-Lee Park',
  'A3,Won,3,Beta,MG Special,Bo Li',
);

const dealNames =
  'SELECT o.name, p.name AS product FROM opportunities o JOIN products p ON p.id = o.product_id ORDER BY o.external_ref';

describe('files that come one after the other', () => {
  test('the row of a record that was only named before completes it, its name included', async () => {
    await using client = await ImportClient.open();
    const first = await client.import([deals]);
    expect(first.alsoCreated).toMatchObject({ products: 2, accounts: 2, users: 2 });
    const before = await client.rows(dealNames);

    const plan = await client.plan([products]);
    const preview = await client.client.imports.preview({ plan });
    expect(preview.proposals).toMatchObject([
      { from: 'GTX Pro', to: 'GTXPro', kind: 'same_letters', isApplied: true },
    ]);
    expect(preview.files[0]?.rows.map(({ match }) => match?.name)).toEqual(['GTXPro', 'MG Special']);
    const dry = await client.run(plan, true);
    const second = await client.run(plan);
    expect(second.counts.products).toEqual({ created: 0, updated: 2, skipped: 0, failed: 0 });
    expect(second.corrected).toEqual([{ from: 'GTXPro', to: 'GTX Pro', rows: 1 }]);
    expect({ ...dry, durationMs: 0 }).toEqual({
      ...second,
      batchId: null,
      runId: dry.runId,
      isDryRun: true,
      durationMs: 0,
    });
    expect(
      await client.rows('SELECT name, unit_price::integer AS price FROM products ORDER BY name'),
    ).toEqual([
      { name: 'GTX Pro', price: 4_821 },
      { name: 'MG Special', price: 55 },
    ]);
    expect(await client.rows(dealNames)).toEqual([
      { name: 'Acme – GTX Pro', product: 'GTX Pro' },
      { name: 'Acme – GTX Pro', product: 'GTX Pro' },
      { name: 'Beta – MG Special', product: 'MG Special' },
    ]);

    await client.revert(second.batchId);
    expect(await client.rows(dealNames)).toEqual(before);
    const third = await client.import([products], (plan) => {
      plan.options.onDuplicate = 'skip';
    });
    expect(third.counts.products).toMatchObject({ created: 0, updated: 2 });
    await client.revert(third.batchId);
    await client.revert(first.batchId);
    for (const table of ['products', 'accounts', 'opportunities'] as const)
      expect(await client.count(table)).toBe(0);
  });

  test('a record that is not only a name keeps its own; what is declined, or stands in the file too, is another', async () => {
    await using client = await ImportClient.open();
    await client.import([
      csv('products.csv', 'product,sku,sales_price', 'GTXPro,,10', 'MG-Special,,20', 'X 1,,5'),
    ]);
    const plan = await client.plan([
      csv('products.csv', 'product,sku,sales_price', 'GTX Pro,,11', 'MG Special,,21', 'X1,,6', 'X 1,,7'),
    ]);
    const { proposals } = await client.client.imports.preview({ plan });
    expect(proposals.map(({ from, to }) => [from, to])).toEqual([
      ['GTX Pro', 'GTXPro'],
      ['MG Special', 'MG-Special'],
    ]);
    for (const { uploadId, column, from } of proposals.slice(1))
      plan.corrections.push({ uploadId, column, from, to: null });
    const report = await client.run(plan);
    expect(report.counts.products).toEqual({ created: 2, updated: 2, skipped: 0, failed: 0 });
    expect(
      await client.rows('SELECT name, unit_price::integer AS price FROM products ORDER BY unit_price'),
    ).toEqual([
      { name: 'X1', price: 6 },
      { name: 'X 1', price: 7 },
      { name: 'GTXPro', price: 11 },
      { name: 'MG-Special', price: 20 },
      { name: 'MG Special', price: 21 },
    ]);
  });

  test('what nearly is the name of an account or a person is proposed, and read so on consent', async () => {
    await using client = await ImportClient.open();
    await client.import([csv('accounts.csv', 'Account,Sector', 'Northwind Traders,Retail')]);
    const plan = await client.plan([csv('accounts.csv', 'Account,Sector', 'Northwnd Traders,Food')]);
    const { proposals } = await client.client.imports.preview({ plan });
    expect(proposals).toMatchObject([{ to: 'Northwind Traders', kind: 'similar', isApplied: false }]);
    for (const { uploadId, column, from, to } of proposals)
      plan.corrections.push({ uploadId, column, from, to });
    expect((await client.run(plan)).counts.accounts).toMatchObject({ created: 0, updated: 1 });
    expect(await client.rows('SELECT name, industry FROM accounts')).toEqual([
      { name: 'Northwind Traders', industry: 'Food' },
    ]);
  });

  test('a person whom something newer names stays, whatever it is and by whichever column', async () => {
    await using client = await ImportClient.open();
    const { batchId } = await client.import([deals]);
    const [ann, bo] = (
      await client.rows<{ id: string }>(
        "SELECT id::text AS id FROM users WHERE full_name IN ('Ann-Lee Park', 'Bo Li') ORDER BY full_name",
      )
    ).map(({ id }) => id);
    await client.app.engine.transaction({ as: 'system' }, async (tx) => {
      const { workspaceId } = client.identity;
      await tx.query(
        "INSERT INTO saved_views (workspace_id, id, object, name, owner_id, definition, is_shared) VALUES ($1, gen_random_uuid(), 'contacts', 'Mine', $2, '{}', true)",
        [workspaceId, ann ?? ''],
      );
      await tx.query(
        "INSERT INTO users (workspace_id, id, full_name, manager_id) VALUES ($1, gen_random_uuid(), 'New', $2)",
        [workspaceId, bo ?? ''],
      );
    });
    if (!batchId) throw new Error('The import made no batch.');
    const forecast = await client.client.imports.foreseeRevert({ batchId });
    expect(forecast).toMatchObject({ kept: 2, removed: 3 + 2 + 2 });
    const report = await client.revert(batchId);
    expect(report).toMatchObject({ kept: 2, removed: 3 + 2 + 2 });
    expect(report.keptSamples.map(({ name }) => name).sort()).toEqual(['Ann-Lee Park', 'Bo Li']);
  });

  test('imports can be reverted in either order', async () => {
    await using client = await ImportClient.open();
    const first = await client.import([deals]);
    const second = await client.import([products]);
    // What the second one completed is its own now, and stays until it goes too.
    expect(await client.revert(first.batchId)).toMatchObject({ removed: 3 + 2 + 2, kept: 2 });
    expect(await client.count('products')).toBe(2);
    await client.revert(second.batchId);
    expect(await client.rows('SELECT name FROM products WHERE deleted_at IS NULL')).toEqual([]);
  });

  test('a row that is found by its domain or number alone gives the record no other name', async () => {
    await using client = await ImportClient.open();
    await client.import([
      csv('accounts.csv', 'Account,Domain,Sector', 'Acme,acme.com,x'),
      csv('products.csv', 'Product,SKU,Price', 'Anvil,A-1,5'),
    ]);
    await client.import([
      csv('accounts.csv', 'Account,Domain,Sector', ',acme.com,y'),
      csv('products.csv', 'Product,SKU,Price', ',A-1,6'),
    ]);
    expect(await client.rows('SELECT name, industry FROM accounts')).toEqual([
      { name: 'Acme', industry: 'y' },
    ]);
    expect(await client.rows('SELECT name, unit_price::integer AS price FROM products')).toEqual([
      { name: 'Anvil', price: 6 },
    ]);
  });

  test('a contact whom a deal named is the contact that a file brings later', async () => {
    await using client = await ImportClient.open();
    await client.import([
      csv('deals.csv', 'Deal Name,Deal Stage,Amount,Contact Person', 'Renewal,Won,5,Ada King'),
    ]);
    await client.import([
      csv('contacts.csv', 'First Name,Last Name,Email,Company Name', 'Ada,King,ada@x.org,Acme'),
    ]);
    expect(
      await client.rows(
        'SELECT c.full_name, c.email, a.name FROM contacts c JOIN accounts a ON a.id = c.account_id',
      ),
    ).toEqual([{ full_name: 'Ada King', email: 'ada@x.org', name: 'Acme' }]);
    expect(await client.count('contacts')).toBe(1);
  });
});

const folder = '../shared/data/crm-sales-opportunities';

describe.skipIf(!existsSync(folder))(
  `the files in ${folder}, one by one (skipped where they are missing)`,
  () => {
    test('deals first and what they link to afterwards end in the same workspace, and go out again', async () => {
      await using client = await ImportClient.open();
      const batches = [];
      for (const name of ['sales_pipeline', 'accounts', 'products', 'sales_teams']) {
        batches.push((await client.import([await fileAt(`${folder}/${name}.csv`)])).batchId);
      }
      expect(await client.count('accounts')).toBe(85);
      expect(await client.count('products')).toBe(7);
      expect(await client.count('opportunities')).toBe(7_375);
      // 35 users, their 6 managers, and the one who imports.
      expect(await client.count('users')).toBe(42);
      expect(await client.count('teams')).toBe(6);
      const [names] = await client.rows(
        `SELECT count(*) FILTER (WHERE name LIKE '%GTXPro%')::integer AS stale,
         count(*) FILTER (WHERE name LIKE '% – GTX Pro')::integer AS mended FROM opportunities`,
      );
      expect(names).toMatchObject({ stale: 0 });
      for (const batchId of batches.toReversed())
        expect(await client.revert(batchId)).toMatchObject({ kept: 0 });
      for (const table of ['accounts', 'products', 'opportunities', 'teams'] as const)
        expect(await client.count(table)).toBe(0);
      expect(await client.count('users')).toBe(1);
    });
  },
);
