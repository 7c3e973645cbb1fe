import { expect, test } from 'vitest';
import type { SatchelError } from '#shared/errors.ts';
import { inEnglish } from '#shared/message.ts';
import { addPerson } from '../support/records.ts';
import { csv, ImportClient } from './import-client.ts';

/** A sales representative, who may neither purge nor add products, users or custom fields. */
async function asRep(admin: ImportClient): Promise<ImportClient> {
  const identity = await addPerson(admin.app.engine, admin.identity, 'Rosa Rep', 'Sales Representative');
  return new ImportClient({ close: async () => undefined }, admin.app, identity);
}

test('what a role may not do is told before, and a dry run foresees each row that it will cost', async () => {
  await using admin = await ImportClient.open();
  const rep = await asRep(admin);
  const products = csv('products.csv', 'product,sku,sales_price', 'GTX Pro,G1,1', 'MG Special,M1,2');
  const deals = csv(
    'deals.csv',
    'opportunity,account,stage,product,sales_agent',
    'One,Acme,Won,,',
    'Two,Acme,Won,Unheard of,',
    'Three,Acme,Won,,Nobody Known',
  );
  const plan = await rep.plan([products, deals]);
  const { refusals } = await rep.client.imports.preview({ plan });
  expect(refusals.map(inEnglish)).toEqual(['products.csv: Your role may not add products.']);
  const dry = await rep.run(plan, true);
  expect(dry.counts).toMatchObject({
    products: { created: 0, failed: 2 },
    opportunities: { created: 1, failed: 2 },
  });
  const report = await rep.run(plan);
  expect(dry.counts).toEqual(report.counts);
  expect(dry.reasons).toEqual(report.reasons);
  expect(report.reasons.map(({ message, rows }) => `${rows} ${inEnglish(message)}`)).toEqual([
    '2 Your role may not add products.',
    expect.stringMatching(/^1 product: there is no product “.*”\. Your role may not add products\.$/),
    expect.stringMatching(/^1 sales_agent: there is no user “.*”\. Your role may not add users\.$/),
  ]);
});

test('columns that would become custom fields are told before', async () => {
  await using admin = await ImportClient.open();
  const rep = await asRep(admin);
  const plan = await rep.plan([csv('accounts.csv', 'account,Mascot', 'Acme,Owl')]);
  const { refusals } = await rep.client.imports.preview({ plan });
  expect(refusals.map(inEnglish)).toEqual([expect.stringContaining('“Mascot”')]);
  const error: SatchelError = await rep.run(plan).then(
    () => expect.unreachable('it ran'),
    (reason: SatchelError) => reason,
  );
  expect(error.code).toBe('forbidden');
});

test('a revert says before what will stay, and without the right to purge it still ends', async () => {
  await using admin = await ImportClient.open();
  const rep = await asRep(admin);
  const accounts = csv('accounts.csv', 'account,industry', 'Acme,Steel', 'Beta,Food', 'Gamma,Wood');
  const deals = csv('deals.csv', 'opportunity,account,stage', 'One,Acme,Won', 'Two,Beta,Won');
  const { batchId } = await rep.import([accounts, deals]);
  if (batchId === null) throw new Error('It was no dry run.');
  const [two] = await rep.rows<{ id: string }>(`SELECT id FROM opportunities WHERE name = 'Two'`);
  const change = (name: string) =>
    rep.app.engine.transaction({ as: rep.identity, source: 'person', label: 'rename' }, (tx) =>
      tx.execute('UPDATE opportunities SET name = $2 WHERE id = $1', [two?.id ?? '', name]),
    );
  await change('Two, renamed');

  const forecast = await rep.client.imports.foreseeRevert({ batchId });
  expect(forecast).toMatchObject({ removed: 3, restored: 0, kept: 2 });
  expect(forecast.reasons.map(({ message, records }) => `${records} ${inEnglish(message)}`)).toEqual([
    '1 It was changed since the import.',
    '1 Something that stays is linked to it.',
  ]);
  expect(await rep.revert(batchId)).toMatchObject({ removed: 3, kept: 2 });

  await change('Two');
  expect(await rep.client.imports.foreseeRevert({ batchId })).toMatchObject({ removed: 2, kept: 0 });
  expect(await rep.revert(batchId)).toMatchObject({ removed: 2, kept: 0 });
  const [batch] = await rep.client.imports.list({});
  expect(batch?.status).toBe('reverted');
  expect(await rep.rows('SELECT name FROM accounts WHERE deleted_at IS NULL')).toEqual([]);
});

