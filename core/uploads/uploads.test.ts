import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock, systemIds } from '#shared/runtime.ts';
import { uploadFactsPath } from './upload-paths.ts';
import { beginUpload, uploadFacts } from './uploads.ts';

let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'satchel-uploads-'));
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

const host = () => ({ dataDir, ids: systemIds, clock: systemClock });

test.each(['', '{"name":"a.csv"', 'null'])(
  'an upload whose facts are torn (%j) is gone, and hinders no other',
  async (torn) => {
    const first = await beginUpload(host(), { name: 'a.csv', sizeBytes: 3 });
    await writeFile(uploadFactsPath(dataDir, first), torn);
    await expect(uploadFacts(dataDir, first)).rejects.toMatchObject({ code: 'not_found' });
    const second = await beginUpload(host(), { name: 'b.csv', sizeBytes: 4 });
    expect(await uploadFacts(dataDir, second)).toEqual({ name: 'b.csv', sizeBytes: 4 });
    expect(existsSync(uploadFactsPath(dataDir, first))).toBe(false);
  },
);
