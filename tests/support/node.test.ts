import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

/** What windows-1252 says for the bytes 0x80 to 0x9f, where it is not Latin-1. */
const western = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

test('the tests run on the Node that the scripts bring', async () => {
  const { devDependencies } = JSON.parse(await readFile('package.json', 'utf8')) as {
    devDependencies: Record<string, string>;
  };
  expect(process.versions.node).toBe(devDependencies['node']);
});

test.each(['windows-1252', 'latin1', 'ascii'])('it decodes %s as the web does', (label) => {
  const bytes = Uint8Array.from({ length: 32 }, (_, index) => 0x80 + index);
  expect(new TextDecoder(label).decode(bytes)).toBe(western);
});
