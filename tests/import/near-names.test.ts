import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenedApplication, openApplication } from '#core/application.ts';
import { contractClient } from '#core/client.ts';
import { uploadLocalFile } from '#core/uploads/upload-local-file.ts';
import { readMigrations } from '#db/migrate/migrations.ts';
import { buildTemplate } from '#db/template/build.ts';
import { nearNameLines } from '#loopback/cli/near-names.ts';
import type { ContractClient } from '#shared/contract/contract.ts';

let directory: string;
let application: OpenedApplication;
let client: ContractClient;

beforeAll(async () => {
  await buildTemplate(await readMigrations());
  directory = await mkdtemp(path.join(tmpdir(), 'satchel-near-'));
  application = await openApplication({ dataDir: path.join(directory, 'data') });
  client = contractClient(application, { pace: 'bulk' });
  await client.workspace.create({ name: 'Harbour', personName: 'Ada', currency: 'EUR' });
});
afterAll(async () => {
  await application.close();
  await rm(directory, { recursive: true, force: true });
});

async function planOf(files: Readonly<Record<string, string>>, nearNames = nothing) {
  const uploadIds = [];
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(directory, name);
    await writeFile(file, text);
    uploadIds.push(await uploadLocalFile(application.app, file));
  }
  return client.imports.plan({ uploadIds, decisions: { nearNames } });
}

interface Decisions {
  readonly acceptsAll: boolean;
  readonly accepted: string[];
  readonly declined: string[];
}
const nothing: Decisions = { acceptsAll: false, accepted: [], declined: [] };

const towns = { 'towns.csv': 'account,sector\nCancity,Steel\nGTX Pro,Games\n' };
const sales = {
  'sales.csv':
    'Deal Name,Deal Stage,Amount,Account\nA,Won,1,Cancitty\nB,Won,2,Cancitty\nC,Won,3,GTXPro\nD,Won,4,Elsewhere\n',
};

test('are listed, and only those of the same letters are read as the record’s name', async () => {
  const { nearNames: names } = await planOf({ ...towns, ...sales });
  const place = { fileName: 'sales.csv', column: 'Account' };
  expect(names).toEqual([
    { ...place, from: 'Cancitty', to: 'Cancity', rows: 2, kind: 'similar', isRead: false },
    { ...place, from: 'GTXPro', to: 'GTX Pro', rows: 1, kind: 'same_letters', isRead: true },
  ]);
  expect(nearNameLines(names)).toEqual([
    'sales.csv: “Cancitty” in “Account” (2 rows) is nearly “Cancity” and was taken as another name',
    '--accept-names reads that name as the record’s, --accept-name "Cancitty" only that one',
  ]);
});

test('a list too long to read is cut', async () => {
  const name = { fileName: 'a.csv', column: 'A', to: 'B', rows: 1, kind: 'similar', isRead: false } as const;
  const lines = nearNameLines(Array.from({ length: 25 }, (_, index) => ({ ...name, from: `A${index}` })));
  expect(lines).toHaveLength(22);
  expect(lines[20]).toBe('… and 5 more such names; --json lists all');
});

test('a decision about a name that is none of them is refused', async () => {
  for (const decision of [
    { accepted: ['Elsewhere'] },
    { declined: ['Cancity'] },
    { declined: ['__proto__'] },
  ]) {
    await expect(planOf({ ...towns, ...sales }, { ...nothing, ...decision })).rejects.toMatchObject({
      code: 'invalid',
    });
  }
});

test.each([
  [{ ...nothing, acceptsAll: true }, ['Cancity', 'Elsewhere', 'GTX Pro']],
  [
    { ...nothing, accepted: ['Cancitty'], declined: ['GTXPro'] },
    ['Cancity', 'Elsewhere', 'GTX Pro', 'GTXPro'],
  ],
])('%j is what the import does', async (decisions, accounts) => {
  const { plan } = await planOf({ ...towns, ...sales }, decisions);
  for await (const event of await client.imports.run({ plan })) void event;
  const { app } = application;
  const rows = await app.engine.transaction({ as: 'system', readOnly: true }, (tx) =>
    tx.query<{ name: string }>('SELECT name FROM accounts ORDER BY name'),
  );
  expect(rows.map(({ name }) => name)).toEqual(accounts);
  await app.engine.transaction({ as: 'system' }, (tx) =>
    tx.execute('TRUNCATE accounts, opportunities CASCADE'),
  );
});
