import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { surveyFile } from '../plan/survey.ts';
import { detectFormat } from './format.ts';

/** Bytes like noise, the same each time. */
function randomBytes(length: number): Buffer {
  let state = 42;
  return Buffer.from(
    Array.from({ length }, () => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return (state >> 16) & 255;
    }),
  );
}

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'satchel-refused-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function read(content: string | Uint8Array) {
  const path = join(directory, 'file.csv');
  await writeFile(path, content);
  return surveyFile(path, 'file.csv', await detectFormat(path, 'file.csv'));
}

test.each([
  [
    'a workbook',
    Buffer.from('PK\u0003\u0004....[Content_Types].xml....xl/workbook.xml'),
    'is an Excel workbook. Save its sheet',
  ],
  [
    'a spreadsheet',
    Buffer.from('PK\u0003\u0004....mimetypeapplication/vnd.oasis.opendocument.spreadsheet'),
    'OpenDocument',
  ],
  ['a letter', Buffer.from('PK\u0003\u0004....word/document.xml'), 'Word document'],
  ['an archive', Buffer.from('PK\u0003\u0004....deals.csv'), 'is a ZIP archive. Unpack it'],
  ['an empty archive', Buffer.from('PK\u0005\u0006'), 'is a ZIP archive'],
  ['a PDF', Buffer.from('%PDF-1.7\n%\u00e2\u00e3'), 'is a PDF. Export the table'],
  ['random bytes', randomBytes(20_000), 'binary data, not text'],
  ['few random bytes', randomBytes(300), 'binary data, not text'],
  ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), 'an image'],
  ['a web page', '<html><table><tr><td>Name</td></tr></table></html>', 'a web page'],
  ['XML', '<?xml version="1.0"?><Workbook/>', 'XML'],
  ['JSON', '[ {"name": "Acme"} ]', 'JSON'],
  ['an address card', 'BEGIN:VCARD\nFN:Ada King\nEND:VCARD\n', 'vCard'],
  ['a calendar', 'BEGIN:VCALENDAR\nEND:VCALENDAR\n', 'calendar'],
  ['nothing', '', 'is empty'],
  ['only a header', 'Name,Email\n', 'no rows'],
  ['only a header and separators', 'Name,Email\n,\n , \n', 'no rows'],
  ['5,000 columns', `${'a,'.repeat(5_000)}a\n1\n`, '5001 columns'],
  ['a cell of 10 MB', `Name,Email\n"${'x'.repeat(10_000_000)}",a@x.org\n`, 'longer than 4 MB'],
])('%s is refused in a clear sentence', async (_name, content, words) => {
  await expect(read(content)).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringContaining(words),
  });
});

test('rows of nothing but separators are none, and headers lose what cannot be seen', async () => {
  const survey = await read('\ufeff\u200bName\u00a0,Email\nAda,ada@x.org\n,\n ,\t\nBo,bo@x.org\n');
  expect(survey).toMatchObject({ headers: ['Name', 'Email'], rowCount: 2 });
});
