import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readMigrations } from '#db/migrate/migrations.ts';
import { buildTemplate } from '#db/template/build.ts';
import type { ContractClient } from '#shared/contract/contract.ts';
import { type OpenedApplication, openApplication } from './application.ts';
import { contractClient } from './client.ts';
import { uploadLocalFile } from './uploads/upload-local-file.ts';

let directory: string;
let application: OpenedApplication;
let client: ContractClient;

beforeAll(async () => {
  await buildTemplate(await readMigrations());
  directory = await mkdtemp(path.join(tmpdir(), 'satchel-client-'));
  application = await openApplication({ dataDir: path.join(directory, 'data') });
  client = contractClient(application, { pace: 'bulk' });
  await client.workspace.create({ name: 'Harbour', personName: 'Ada', currency: 'EUR' });
});
afterAll(async () => {
  await application.close();
  await rm(directory, { recursive: true, force: true });
});

async function uploaded(name: string, text: string) {
  const file = path.join(directory, name);
  await writeFile(file, text);
  return uploadLocalFile(application.app, file);
}

test('an input that does not fit is refused in this process as over a connection', async () => {
  await expect(client.workspace.update({ name: '', currency: 'EUR' })).rejects.toMatchObject({
    code: 'invalid',
    message: 'name: Give the workspace a name.',
    details: { field: 'name' },
  });
  await expect(client.imports.list({ limit: 1e300 })).rejects.toMatchObject({ code: 'invalid' });
});

describe('a plan with what was decided beforehand', () => {
  const sales = 'Deal Name,Deal Stage,Amount,Close Date,Account\nA,On ice,1,03/04/2026,Cancity\n';

  test('leaves open what was not decided, and asks nothing more', async () => {
    const uploadIds = [await uploaded('sales.csv', sales)];
    const open = await client.imports.plan({ uploadIds, decisions: {} });
    expect(open.questions.map(({ kind }) => kind)).toEqual(['date_order', 'unknown_values']);
    expect(open.nearNames).toEqual([]);
    const { questions, plan } = await client.imports.plan({
      uploadIds,
      decisions: { dateOrder: 'dmy', values: [{ from: 'On ice', to: 'Negotiation' }], onDuplicate: 'skip' },
    });
    expect(questions).toEqual([]);
    expect(plan.options.onDuplicate).toBe('skip');
    const columns = Object.fromEntries(
      (plan.files[0]?.columns ?? []).map((column) => [column.header, column]),
    );
    expect(columns['Close Date']?.dateOrder).toBe('dmy');
    expect(columns['Deal Stage']?.chosen).toEqual([{ from: 'On ice', to: 'negotiation' }]);
  });

  test.each([
    [{ values: [{ from: '__proto__', to: 'Negotiation' }] }, 'No column of choices holds __proto__.'],
    [{ values: [{ from: 'On ice', to: 'constructor' }] }, 'constructor is none of Prospecting'],
    [{ scales: [{ column: '__proto__.__proto__', multiplier: '2' }] }, 'has a column __proto__.__proto__.'],
    [{ scales: [{ column: 'sales.amount', multiplier: '9'.repeat(400) }] }, 'up to 15 digits'],
    [{ scales: [{ column: 'sales.amount', multiplier: '0' }] }, 'Use a factor above 0.'],
  ])('refuses %j', async (decisions, message) => {
    const uploadIds = [await uploaded('sales.csv', sales)];
    await expect(client.imports.plan({ uploadIds, decisions })).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining(message),
    });
  });

  test('refuses a file without a column only where every file is needed', async () => {
    const uploadIds = [await uploaded('sales.csv', sales), await uploaded('empty.csv', '')];
    const { plan } = await client.imports.plan({ uploadIds, decisions: {} });
    expect(plan.files.map(({ columns }) => columns.length)).toEqual([5, 0]);
    await expect(
      client.imports.plan({ uploadIds, decisions: { needsEveryFile: true, object: 'opportunities' } }),
    ).rejects.toMatchObject({ code: 'invalid', message: expect.stringContaining('empty.csv') });
  });
});
