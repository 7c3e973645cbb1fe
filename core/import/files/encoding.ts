import { open } from 'node:fs/promises';
import { analyse } from 'chardet';
import iconv from 'iconv-lite';
import { SatchelError } from '#shared/errors.ts';
import { type Message, say } from '#shared/message.ts';
import { yieldToOthers } from '../yield-pace.ts';

const sampleBytes = 64 * 1024;
/** UTF-8 is proven over this many bytes; a file that goes wrong only later has its bad rows in the error file. */
const proofBytes = 64 * 1024 * 1024;

/** @throws SatchelError `invalid` for a name that a caller made up */
export function requireEncoding(name: string): string {
  if (iconv.encodingExists(name)) return name;
  throw new SatchelError('invalid', say`There is no encoding “${name}”. Choose another.`);
}

/**
 * The encoding of a text file as a name that iconv knows. Throws `invalid` for what is no text at all, saying what to
 * do instead. A byte order mark decides; then zero bytes in every other place (UTF-16); then whether it is valid UTF-8;
 * then statistics.
 */
export async function detectEncoding(path: string, fileName: string): Promise<string> {
  await using file = await open(path, 'r');
  const buffer = Buffer.alloc(sampleBytes);
  const { bytesRead } = await file.read(buffer, 0, sampleBytes, 0);
  const sample = buffer.subarray(0, bytesRead);
  refuseKnownFormat(sample, fileName);
  const marked = byteOrderMark(sample) ?? utf16WithoutMark(sample);
  if (marked) return marked;
  refuseBinary(sample, fileName);

  const validator = new TextDecoder('utf-8', { fatal: true });
  for (let position = 0; position < proofBytes; ) {
    const { bytesRead: read } = await file.read(buffer, 0, sampleBytes, position);
    const chunk = buffer.subarray(0, read);
    try {
      validator.decode(chunk, { stream: read > 0 });
    } catch {
      return legacyEncoding(Buffer.concat([sample, chunk]));
    }
    if (read === 0) break;
    position += read;
    if (position % (1024 * 1024) === 0) await yieldToOthers();
  }
  return 'utf-8';
}

function byteOrderMark(sample: Buffer): string | null {
  if (sample.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]))) return 'utf-8';
  if (sample.subarray(0, 4).equals(Buffer.from([0xff, 0xfe, 0, 0]))) return 'utf-32le';
  if (sample.subarray(0, 2).equals(Buffer.from([0xff, 0xfe]))) return 'utf-16le';
  if (sample.subarray(0, 2).equals(Buffer.from([0xfe, 0xff]))) return 'utf-16be';
  return null;
}

/** In UTF-16 every second byte of Latin text is zero, on one side. */
function utf16WithoutMark(sample: Buffer): string | null {
  let evenZeros = 0;
  let oddZeros = 0;
  for (let index = 0; index < sample.length; index += 1) {
    if (sample[index] !== 0) continue;
    if (index % 2 === 0) evenZeros += 1;
    else oddZeros += 1;
  }
  const half = sample.length / 2;
  if (oddZeros > half * 0.4 && evenZeros < half * 0.05) return 'utf-16le';
  if (evenZeros > half * 0.4 && oddZeros < half * 0.05) return 'utf-16be';
  return null;
}

const knownBinary: readonly { readonly magic: readonly number[]; readonly advice: Message }[] = [
  {
    magic: [0xd0, 0xcf, 0x11, 0xe0],
    advice: say`is a document of an old Microsoft Office, such as an Excel workbook (.xls). Save its sheet as CSV and import that`,
  },
  {
    magic: [0x37, 0x7a, 0xbc, 0xaf],
    advice: say`is a 7-Zip archive. Unpack it and import the CSV files inside`,
  },
  {
    magic: [0x52, 0x61, 0x72, 0x21],
    advice: say`is a RAR archive. Unpack it and import the CSV files inside`,
  },
  { magic: [0x1f, 0x8b], advice: say`is compressed (gzip). Unpack it and import what is inside` },
  { magic: [0x25, 0x50, 0x44, 0x46], advice: say`is a PDF. Export the table as CSV and import that` },
  { magic: [0x89, 0x50, 0x4e, 0x47], advice: say`is an image. Import a CSV file` },
  { magic: [0xff, 0xd8, 0xff], advice: say`is an image. Import a CSV file` },
  {
    magic: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65],
    advice: say`is an SQLite database. Export its tables as CSV`,
  },
];

