import { describe, expect, test } from 'vitest';
import type { ImportPlan, ImportReport } from '#shared/contract/imports.ts';
import { importBatchIdSchema } from '#shared/ids.ts';
import { inEnglish } from '#shared/message.ts';
import { testServices } from '../support/services.ts';
import { csv, ImportClient, reportOf } from './import-client.ts';

const contacts = (...rows: string[]) =>
  csv('contacts.csv', 'First Name,Last Name,Email,Company Name', ...rows);

describe('duplicates', () => {
  test('are found by email, then by name and account; an update never erases with empty cells', async () => {
    await using client = await ImportClient.open();
    await client.import([contacts('Ada,King,ada@x.org,Acme', 'Bo,Li,,Acme', 'Bo,Li,,Other')]);
    expect(await client.count('contacts')).toBe(3);
    const again = await client.import([contacts('Ada,King-Noel,ADA@X.ORG,', 'Bo,Li,bo@x.org,Acme')]);
    expect(again.counts.contacts).toEqual({ created: 0, updated: 2, skipped: 0, failed: 0 });
    const rows = await client.rows(
      `SELECT c.last_name, c.email, a.name FROM contacts c JOIN accounts a ON a.id = c.account_id ORDER BY 1, 3`,
    );
    expect(rows).toEqual([
      { last_name: 'King-Noel', email: 'ADA@X.ORG', name: 'Acme' },
      { last_name: 'Li', email: 'bo@x.org', name: 'Acme' },
      { last_name: 'Li', email: null, name: 'Other' },
    ]);
    const reverted = await client.revert(again.batchId);
    expect(reverted).toMatchObject({ restored: 2, removed: 0, kept: 0 });
    expect(await client.rows(`SELECT last_name FROM contacts WHERE email = 'ada@x.org'`)).toEqual([
      { last_name: 'King' },
    ]);
  });

  test('in one file: a shared mailbox is two people, the same person twice is one', async () => {
    await using client = await ImportClient.open();
    const rows = ['Ada,King,info@x.org,Acme', 'Bo,Li,info@x.org,Acme', 'Ada,King,info@x.org,Acme'];
    const report = await client.import([contacts(...rows)]);
    expect(report.counts.contacts).toEqual({ created: 2, updated: 0, skipped: 1, failed: 0 });
    const again = await client.import([contacts(...rows)]);
    expect(again.counts.contacts).toEqual({ created: 0, updated: 0, skipped: 3, failed: 0 });
  });

  test('a row that fits two records goes to the error file with the reason, unless it has what tells them apart', async () => {
    await using client = await ImportClient.open();
    const accounts = (...rows: string[]) => csv('accounts.csv', 'Account,Website,Employees', ...rows);
    await client.import([accounts('Twin,one.example,1', 'Twin,two.example,2', 'Single,three.example,3')]);
    const plan = await client.plan([accounts('Twin,,5', 'Twin,two.example,6', 'Single,,7')]);
    const dry = await client.run(plan, true);
    const report = await client.run(plan);
    expect(dry.counts).toEqual(report.counts);
    expect(dry.reasons).toEqual(report.reasons);
    expect(report.counts.accounts).toEqual({ created: 0, updated: 2, skipped: 0, failed: 1 });
    expect(report.reasons.map(({ message }) => inEnglish(message))).toEqual([
      '“Twin” fits 2 accounts equally well. Add a website or an id that tells them apart.',
    ]);
    expect(await client.errorFile(report)).toContain('Twin,,5');
    expect(await client.rows('SELECT website, employee_count FROM accounts ORDER BY 2')).toEqual([
      { website: 'one.example', employee_count: 1 },
      { website: 'two.example', employee_count: 6 },
      { website: 'three.example', employee_count: 7 },
    ]);
    const skip = await client.import([accounts('Twin,,5')], (edited) => {
      edited.options.onDuplicate = 'skip';
    });
    expect(skip.counts.accounts).toMatchObject({ skipped: 1, failed: 0 });
  });

  test('create makes another, skip leaves the record', async () => {
    await using client = await ImportClient.open();
    await client.import([contacts('Ada,King,ada@x.org,Acme')]);
    const skip = await client.import([contacts('Ada,Lovelace,ada@x.org,Acme')], (plan) => {
      plan.options.onDuplicate = 'skip';
    });
    expect(skip.counts.contacts).toMatchObject({ created: 0, updated: 0, skipped: 1 });
    const create = await client.import([contacts('Ada,King,ada@x.org,Acme')], (plan) => {
      plan.options.onDuplicate = 'create';
    });
    expect(create.counts.contacts).toMatchObject({ created: 1 });
    expect(await client.count('contacts')).toBe(2);
  });

  test('in the trash are restored, skipped or made anew, as chosen; reverting puts them back', async () => {
    await using client = await ImportClient.open();
    await client.import([contacts('Ada,King,ada@x.org,Acme')]);
    const [ada] = await client.rows<{ id: string }>('SELECT id FROM contacts');
    await client.client.contacts.trash({ selection: { ids: [ada?.id as never] } });
    const skip = await client.import([contacts('Ada,King,ada@x.org,Acme')], (plan) => {
      plan.options.onTrashed = 'skip';
    });
    expect(skip.counts.contacts).toMatchObject({ created: 0, skipped: 1 });
    const restored = await client.import([contacts('Ada,King,ada@x.org,Acme')]);
    expect(restored.counts.contacts).toMatchObject({ created: 0, updated: 1 });
    expect(await client.rows('SELECT id FROM contacts WHERE deleted_at IS NULL')).toHaveLength(1);
    await client.revert(restored.batchId);
    expect(await client.rows('SELECT id FROM contacts WHERE deleted_at IS NULL')).toHaveLength(0);
  });
});

