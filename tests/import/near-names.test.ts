import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenedApplication, openApplication } from '#core/application.ts';
import { inspectUploads } from '#core/import/plan/inspect.ts';
import { uploadLocalFile } from '#core/uploads/upload-local-file.ts';
import { createWorkspace } from '#core/workspace/create.ts';
import { readMigrations } from '#db/migrate/migrations.ts';
import { buildTemplate } from '#db/template/build.ts';
import type { WorkspaceInvocation } from '#loopback/cli/command.ts';
import { decideNames, type NameDecisions, nearNameLines } from '#loopback/cli/near-names.ts';
import { terminalOutput } from '#loopback/cli/output.ts';
import type { ImportPlan } from '#shared/contract/imports.ts';

let directory: string;
let application: OpenedApplication;
let workspace: WorkspaceInvocation;

beforeAll(async () => {
  await buildTemplate(await readMigrations());
  directory = await mkdtemp(path.join(tmpdir(), 'satchel-near-'));
  application = await openApplication({ dataDir: path.join(directory, 'data') });
  await createWorkspace(application.app, { name: 'Harbour', personName: 'Ada', currency: 'EUR' });
  const identity = await application.identity();
  if (!identity) throw new Error('The workspace has no person.');
  workspace = {
    application,
    identity,
    dataDir: path.join(directory, 'data'),
    output: terminalOutput({ json: true }),
    signal: new AbortController().signal,
  };
});
afterAll(async () => {
  await application.close();
  await rm(directory, { recursive: true, force: true });
});

const nothing: NameDecisions = { acceptName: [], declineName: [] };

async function planOf(files: Readonly<Record<string, string>>): Promise<ImportPlan> {
  const uploads = [];
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(directory, name);
    await writeFile(file, text);
    uploads.push(await uploadLocalFile(application.app, file));
  }
  return inspectUploads(application.app, workspace.identity, uploads);
}

const towns = { 'towns.csv': 'account,sector\nCancity,Steel\nGTX Pro,Games\n' };
const sales = {
  'sales.csv':
    'Deal Name,Deal Stage,Amount,Account\nA,Won,1,Cancitty\nB,Won,2,Cancitty\nC,Won,3,GTXPro\nD,Won,4,Elsewhere\n',
};

test('are listed, and only those of the same letters are read as the record’s name', async () => {
  const names = await decideNames(workspace, await planOf({ ...towns, ...sales }), nothing);
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
  const plan = await planOf({ ...towns, ...sales });
  for (const decision of [{ acceptName: ['Elsewhere'] }, { declineName: ['Cancity'] }]) {
    await expect(decideNames(workspace, plan, { ...nothing, ...decision })).rejects.toMatchObject({
      code: 'invalid',
    });
  }
});

test.each([
  [{ ...nothing, acceptNames: true }, ['Cancity', 'Elsewhere', 'GTX Pro']],
  [{ acceptName: ['Cancitty'], declineName: ['GTXPro'] }, ['Cancity', 'Elsewhere', 'GTX Pro', 'GTXPro']],
])('%j is what the import does', async (decisions, accounts) => {
  const plan = await planOf({ ...towns, ...sales });
  await decideNames(workspace, plan, decisions);
  const { app, services } = application;
  const jobs = services.imports;
  for await (const event of jobs.start(app, workspace.identity, plan, { isDryRun: false }).listen())
    void event;
  const rows = await app.engine.transaction({ as: workspace.identity, readOnly: true }, (tx) =>
    tx.query<{ name: string }>('SELECT name FROM accounts ORDER BY name'),
  );
  expect(rows.map(({ name }) => name)).toEqual(accounts);
  await app.engine.transaction({ as: 'system' }, (tx) =>
    tx.execute('TRUNCATE accounts, opportunities CASCADE'),
  );
});
