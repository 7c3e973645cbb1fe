import { expect, test } from 'vitest';
import { inspectDirectory, restoreInto } from './storage.ts';

const never = new AbortController().signal;

test.each([
  ['a relative path', 'firm', 'Give the whole path'],
  ['NUL', '/tmp/a\u0000b', 'cannot hold a NUL character'],
  ['a name without an end', `/${'x'.repeat(5_000)}`, 'is too long'],
])('a place on the disk that is %s is refused before anything is touched', async (_what, place, message) => {
  const refused = { code: 'invalid', message: expect.stringContaining(message) };
  await expect(inspectDirectory({ dataDir: place, rebuildsIndexes: true })).rejects.toMatchObject(refused);
  await expect(
    restoreInto({ file: place, dataDir: '/tmp/nowhere', replace: true }, never),
  ).rejects.toMatchObject(refused);
});