describe('links', () => {
  test('by ids of the source system, across files in any order and across imports', async () => {
    await using client = await ImportClient.open();
    const deals = csv(
      'deals.csv',
      'Record ID,Deal Name,Deal Stage,Amount,Close Date,Associated Company IDs (Primary),Associated Contact IDs',
      '900,Renewal,Closed Won,100.5,2026-01-02,11,21;22',
    );
    const people = csv(
      'hubspot-contacts.csv',
      'Record ID,First Name,Last Name,Email,Associated Company IDs',
      '21,Ada,King,ada@x.org,11',
    );
    const companies = csv('companies.csv', 'Record ID,Company name,Company Domain Name', '11,Acme,acme.com');
    const report = await client.import([deals, people, companies]);
    expect(report.warnings.map(inEnglish)).toEqual([
      'deals.csv: some cells in “Associated Contact IDs” name several records; their rows are linked to the first one only.',
    ]);
    expect(report.counts).toMatchObject({
      accounts: { created: 1 },
      contacts: { created: 1 },
      opportunities: { created: 1 },
    });
    expect(
      await client.rows(
        `SELECT o.name, a.name AS account, c.full_name AS contact FROM opportunities o
         JOIN accounts a ON a.id = o.account_id JOIN contacts c ON c.id = o.contact_id`,
      ),
    ).toEqual([{ name: 'Renewal', account: 'Acme', contact: 'Ada King' }]);
    const later = await client.import([
      csv(
        'hubspot-contacts.csv',
        'Record ID,First Name,Last Name,Email,Associated Company IDs',
        '23,Bo,Li,bo@x.org,11',
        '21,Ada,Noel,,11',
      ),
    ]);
    expect(later.counts.contacts).toEqual({ created: 1, updated: 1, skipped: 0, failed: 0 });
    expect(await client.count('accounts')).toBe(1);
  });

  test('parents in any order; a circle is not closed and is told', async () => {
    await using client = await ImportClient.open();
    const report = await client.import([
      csv(
        'accounts.csv',
        'Account,Sector,Subsidiary of',
        'Leaf,x,Middle',
        'Middle,x,Root',
        'Root,x,Leaf',
        'Other,x,Unheard of',
      ),
    ]);
    expect(report.counts.accounts).toMatchObject({ created: 4, failed: 0 });
    expect(report.alsoCreated['accounts']).toBe(1);
    expect(report.warnings.map(inEnglish)).toEqual([expect.stringContaining('circle')]);
    expect(
      await client.rows(
        'SELECT a.name, p.name AS parent FROM accounts a JOIN accounts p ON p.id = a.parent_account_id ORDER BY 1',
      ),
    ).toEqual([
      { name: 'Leaf', parent: 'Middle' },
      { name: 'Middle', parent: 'Root' },
      { name: 'Other', parent: 'Unheard of' },
    ]);
  });

  test('near-misses: the same letters are read as the name, similar ones only with consent', async () => {
    await using client = await ImportClient.open();
    const files = [
      csv('products.csv', 'product,series,sales_price', 'GTX Pro,GTX,10', 'Widget Deluxe,W,5'),
      csv(
        'deals.csv',
        'Deal Name,Deal Stage,Amount,Account,Product',
        'A,Won,1,Acme,GTXPro',
        'B,Won,1,Acme,Widgt Deluxe',
      ),
    ];
    const plan = await client.plan(files);
    const preview = await client.client.imports.preview({ plan });
    expect(preview.proposals.map(({ from, to, kind, isApplied }) => ({ from, to, kind, isApplied }))).toEqual(
      [
        { from: 'GTXPro', to: 'GTX Pro', kind: 'same_letters', isApplied: true },
        { from: 'Widgt Deluxe', to: 'Widget Deluxe', kind: 'similar', isApplied: false },
      ],
    );
    for (const { uploadId, column, from, to } of preview.proposals)
      plan.corrections.push({ uploadId, column, from, to });
    const report = await client.run(plan);
    expect(report.alsoCreated['products']).toBe(0);
    expect(await client.count('products')).toBe(2);
  });
});

