import { expect, test } from 'vitest';
import type { ImportReport } from '#shared/contract/imports.ts';
import * as fc from '../support/property.ts';
import { csv, ImportClient, type SmallFile } from './import-client.ts';

/** What a dry run has to foresee. */
function facts({ counts, alsoCreated, reasons, corrected, warnings, errorFiles }: ImportReport) {
  const errors = errorFiles.map(({ sourceName, name, rows }) => ({ sourceName, name, rows }));
  return { counts, alsoCreated, reasons, corrected, warnings, errors };
}

const letters = ['Acme', 'acme', 'Ac-me', 'A cme', 'Beta', 'Beta Inc', 'Betá', 'Gamma Ltd', ''];
const name = fc.constantFrom(...letters);
const person = fc.constantFrom('Ann Lee', 'ann lee', 'Ann-Lee', 'Bo Li', 'ada@x.org', '');
const domain = fc.constantFrom('', '', 'acme.com', 'beta.io');
const amount = fc.constantFrom('', '1', '12.50', '-3', 'many');
const day = fc.constantFrom('2024-01-02', '2024-02-30', '', '2023-05-06');

const files: fc.Arbitrary<SmallFile[]> = fc
  .record({
    accounts: fc.array(fc.tuple(name, domain, name, amount), { maxLength: 12 }),
    contacts: fc.array(fc.tuple(person, fc.constantFrom('', 'ada@x.org', 'bo@x.org', 'nobody'), name), {
      maxLength: 12,
    }),
    deals: fc.array(fc.tuple(fc.constantFrom('D1', 'D2', ''), name, person, amount, day, person), {
      maxLength: 12,
    }),
  })
  .map(({ accounts, contacts, deals }) => [
    csv(
      'deals.csv',
      'Deal ID,Account,Contact Person,Amount,Close Date,Deal Owner,Deal Stage',
      ...deals.map((row) => `${row.join(',')},Won`),
    ),
    csv(
      'contacts.csv',
      'Full Name,Email,Company Name,Contact Owner',
      ...contacts.map((row) => `${row.join(',')},Bo Li`),
    ),
    csv(
      'accounts.csv',
      'Account,Domain,Parent Account,Employees,Sector',
      ...accounts.map((row) => `${row.join(',')},x`),
    ),
  ]);

test('a dry run tells exactly what the run does, again and again on what was imported before', async () => {
  await using client = await ImportClient.open();
  const check = async (
    generated: readonly SmallFile[],
    options: { onDuplicate: 'create' | 'update' | 'skip'; onMissingAccount: 'reject' | 'placeholder' },
  ) => {
    const wanted = generated.filter(({ content }) => String(content).trim().includes('\n'));
    if (wanted.length === 0) return;
    const plan = await client.plan(wanted, (edited) => {
      Object.assign(edited.options, options);
      for (const file of edited.files) file.object ??= 'accounts';
    });
    const dry = await client.run(plan, true);
    const errorsOf = (report: ImportReport) =>
      report.errorFiles.length === 0 ? null : client.errorFile(report);
    const errors = await errorsOf(dry);
    const real = await client.run(plan);
    expect(facts(dry)).toEqual(facts(real));
    expect(errors).toBe(await errorsOf(real));
  };
  await fc.assert(
    fc.asyncProperty(
      files,
      fc.record({
        onDuplicate: fc.constantFrom('update', 'update', 'skip', 'create'),
        onMissingAccount: fc.constantFrom('reject', 'placeholder'),
      }),
      check,
    ),
    { numRuns: 12, seed: 7, endOnFailure: true },
  );
});

test('a dry run finds the parents, the circles and the fields that the run will make', async () => {
  await using client = await ImportClient.open();
  const rows = [
    'Leaf,x,Middle,red',
    'Middle,x,Root,blue',
    'Root,x,Leaf,red',
    'Other,x,Unheard of,red',
    'Own,x,Own,red',
  ];
  const plan = await client.plan([csv('accounts.csv', 'Account,Sector,Subsidiary of,Shade', ...rows)]);
  const dry = await client.run(plan, true);
  expect(dry.alsoCreated).toMatchObject({ accounts: 1, customFields: 1 });
  expect(dry.warnings).toHaveLength(2);
  expect(await client.count('accounts')).toBe(0);
  expect(facts(dry)).toEqual(facts(await client.run(plan)));
});
