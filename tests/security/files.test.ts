import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Host, startHost } from '#core/platform/host/host.ts';
import { readMigrations } from '#db/migrate/migrations.ts';
import { buildTemplate } from '#db/template/build.ts';
import { type ConnectedClient, createContractClient } from '#shared/contract/client.ts';
import type { ImportPlan, ImportReport } from '#shared/contract/imports.ts';
import { uploadChunkBytes, uploadFileBytes } from '#shared/contract/uploads.ts';
import { systemIds } from '#shared/runtime.ts';
import { outcomeOf } from '../support/call-procedure.ts';
import { allProcedures } from '../support/contract-inputs.ts';
import { hostTransport } from '../support/stack.ts';
import { treeHash } from '../support/tree-hash.ts';

/** What a page that was taken over can do to the files of the machine: nothing but what lies in the data directory. */
const secret = 'the secret of another program';

let directory: string;
let dataDir: string;
let host: Host;
let client: ConnectedClient;

beforeAll(async () => {
  await buildTemplate(await readMigrations());
  directory = await mkdtemp(path.join(tmpdir(), 'satchel-files-'));
  dataDir = path.join(directory, 'data');
  await mkdir(path.join(directory, 'outside'));
  await writeFile(path.join(directory, 'outside', 'secret.csv'), `Name,Note\n${secret},${secret}\n`);
  host = await startHost({ dataDir });
  client = createContractClient(hostTransport(host));
  await client.api.workspace.create({ name: 'Ours', personName: 'Ada' });
});
afterAll(async () => {
  client.close();
  await host.close();
  await rm(directory, { recursive: true, force: true });
});

/** What lies around the data directory. */
async function surroundings() {
  return {
    names: (await readdir(directory)).sort(),
    outside: treeHash(path.join(directory, 'outside')),
  };
}

async function upload(name: string, text: string): Promise<string> {
  const { uploadId } = await client.api.uploads.begin({ name, sizeBytes: Buffer.byteLength(text) });
  await client.api.uploads.append({ uploadId, offset: 0, chunk: Buffer.from(text).toString('base64') });
  return uploadId;
}

const places = () => [
  path.join(directory, 'outside', 'secret.csv'),
  '../outside/secret.csv',
  '../../outside/secret.csv',
  `file://${path.join(directory, 'outside', 'secret.csv')}`,
];

/** Those that never end, and take no text from their caller. */
const endless = ['events.tablesChanged', 'reports.watch', 'jobs.watch'];
const procedures = allProcedures().filter((procedure) => !endless.includes(procedure.path));

test('the contract has procedures to try', () => {
  expect(procedures.length).toBeGreaterThan(60);
});

test.each(procedures)('$path reads and writes no file of the caller’s choosing', async (procedure) => {
  const before = await surroundings();
  for (const place of places()) {
    const input = procedure.inputWith(place, systemIds.next());
    const { code, told } = await outcomeOf(client, procedure.path, input);
    expect.soft(code).toMatch(/^(answered|not_found|invalid|forbidden|conflict|busy)$/);
    expect.soft(told).not.toContain(secret);
  }
  expect(await surroundings()).toEqual(before);
});

describe('an uploaded file', () => {
  const rows = 'First Name,Last Name,Email,Birthday\nAda,King,ada@x.org,2020-01-05\nBo,Li,bo@x.org,soon\n';

  test.each(['../../../outside/mine.csv', '..', '/etc/cron.d/mine.csv', '..\\..\\mine.csv', 'a\u0000b.csv'])(
    'and its error file stay in the data directory, whatever its name is: %j',
    async (name) => {
      const before = await surroundings();
      const uploadId = await upload(name, rows);
      const { plan } = await client.api.imports.inspect({ uploadIds: [uploadId] });
      const report = await dryRun({
        ...plan,
        files: plan.files.map((file) => ({ ...file, fileName: name })),
      });
      const { runId, errorFiles } = report;
      expect(errorFiles).toHaveLength(1);
      for (const wanted of [...places(), '..', `../${runId}/${errorFiles[0]?.name}`]) {
        await expect(client.api.imports.errorFile({ runId, name: wanted })).rejects.toMatchObject({
          code: 'not_found',
        });
      }
      for (const { path: file } of errorFiles) {
        const inside = path.relative(path.join(dataDir, 'imports'), file);
        expect(inside).not.toMatch(/^\.\.|^\//);
        expect(path.basename(file)).not.toMatch(/[\\/\0]/);
      }
      expect(await surroundings()).toEqual(before);
    },
  );

  async function dryRun(plan: ImportPlan): Promise<ImportReport> {
    for await (const event of await client.api.imports.run({ plan, dryRun: true }))
      if (event.type === 'report') return event.report;
    throw new Error('The dry run ended without a report.');
  }

  test('is taken only as far as it was announced, in order and in pieces of a bounded size', async () => {
    const { uploads } = client.api;
    const { uploadId } = await uploads.begin({ name: 'a.csv', sizeBytes: 10 });
    const chunk = Buffer.from('12345678').toString('base64');
    await uploads.append({ uploadId, offset: 0, chunk });
    await expect(uploads.append({ uploadId, offset: 8, chunk })).rejects.toMatchObject({ code: 'invalid' });
    await expect(uploads.append({ uploadId, offset: 2 ** 40, chunk })).rejects.toMatchObject({
      code: 'conflict',
    });
    const large = Buffer.alloc(uploadChunkBytes + 3).toString('base64');
    await expect(uploads.append({ uploadId, offset: 8, chunk: large })).rejects.toMatchObject({
      code: 'invalid',
    });
    // Two bytes never come.
    await expect(client.api.imports.inspect({ uploadIds: [uploadId] })).rejects.toMatchObject({
      code: 'invalid',
    });
    await uploads.discard({ uploadId });
  });

  test('that is only announced, again and again, takes up no more than its share', async () => {
    const { uploads } = client.api;
    const announced = [];
    const begin = () => uploads.begin({ name: 'a.csv', sizeBytes: uploadFileBytes });
    await expect(uploads.begin({ name: 'a.csv', sizeBytes: uploadFileBytes + 1 })).rejects.toMatchObject({
      code: 'invalid',
    });
    for (let count = 0; count < 3; count += 1) announced.push((await begin()).uploadId);
    await expect(begin().then(begin)).rejects.toMatchObject({ code: 'busy' });
    for (const uploadId of announced) await uploads.discard({ uploadId });
  });

  test('is not read in an encoding that nobody knows', async () => {
    const uploadId = await upload('a.csv', rows);
    for (const format of [{ encoding: 'nonsense' }, { encoding: '__proto__' }, { delimiter: '\n' }]) {
      const outcome = await outcomeOf(client, 'imports.inspectFile', { uploadId, format });
      expect.soft(outcome.code).toMatch(/^(answered|invalid)$/);
    }
    const { plan } = await client.api.imports.inspect({ uploadIds: [uploadId] });
    for (const file of plan.files) file.format.encoding = 'nonsense';
    await expect(client.api.imports.preview({ plan })).rejects.toMatchObject({ code: 'invalid' });
  });
});