describe('what the file does not tell', () => {
  const file = csv(
    'contacts.csv',
    'First Name,Email,Birthday,Height',
    'Ada,ada@x.org,03/04/1990,"1,234"',
    'Bo,bo@x.org,05/06/1991,"2,500"',
  );

  test('is asked and never guessed', async () => {
    await using client = await ImportClient.open();
    const plan = await client.plan([file]);
    const { questions } = await client.client.imports.preview({ plan });
    expect(questions.map(({ kind, header }) => ({ kind, header }))).toEqual([
      { kind: 'date_order', header: 'Birthday' },
      { kind: 'decimal_sign', header: 'Height' },
    ]);
    expect(questions[0]?.choices).toEqual([
      { value: 'dmy', example: { from: '03/04/1990', to: '1990-04-03' } },
      { value: 'mdy', example: { from: '03/04/1990', to: '1990-03-04' } },
    ]);
    await expect(client.run(plan)).rejects.toMatchObject({ code: 'invalid' });
    expect(await client.count('contacts')).toBe(0);
  });

  test('is remembered for the next file with these headers, with its custom fields', async () => {
    await using client = await ImportClient.open();
    const answer = (plan: ImportPlan) => {
      for (const column of plan.files[0]?.columns ?? []) {
        if (column.header === 'Birthday') column.dateOrder = 'dmy';
        if (column.header === 'Height') column.decimalSign = '.';
      }
    };
    const first = await client.import([file], answer);
    expect(first.alsoCreated['customFields']).toBe(1);
    expect(
      await client.rows(`SELECT birthday, custom_fields FROM contacts WHERE first_name = 'Ada'`),
    ).toEqual([{ birthday: '1990-04-03', custom_fields: { height: 1234 } }]);
    const plan = await client.plan([file]);
    expect(plan.files[0]?.rememberedSince).not.toBeNull();
    const second = await client.run(plan);
    expect(second.counts.contacts).toMatchObject({ created: 0, skipped: 2 });
    const headers = plan.files[0]?.columns.map(({ header }) => header) ?? [];
    await client.client.imports.forgetMapping({ headers, object: 'contacts' });
    expect((await client.plan([file])).files[0]?.rememberedSince).toBeNull();
    await client.revert(first.batchId);
    expect(await client.rows('SELECT key FROM custom_field_definitions')).toEqual([]);
  });
});

