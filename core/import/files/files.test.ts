import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { detectFormat } from './format.ts';
import { readRecords } from './records.ts';

const plain = { encoding: 'utf-8', delimiter: ',', quote: '"' };
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'satchel-files-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function fileOf(content: string | Uint8Array): Promise<string> {
  const path = join(directory, 'file.csv');
  await writeFile(path, content);
  return path;
}

async function recordsOf(source: Parameters<typeof readRecords>[0], format = plain): Promise<string[][]> {
  const records: string[][] = [];
  for await (const batch of readRecords(source, 'file.csv', format)) {
    records.push(...batch.map(({ cells }) => [...cells]));
  }
  return records;
}

describe('formats', () => {
  test.each([
    ['utf-8 with a mark', Buffer.from('\ufeffName,Stadt\nÜmit,Köln\n'), 'utf-8'],
    ['utf-16 with a mark', Buffer.from('\ufeffName,Stadt\nÜmit,Köln\n', 'utf16le'), 'utf-16le'],
    ['utf-16 without one', iconv.encode('Name,Stadt\nÜmit,Köln\n', 'utf-16be'), 'utf-16be'],
    [
      'windows-1252',
      iconv.encode('Name,Stadt\nÜmit,Köln\nMüller,Düsseldorf – Süd\n', 'windows-1252'),
      'windows-1252',
    ],
  ])('%s', async (_name, bytes, encoding) => {
    const path = await fileOf(bytes);
    const format = await detectFormat(path, 'file.csv');
    expect(format.encoding).toBe(encoding);
    expect((await recordsOf(path, format))[1]).toEqual(['Ümit', 'Köln']);
    expect((await recordsOf(path, format))[0]).toEqual(['Name', 'Stadt']);
  });

  test('every character that windows-1252 has and Latin-1 has not', async () => {
    const unused = [0x81, 0x8d, 0x8f, 0x90, 0x9d];
    const bytes = Array.from({ length: 32 }, (_, index) => 0x80 + index).filter(
      (byte) => !unused.includes(byte),
    );
    const content = Buffer.concat([Buffer.from('Name\n'), Buffer.from(bytes), Buffer.from('\n')]);
    const format = { ...plain, encoding: 'windows-1252' };
    expect(await recordsOf(await fileOf(content), format)).toEqual([
      ['Name'],
      ['€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ'],
    ]);
  });

  test('delimiters, also where commas stand in the cells', async () => {
    const path = await fileOf('Name;Umsatz;Ort\nA, B;1.234,5;X\nC;2,5;Y\n');
    expect(await detectFormat(path, 'file.csv')).toMatchObject({ delimiter: ';' });
    expect(await detectFormat(await fileOf('a\tb\n1\t2\n'), 'f')).toMatchObject({ delimiter: '\t' });
  });

  test('the header below a preamble', async () => {
    const path = await fileOf(
      'Notes:\n"When exporting, you may see that some emails are missing."\n\nFirst Name,Last Name,URL,Email Address,Company,Position,Connected On\nAda,King,https://www.linkedin.com/in/ada,,Acme,Engineer,12 Mar 2024\n',
    );
    expect(await detectFormat(path, 'Connections.csv')).toMatchObject({ preambleRecords: 2 });
  });

  test.each([
    ['an archive', Buffer.from([0x50, 0x4b, 3, 4, 0, 0]), 'ZIP'],
    ['nothing', Buffer.alloc(0), 'empty'],
    ['bytes', Buffer.from(Array.from({ length: 4_000 }, (_, index) => (index * 7) % 32)), 'binary'],
  ])('%s is refused with advice', async (_name, bytes, word) => {
    await expect(detectFormat(await fileOf(bytes), 'file.csv')).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining(word),
    });
  });
});

describe('records', () => {
  test('mixed line ends, quotes and line breaks in cells', async () => {
    expect(await recordsOf(await fileOf('a,b\r\n,\r\n1,"x\ny"\n2,"say ""hi"""\r3,5" disk\n\n4,z'))).toEqual([
      ['a', 'b'],
      ['1', 'x\ny'],
      ['2', 'say "hi"'],
      ['3', '5" disk'],
      ['4', 'z'],
    ]);
  });

  test('an unclosed quote names its line', async () => {
    await expect(recordsOf(await fileOf('a,b\n1,2\n3,"4\n5,6\n'))).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('line 3'),
    });
  });

  test('a gigabyte of one line ends early and in little memory', async () => {
    let sent = 0;
    async function* endless() {
      const chunk = Buffer.alloc(1024 * 1024, 'x');
      for (; sent < 1_024; sent += 1) yield chunk;
    }
    await expect(recordsOf(endless())).rejects.toMatchObject({ message: expect.stringContaining('4 MB') });
    expect(sent).toBeLessThan(10);
  });

  test.skipIf(!existsSync('../shared/data/csv-dialects'))(
    'csv-spectrum’s corner cases (skipped where ../shared/data is missing)',
    async () => {
      const folder = '../shared/data/csv-dialects';
      const of = async (name: string) =>
        recordsOf(`${folder}/${name}.csv`, await detectFormat(`${folder}/${name}.csv`, name));
      expect((await of('comma_in_quotes'))[1]?.[3]).toBe('Anytown, WW');
      expect((await of('escaped_quotes'))[1]).toEqual(['1', 'ha "ha" ha']);
      expect((await of('newlines_crlf'))[1]?.[0]).toBe('1');
      expect((await of('quotes_and_newlines'))[1]).toEqual(['1', 'ha \n"ha" \nha']);
      expect((await of('utf8'))[2]).toEqual(['4', '5', 'ʤ']);
    },
  );
});
