import { describe, expect, test } from 'vitest';
import { inEnglish } from '#shared/message.ts';
import { csv, ImportClient } from './import-client.ts';

describe('a row of sums at the foot', () => {
  test('is no record, and is found in the error file with its reason', async () => {
    await using client = await ImportClient.open();
    const plan = await client.plan([
      csv(
        'deals.csv',
        'opportunity,account,stage,amount',
        'One,Acme,Won,"1,200.50"',
        'Two,Beta,Won,300',
        'Total,,,"1,500.50"',
      ),
    ]);
    expect(plan.files[0]?.totalLine).toBe(4);
    expect(await client.client.imports.preview({ plan })).toMatchObject({ rowsWithoutAccount: 0 });
    const report = await client.run(plan);
    expect(report.counts.opportunities).toMatchObject({ created: 2, failed: 1 });
    expect(report.reasons.map(({ message }) => inEnglish(message))).toEqual([
      'The row holds the sums of the columns above it and is no record.',
    ]);
    expect(await client.errorFile(report)).toContain('Total,,,');
  });

  test.each([
    ['its first cell is empty', ['Acme,10', 'Beta,20', ',30'], 4],
    ['in German', ['Acme,10', 'Beta,20', 'Gesamt:,30'], 4],
    ['it counts the rows above it', ['Acme,10', 'Beta,20', 'Total,2'], 4],
    ['a firm may be called Total', ['Acme,10', 'Beta,20', 'Total,40'], null],
    ['a row without a name may be a row', ['Acme,10', 'Beta,20', ',25'], null],
    ['one that is not the last', ['Acme,10', 'Total,10', 'Beta,20'], null],
    ['empty first cells above it', ['Acme,10', ',20', ',30'], null],
  ])('%s', async (_name, rows, line) => {
    await using client = await ImportClient.open();
    const plan = await client.plan([csv('accounts.csv', 'account,employees', ...rows)]);
    expect(plan.files[0]?.totalLine).toBe(line);
  });
});

test('what a record has no place for is found in the error file, never dropped', async () => {
  await using client = await ImportClient.open();
  const accounts = csv(
    'accounts.csv',
    'Account,Website,Industry',
    'Acme,acme.example,Steel',
    'Beta,7,Food',
    'Total,2,',
  );
  const first = await client.import([accounts]);
  expect(first.reasons.map(({ message }) => inEnglish(message)).sort()).toEqual([
    'The row holds the sums of the columns above it and is no record.',
    'Website: “7” is a number and no web address.',
  ]);
  expect(await client.rows('SELECT name FROM accounts')).toEqual([{ name: 'Acme' }]);
  const people = csv('contacts.csv', 'First Name,Email', 'Ada,ada@x.org', 'Dan,dan@x.org; dan2@x.org');
  const second = await client.import([people]);
  expect(second.counts.contacts).toMatchObject({ created: 1, failed: 1 });
  expect(await client.errorFile(second)).toContain('dan@x.org; dan2@x.org');
});

test('a second column of one name is asked about, never made a field in silence', async () => {
  await using client = await ImportClient.open();
  const file = csv('accounts.csv', 'Account,Industry,Industry', 'Acme,Steel,Heavy', 'Beta,Food,Light');
  const plan = await client.plan([file]);
  const { questions } = await client.client.imports.preview({ plan });
  expect(questions).toMatchObject([{ kind: 'header_twice', header: 'Industry', column: 2 }]);
  await expect(client.run(plan)).rejects.toMatchObject({ code: 'invalid' });
  const second = plan.files[0]?.columns[2];
  if (!second) throw new Error('The column is missing.');
  second.isRepeated = false;
  second.target = { kind: 'ignore' };
  const report = await client.run(plan);
  expect(report.alsoCreated['customFields']).toBe(0);
  expect((await client.client.imports.preview({ plan: await client.plan([file]) })).questions).toEqual([]);
});

describe('links by id', () => {
  const accounts = csv('accounts.csv', 'account_id,account,industry', '001A7,Acme,Steel', '001B8,Beta,Food');
  const people = csv(
    'contacts.csv',
    'First Name,Email,account_id',
    'Ada,ada@x.org,001A7',
    'Bo,bo@x.org,001C9',
  );

  test('are found in a later run, whatever else the file lacks', async () => {
    await using client = await ImportClient.open();
    await client.import([accounts]);
    const plan = await client.plan([people]);
    const report = await client.run(plan);
    expect(
      await client.rows(
        'SELECT c.first_name AS name, a.name AS account FROM contacts c LEFT JOIN accounts a ON a.id = c.account_id ORDER BY 1',
      ),
    ).toEqual([
      { name: 'Ada', account: 'Acme' },
      { name: 'Bo', account: null },
    ]);
    expect(report.warnings.map(inEnglish)).toEqual([
      'contacts.csv: no record is known by some of the ids in “account_id”; those rows came in without the link. Import the file that holds the ids, then this one again.',
    ]);
  });

  test('that lead nowhere yet are told, and set when the file comes again after the ids', async () => {
    await using client = await ImportClient.open();
    expect((await client.import([people])).warnings).toHaveLength(1);
    await client.import([accounts]);
    expect((await client.import([people])).counts.contacts).toMatchObject({ created: 0, updated: 1 });
  });
});

test('a record that was only named is completed by its row, even where every row becomes a new record', async () => {
  await using client = await ImportClient.open();
  await client.import([csv('deals.csv', 'opportunity,account,stage', 'One,Acme,Won')]);
  const accounts = csv('accounts.csv', 'account,industry', 'Acme,Steel', 'Acme,Iron');
  const plan = await client.plan([accounts], ({ options }) => {
    options.onDuplicate = 'create';
  });
  const dry = await client.run(plan, true);
  const report = await client.run(plan);
  expect(dry.counts).toEqual(report.counts);
  expect(report.counts.accounts).toMatchObject({ created: 1, updated: 1 });
  expect(await client.rows('SELECT industry FROM accounts ORDER BY industry')).toEqual([
    { industry: 'Iron' },
    { industry: 'Steel' },
  ]);
});