describe('a batch', () => {
  const many = csv(
    'contacts.csv',
    'First Name,Last Name,Email,Company Name',
    ...Array.from(
      { length: 3_000 },
      (_, index) => `First${index},Last${index},p${index}@x.org,Firm ${index % 50}`,
    ),
  );

  test('that is cancelled keeps what it has, and goes on without doing a row twice', async () => {
    await using client = await ImportClient.open();
    const plan = await client.plan([many]);
    const events = await client.client.imports.run({ plan });
    let cancelled: ImportReport | null = null;
    for await (const event of events) {
      if (event.type === 'report') cancelled = event.report;
      else if (event.batchId !== null && event.done > 0) {
        await client.client.imports.cancel({ batchId: event.batchId });
      }
    }
    expect(cancelled?.status).toBe('cancelled');
    const batchId = cancelled?.batchId ?? null;
    if (batchId === null) throw new Error('No batch.');
    const done = await client.count('contacts');
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan(3_000);
    const [batch] = await client.client.imports.list({});
    expect(batch).toMatchObject({ status: 'cancelled', canResume: true, canRevert: true });
    const report = await reportOf(await client.client.imports.resume({ batchId }));
    expect(report.counts.contacts).toEqual({ created: 3_000, updated: 0, skipped: 0, failed: 0 });
    expect(await client.count('contacts')).toBe(3_000);
    expect(await client.count('accounts')).toBe(50);
    expect(await client.revert(batchId)).toMatchObject({ removed: 3_050, kept: 0 });
    expect(await client.count('contacts')).toBe(0);
  });

  test('leaves what was changed or linked since its revert', async () => {
    await using client = await ImportClient.open();
    const report = await client.import([contacts('Ada,King,ada@x.org,Acme', 'Bo,Li,bo@x.org,Beta')]);
    const [ada] = await client.rows<{ id: string }>(`SELECT id FROM contacts WHERE first_name = 'Ada'`);
    await client.client.contacts.update({ id: ada?.id as never, values: { jobTitle: 'Countess' } });
    const reverted = await client.revert(report.batchId);
    expect(reverted).toMatchObject({ removed: 2, kept: 2 });
    expect(
      await client.rows('SELECT c.first_name, a.name FROM contacts c JOIN accounts a ON a.id = c.account_id'),
    ).toEqual([{ first_name: 'Ada', name: 'Acme' }]);
    expect(await statusOf(client)).toEqual(['partly_reverted', true]);
    expect(await client.revert(report.batchId)).toMatchObject({ removed: 0, kept: 2 });
    await client.client.contacts.trash({ selection: { ids: [ada?.id as never] } });
    await client.client.contacts.purge({ selection: { ids: [ada?.id as never] } });
    expect(await client.revert(report.batchId)).toMatchObject({ removed: 1, kept: 0 });
    expect(await statusOf(client)).toEqual(['reverted', false]);
    await expect(client.revert(report.batchId)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('takes a change that was undone for none, but not one that was made again', async () => {
    await using client = await ImportClient.open();
    const rows = ['Acme,Retail,5', 'Beta,Food,6', 'Gamma,Energy,7'];
    const report = await client.import([csv('accounts.csv', 'Account,Industry,Fax code', ...rows)]);
    const accounts = await client.rows<{ id: string }>('SELECT id::text AS id FROM accounts ORDER BY name');
    const ids = accounts.map(({ id }) => id as never);
    const { changeSetId } = await client.client.accounts.bulkUpdate({
      selection: { ids },
      values: { industry: 'Mining', website: 'https://x.org' },
    });
    const undone = await client.client.history.undo({ changeSetId });
    const trashed = await client.client.accounts.trash({ selection: { ids: ids.slice(0, 1) } });
    await client.client.history.undo({ changeSetId: trashed.changeSetId });
    const again = await client.client.accounts.update({ id: ids[2] as never, values: { industry: 'Steel' } });
    const twice = await client.client.history.undo({ changeSetId: again.changeSetId });
    const third = await client.client.history.undo({ changeSetId: twice.changeSetId });
    expect(undone).toMatchObject({ skipped: 0 });
    const reverted = await client.revert(report.batchId);
    expect(reverted.keptSamples).toMatchObject([{ name: 'Gamma' }, { object: 'custom_fields' }]);
    expect(await client.count('accounts')).toBe(1);
    await client.client.history.undo({ changeSetId: third.changeSetId });
    expect(await client.revert(report.batchId)).toMatchObject({ removed: 2, kept: 0 });
    expect(await statusOf(client)).toEqual(['reverted', false]);
  });

  test('takes deals whose stage was changed and set back by an undo', async () => {
    await using client = await ImportClient.open();
    const report = await client.import([
      csv(
        'deals.csv',
        'Opportunity Name,Account Name,Stage,Amount,Close Date',
        'One,Acme,Closed Won,10,2024-03-01',
        'Two,Acme,Prospecting,20,2024-03-02',
        'Three,Acme,Closed Lost,30,2024-03-03',
      ),
    ]);
    const deals = await client.rows<{ id: string }>('SELECT id::text AS id FROM opportunities');
    expect(deals).toHaveLength(3);
    const { changeSetId } = await client.client.opportunities.bulkUpdate({
      selection: { ids: deals.map(({ id }) => id as never) },
      values: { stage: 'proposal' },
    });
    await client.client.history.undo({ changeSetId });
    expect(await client.revert(report.batchId)).toMatchObject({ kept: 0 });
    expect(await client.count('opportunities')).toBe(0);
  });

  test('of an older import is repeated once the later one that used it is gone', async () => {
    await using client = await ImportClient.open();
    const older = await client.import([csv('accounts.csv', 'Account,Industry', 'Acme,Retail', 'Beta,Food')]);
    const later = await client.import([contacts('Ada,King,ada@x.org,Acme')]);
    expect(await client.revert(older.batchId)).toMatchObject({ removed: 1, kept: 1 });
    expect(await client.revert(later.batchId)).toMatchObject({ removed: 1, kept: 0 });
    expect(await client.revert(older.batchId)).toMatchObject({ removed: 1, kept: 0 });
    expect(await client.count('accounts')).toBe(0);
  });

  test('runs alone', async () => {
    await using client = await ImportClient.open();
    const jobs = testServices(client.app).imports;
    const plan = await client.plan([many]);
    const second = await client.plan([contacts('Ada,King,ada@x.org,Acme')]);
    const first = jobs.start(client.app, client.identity, plan, { isDryRun: false });
    const [listed] = await client.client.jobs.list({});
    expect(listed).toMatchObject({ service: 'import', kind: 'import', state: 'running', isKept: false });
    await expect(client.run(second)).rejects.toMatchObject({ code: 'busy' });
    expect(await jobs.cancel(null)).toBe(false);
    expect(await jobs.cancel(importBatchIdSchema.parse(listed?.id))).toBe(true);
    expect((await reportOf(first.listen())).status).toBe('cancelled');
    const dry = jobs.start(client.app, client.identity, second, { isDryRun: true });
    expect(await jobs.cancel(null)).toBe(true);
    expect((await reportOf(dry.listen())).status).toBe('cancelled');
    expect((await client.run(second)).counts.contacts).toMatchObject({ created: 1 });
  });
});

test('files that cannot be read are left out, each with its reason, and the others come in', async () => {
  await using client = await ImportClient.open();
  const good = { name: 'accounts.csv', content: 'Account,Industry\nAcme,Steel\n' };
  const empty = { name: 'empty.csv', content: 'First Name,Email\n' };
  const open = { name: 'open.csv', content: 'First Name,Email\n"Ada,ada@x.org\n' };
  const report = await client.import([empty, good, open]);
  expect(report.counts).toEqual({ accounts: { created: 1, updated: 0, skipped: 0, failed: 0 } });
  expect(report.ignoredFiles.map(({ fileName, reason }) => `${fileName}: ${inEnglish(reason)}`)).toEqual([
    expect.stringMatching(/^empty.csv: .*no rows/),
    expect.stringMatching(/^open.csv: .*never closed/),
  ]);
  await expect(client.plan([empty, open])).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringMatching(/no rows[^]*never closed/),
  });
});

test('a file that names none of its records is asked about before anything is made', async () => {
  await using client = await ImportClient.open();
  const plan = await client.plan([{ name: 'accounts.csv', content: 'Account,Shoe size\nAcme,44\n' }]);
  const column = plan.files[0]?.columns[0];
  if (column) column.target = { kind: 'ignore' };
  const { questions } = await client.client.imports.preview({ plan });
  expect(questions.map(({ kind }) => kind)).toEqual(['name_missing']);
  await expect(client.run(plan)).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringContaining('names the accounts'),
  });
  expect(await client.rows('SELECT id FROM custom_field_definitions')).toEqual([]);
});