/** Office documents are ZIP archives that hold files of these names; what holds none of them is an archive of anything. */
const knownInZip: readonly { readonly entry: string; readonly advice: Message }[] = [
  { entry: 'xl/', advice: say`is an Excel workbook. Save its sheet as CSV and import that` },
  {
    entry: 'opendocument.spreadsheet',
    advice: say`is an OpenDocument spreadsheet. Save its sheet as CSV and import that`,
  },
  {
    entry: 'Index/Document.iwa',
    advice: say`is a document of Apple’s Numbers or Pages. Export its table as CSV and import that`,
  },
  {
    entry: 'word/',
    advice: say`is a Word document. Put its table into a spreadsheet, save that as CSV and import it`,
  },
];
const zip = Buffer.from([0x50, 0x4b]);

function zipAdvice(sample: Buffer): Message | null {
  const [third, fourth] = sample.subarray(2, 4);
  // A local file, an empty archive, or a part of several.
  const isZip =
    sample.subarray(0, 2).equals(zip) &&
    ((third === 3 && fourth === 4) || (third === 5 && fourth === 6) || (third === 7 && fourth === 8));
  if (!isZip) return null;
  const known = knownInZip.find(({ entry }) => sample.includes(entry, 0, 'latin1'));
  return known?.advice ?? say`is a ZIP archive. Unpack it and import the CSV files inside`;
}

/** Text that is no table; compared with the beginning of a file, spaces left out. */
const knownText: readonly { readonly begins: RegExp; readonly advice: Message }[] = [
  {
    begins: /^(<!doctype html|<html|<table)/i,
    advice: say`is a web page, which some programs save as a workbook. Export it as CSV and import that`,
  },
  { begins: /^<\?xml/i, advice: say`is XML. Export it as CSV and import that` },
  {
    begins: /^begin:vcard/i,
    advice: say`is an address card (vCard). Export the contacts as CSV and import that`,
  },
  { begins: /^begin:vcalendar/i, advice: say`is a calendar and holds no table. Import a CSV file` },
  { begins: /^(\[\s*)?\{\s*"/, advice: say`is JSON. Export it as CSV and import that` },
];

function refuseKnownFormat(sample: Buffer, fileName: string): void {
  if (sample.length === 0)
    throw new SatchelError('invalid', say`${fileName} is empty: it holds not one byte. Export it again.`, {
      details: { fileName },
    });
  const inZip = zipAdvice(sample);
  if (inZip) throw new SatchelError('invalid', say`${fileName} ${inZip}.`, { details: { fileName } });
  for (const { magic, advice } of knownBinary) {
    if (magic.every((byte, index) => sample[index] === byte)) {
      throw new SatchelError('invalid', say`${fileName} ${advice}.`, { details: { fileName } });
    }
  }
  const beginning = sample
    .subarray(0, 200)
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trimStart();
  for (const { begins, advice } of knownText) {
    if (begins.test(beginning)) {
      throw new SatchelError('invalid', say`${fileName} ${advice}.`, { details: { fileName } });
    }
  }
}

/** A stray NUL is a damaged cell, and its row goes to the error file; many are no text. */
function refuseBinary(sample: Buffer, fileName: string): void {
  let strange = 0;
  for (const byte of sample) if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) strange += 1;
  if (strange > sample.length * 0.02 + 8) {
    throw new SatchelError(
      'invalid',
      say`${fileName} holds binary data, not text, and is none of the formats that Satchel knows. Open it with the program it comes from, export it as CSV and import that.`,
      {
        details: { fileName },
      },
    );
  }
}

/** Single-byte encodings are hard to tell apart; the one of Western Windows wins unless another is clearly better. */
function legacyEncoding(sample: Buffer): string {
  const matches = analyse(sample).filter(
    (match) => iconv.encodingExists(match.name) && match.name !== 'UTF-8',
  );
  const best = matches[0];
  if (!best) return 'windows-1252';
  const western = matches.find((match) => match.name === 'ISO-8859-1' || match.name === 'windows-1252');
  if (western && western.confidence >= best.confidence - 20) return 'windows-1252';
  return best.name === 'ISO-8859-1' ? 'windows-1252' : best.name.toLowerCase();
}
