import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { inEnglish } from '#shared/message.ts';
import { fileAt, ImportClient } from './import-client.ts';

const folder = '../shared/data/crm-sales-opportunities';
const names = ['accounts', 'products', 'sales_teams', 'sales_pipeline', 'data_dictionary'];

/** A real sales team's files, which are not part of the project. The order in which they are named must not matter. */
describe.skipIf(!existsSync(folder))(`the files in ${folder} (skipped where they are missing)`, () => {
  const files = () => Promise.all(names.toReversed().map((name) => fileAt(`${folder}/${name}.csv`)));

  test('come in with their links, and go out again without a trace', async () => {
    await using client = await ImportClient.open();
    const plan = await client.plan(await files());
    expect((await client.client.imports.preview({ plan })).rowsWithoutAccount).toBe(1_425);
    const dry = await client.run(await client.plan(await files()), true);
    expect(dry.batchId).toBeNull();
    expect(await client.count('accounts')).toBe(0);

    const report = await client.import(await files());
    expect(report.counts).toEqual({
      users: { created: 35, updated: 0, skipped: 0, failed: 0 },
      accounts: { created: 85, updated: 0, skipped: 0, failed: 0 },
      products: { created: 7, updated: 0, skipped: 0, failed: 0 },
      opportunities: { created: 7_375, updated: 0, skipped: 0, failed: 1_425 },
    });
    expect(dry.counts).toEqual(report.counts);
    expect(dry.alsoCreated).toEqual(report.alsoCreated);
    expect(dry.reasons).toEqual(report.reasons);
    expect(report.alsoCreated).toMatchObject({
      teams: 6,
      managers: 6,
      accounts: 0,
      products: 0,
      customFields: 0,
    });
    expect(report.corrected).toEqual([{ from: 'GTXPro', to: 'GTX Pro', rows: 1_480 }]);
    expect(report.ignoredFiles.map(({ fileName }) => fileName)).toEqual(['data_dictionary.csv']);

    const [won] = await client.rows<{ count: number; sum: string; closed: number }>(
      `SELECT count(*)::integer AS count, sum(amount)::bigint::text AS sum, count(closed_at)::integer AS closed
       FROM opportunities WHERE stage = 'closed_won'`,
    );
    expect(won).toEqual({ count: 4_238, sum: '10005534', closed: 4_238 });
    const [links] = await client.rows(
      `SELECT count(product_id)::integer AS products, count(account_id)::integer AS accounts,
         count(owner_id)::integer AS owners, count(DISTINCT owner_id)::integer AS people,
         count(DISTINCT external_ref)::integer AS refs FROM opportunities`,
    );
    expect(links).toEqual({ products: 7_375, accounts: 7_375, owners: 7_375, people: 30, refs: 7_375 });
    const revenue = await client.rows(
      `SELECT annual_revenue::bigint::text AS revenue FROM accounts WHERE name = 'Acme Corporation'`,
    );
    expect(revenue).toEqual([{ revenue: '1100040000' }]);
    expect(report.warnings.map(inEnglish)).toEqual([
      'accounts.csv: the numbers in “revenue” were multiplied by 1000000; data_dictionary.csv says “Annual revenue (in millions of USD)”.',
    ]);
    const parents = await client.rows(
      `SELECT p.name FROM accounts a JOIN accounts p ON p.id = a.parent_account_id WHERE a.name = 'Bluth Company'`,
    );
    expect(parents).toEqual([{ name: 'Acme Corporation' }]);
    const teams = await client.rows(
      `SELECT m.full_name, t.region, count(u.id)::integer AS people
       FROM teams t JOIN users m ON m.id = t.manager_id JOIN users u ON u.team_id = t.id
       GROUP BY 1, 2 ORDER BY 1`,
    );
    expect(teams).toHaveLength(6);
    expect(teams[0]).toEqual({ full_name: 'Cara Losch', region: 'East', people: 6 });

    const reverted = await client.revert(report.batchId);
    expect(reverted).toMatchObject({ removed: 7_375 + 85 + 7 + 41 + 6, kept: 0, restored: 0 });
    for (const table of ['accounts', 'products', 'opportunities', 'teams'] as const) {
      expect(await client.count(table)).toBe(0);
    }
    expect(await client.count('users')).toBe(1);
  });

  test('make nothing twice, and give the rows without an account a placeholder when told to', async () => {
    await using client = await ImportClient.open();
    await client.import(await files());
    for (const onDuplicate of ['update', 'skip'] as const) {
      const again = await client.import(await files(), (plan) => {
        plan.options.onDuplicate = onDuplicate;
      });
      expect(again.counts.opportunities).toEqual({ created: 0, updated: 0, skipped: 7_375, failed: 1_425 });
      expect(again.counts.users).toMatchObject({ created: 0, updated: 0, skipped: 35 });
    }
    const placed = await client.import(await files(), (plan) => {
      plan.options.onMissingAccount = 'placeholder';
      plan.options.placeholderAccountName = 'Unknown firm';
    });
    expect(placed.counts.opportunities).toEqual({ created: 1_425, updated: 0, skipped: 7_375, failed: 0 });
    expect(placed.alsoCreated['placeholderAccounts']).toBe(1);
    const [row] = await client.rows(
      `SELECT count(*)::integer AS count FROM opportunities o JOIN accounts a ON a.id = o.account_id WHERE a.name = 'Unknown firm'`,
    );
    expect(row).toEqual({ count: 1_425 });
    expect(await client.count('opportunities')).toBe(8_800);
  });

  test('give an error file that can be mended and imported again', async () => {
    await using client = await ImportClient.open();
    const report = await client.import(await files());
    const text = await client.errorFile(report);
    const mended = text.replaceAll(/^([^,\r\n]+,[^,]+,[^,]+),,/gm, '$1,Cancity,');
    const second = await client.import([{ name: 'sales_pipeline-errors.csv', content: mended }]);
    expect(second.counts.opportunities).toEqual({ created: 1_425, updated: 0, skipped: 0, failed: 0 });
    expect(second.alsoCreated).toMatchObject({ accounts: 0, users: 0, products: 0, customFields: 0 });
  });
});