describe('a scale that a data dictionary tells', () => {
  const firms = { name: 'firms.csv', content: 'Account,Sector,Revenue\nAcme,Steel,1100.04\n' };
  const dictionary = {
    name: 'dictionary.csv',
    content: 'Table,Field,Description\nfirms,revenue,Revenue (in millions)\ndeals,sector,in thousands\n',
  };
  const scales = (plan: ImportPlan) => plan.files[0]?.columns.map(({ multiplier }) => multiplier);

  test('is proposed, also where an import without the dictionary went before', async () => {
    await using client = await ImportClient.open();
    expect(scales(await client.plan([firms]))).toEqual(['1', '1', '1']);
    await client.import([firms]);
    const plan = await client.plan([firms, dictionary]);
    expect(scales(plan)).toEqual(['1', '1', '1000000']);
    expect(plan.files[0]?.columns[2]?.describedScale).toEqual({
      fileName: 'dictionary.csv',
      description: 'Revenue (in millions)',
      multiplier: '1000000',
    });
    const [file, other] = plan.files;
    if (!file?.object || !other) throw new Error('There are two files.');
    const again = await client.client.imports.inspectFile({
      uploadId: file.uploadId,
      object: file.object,
      otherUploadIds: [other.uploadId],
    });
    expect(again.columns[2]?.multiplier).toBe('1000000');
  });

  test('gives way to what the person chose, the next time too', async () => {
    await using client = await ImportClient.open();
    const report = await client.import([firms, dictionary], (plan) => {
      const column = plan.files[0]?.columns[2];
      if (column) column.multiplier = '1';
    });
    expect(report.warnings).toEqual([]);
    expect(scales(await client.plan([firms, dictionary]))).toEqual(['1', '1', '1']);
    await client.import([firms]);
    expect(scales(await client.plan([firms, dictionary]))).toEqual(['1', '1', '1']);
  });
});