test('a revert says before how many values it will take back, and which somebody changed again', async () => {
  await using client = await ImportClient.open();
  await client.import([csv('accounts.csv', 'account,industry', 'Acme,Steel', 'Beta,Food')]);
  const second = await client.import([
    csv('more.csv', 'account,industry', 'Acme,Iron', 'Beta,Drinks', 'Gamma,Wood'),
  ]);
  if (second.batchId === null) throw new Error('It was no dry run.');
  await client.app.engine.transaction({ as: client.identity, source: 'person', label: 'edit' }, (tx) =>
    tx.execute(`UPDATE accounts SET industry = 'Water' WHERE name = 'Beta'`),
  );
  const { batchId } = second;
  const forecast = await client.client.imports.foreseeRevert({ batchId });
  expect(forecast).toMatchObject({ removed: 1, restored: 1, kept: 1 });
  expect(await client.revert(batchId)).toMatchObject({ removed: 1, restored: 1, kept: 1 });
});

test('a record that several files of an import changed is told of once, and gets back what it had before all of them', async () => {
  await using client = await ImportClient.open();
  await client.import([csv('accounts.csv', 'account,industry', 'Acme,Steel', 'Beta,Food')]);
  const { batchId } = await client.import([
    csv('one.csv', 'account,industry', 'Acme,Iron', 'Beta,Drinks'),
    csv('two.csv', 'account,industry', 'Acme,Tin', 'Beta,Wine'),
  ]);
  if (batchId === null) throw new Error('It was no dry run.');
  await client.app.engine.transaction({ as: client.identity, source: 'person', label: 'edit' }, (tx) =>
    tx.execute(`UPDATE accounts SET industry = 'Water' WHERE name = 'Beta'`),
  );
  const forecast = await client.client.imports.foreseeRevert({ batchId });
  expect(forecast).toMatchObject({ removed: 0, restored: 1, kept: 1 });
  expect(await client.revert(batchId)).toMatchObject({
    removed: 0,
    restored: 1,
    kept: 1,
    keptSamples: [{ object: 'accounts', name: 'Beta' }],
  });
  expect(await client.rows('SELECT name, industry FROM accounts ORDER BY name')).toEqual([
    { name: 'Acme', industry: 'Steel' },
    { name: 'Beta', industry: 'Water' },
  ]);
});

test('a revert counts before the custom fields that go too, and those that somebody uses', async () => {
  await using client = await ImportClient.open();
  await client.import([csv('accounts.csv', 'account,industry', 'Acme,Steel')]);
  const { batchId } = await client.import([
    csv('accounts.csv', 'account,industry,Mascot,Anthem', 'Acme,Steel,Owl,Hymn', 'Beta,Food,Fox,Song'),
  ]);
  if (batchId === null) throw new Error('It was no dry run.');
  const foresee = () => client.client.imports.foreseeRevert({ batchId });
  expect(await foresee()).toMatchObject({ removed: 3, restored: 1, kept: 0 });
  await client.app.engine.transaction({ as: client.identity, source: 'person', label: 'edit' }, (tx) =>
    tx.execute(
      `UPDATE accounts SET custom_fields = jsonb_set(custom_fields, '{mascot}', '"Bear"') WHERE name = 'Beta'`,
    ),
  );
  const forecast = await foresee();
  expect(forecast).toMatchObject({ removed: 0, restored: 1, kept: 3 });
  const { removed, restored, kept } = await client.revert(batchId);
  expect({ removed, restored, kept }).toEqual({ removed: 0, restored: 1, kept: 3 });
  await client.app.engine.transaction({ as: client.identity, source: 'person', label: 'edit' }, (tx) =>
    tx.execute(
      `UPDATE accounts SET custom_fields = jsonb_set(custom_fields, '{mascot}', '"Fox"') WHERE name = 'Beta'`,
    ),
  );
  expect(await foresee()).toMatchObject({ removed: 3, kept: 0 });
  expect(await client.revert(batchId)).toMatchObject({ removed: 3, kept: 0 });
});
