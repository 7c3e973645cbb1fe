import { rmSync, truncateSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock, systemIds } from '#shared/runtime.ts';
import { uploadLocalFile } from './upload-local-file.ts';
import type { UploadsHost } from './uploads.ts';

let directory: string;
let path: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'satchel-local-file-'));
  path = join(directory, 'file.csv');
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** `act` is called when the upload takes its id: the size of the file is known then, and nothing of it is read. */
function hostThat(act: () => void): UploadsHost {
  const next = () => {
    act();
    return systemIds.next();
  };
  return {
    get dataDir() {
      return join(directory, 'data');
    },
    ids: { next },
    clock: systemClock,
  };
}
const idle = hostThat(() => undefined);

describe('a file that cannot be taken in says why', () => {
  test('a missing one, and a folder', async () => {
    await expect(uploadLocalFile(idle, join(directory, 'none.csv'))).rejects.toMatchObject({
      code: 'not_found',
      message: expect.stringContaining('There is no file'),
    });
    await mkdir(join(directory, 'folder'));
    await expect(uploadLocalFile(idle, join(directory, 'folder'))).rejects.toMatchObject({
      message: expect.stringContaining('is a folder'),
    });
  });

  test.each([
    ['grows', () => writeFileSync(path, 'x'.repeat(3_000_000))],
    ['shrinks', () => truncateSync(path, 10)],
    ['is emptied', () => truncateSync(path, 0)],
  ])('one that %s while it is read', async (_what, act) => {
    await writeFile(path, 'x'.repeat(1_500_000));
    await expect(uploadLocalFile(hostThat(act), path)).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('was changed while it was read'),
    });
  });

  test('one that vanishes', async () => {
    await writeFile(path, 'x'.repeat(1_500_000));
    await expect(
      uploadLocalFile(
        hostThat(() => rmSync(path)),
        path,
      ),
    ).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