describe('hostile rows', () => {
  test('end in the error file with a reason, and can be mended', async () => {
    await using client = await ImportClient.open();
    const file = {
      name: 'contacts.csv',
      content: [
        'First Name,Email,Job Title',
        'Ada,ada@x.org,Countess',
        'Bo,bo@x.org,Chef,too,many',
        'Cy,no address,Pilot',
        'Di,di@x.org,"=HYPERLINK(""http://evil"")"',
        'Ed,no,"=1+1"',
        'Fy,fy@x.org,a\u0000b',
        `Gi,gi@x.org,${'x'.repeat(200_000)}`,
        'Hu,hu@x.org',
      ].join('\n'),
    };
    const report = await client.import([file]);
    expect(report.counts.contacts).toEqual({ created: 3, updated: 0, skipped: 0, failed: 5 });
    expect(await client.rows(`SELECT job_title FROM contacts WHERE first_name = 'Di'`)).toEqual([
      { job_title: '=HYPERLINK("http://evil")' },
    ]);
    const text = await client.errorFile(report);
    expect(text).toContain("'=1+1");
    expect(text).toContain('too,many');
    const mended = text.replace('Ed,no,', 'Ed,ed@x.org,');
    const second = await client.import([{ name: 'contacts-errors.csv', content: mended }]);
    expect(second.counts.contacts).toEqual({ created: 1, updated: 0, skipped: 0, failed: 4 });
    expect(await client.rows(`SELECT job_title FROM contacts WHERE first_name = 'Ed'`)).toEqual([
      { job_title: '=1+1' },
    ]);
  });

  test.each([
    ['nothing below the header', 'First Name,Email\n', 'no rows'],
    ['no header', 'ada@x.org,2024-01-01\nbo@x.org,2024-01-02\n', 'no header row'],
    ['an open quote', 'First Name,Email\n"Ada,ada@x.org\n', 'never closed'],
  ])('%s is refused with advice', async (_name, content, words) => {
    await using client = await ImportClient.open();
    await expect(client.plan([{ name: 'f.csv', content }])).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining(words),
    });
  });
});

/** The newest import's state, and whether it can be reverted. */
async function statusOf(client: ImportClient): Promise<[string, boolean] | undefined> {
  const [batch] = await client.client.imports.list({ limit: 1 });
  return batch && [batch.status, batch.canRevert];
}
