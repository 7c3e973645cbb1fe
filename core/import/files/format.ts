import { open } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import type { FileFormat } from '#shared/contract/imports.ts';
import { parseDate } from '../values/dates.ts';
import { detectEncoding, requireEncoding } from './encoding.ts';

const sampleBytes = 128 * 1024;
const sampleRecords = 100;
const delimiters = [',', ';', '\t', '|'] as const;

/** Detects what `known` leaves open. */
export async function detectFormat(
  path: string,
  fileName: string,
  known: { readonly [Key in keyof FileFormat]?: FileFormat[Key] | undefined } = {},
): Promise<FileFormat> {
  const encoding = requireEncoding(known.encoding ?? (await detectEncoding(path, fileName)));
  const sample = await readSample(path, encoding);
  const quote = known.quote ?? detectQuote(sample);
  const delimiter = known.delimiter ?? detectDelimiter(sample, quote);
  const preambleRecords = known.preambleRecords ?? findHeader(sampleTable(sample, delimiter, quote));
  return { encoding, delimiter, quote, preambleRecords };
}

/** The beginning of a file as text, ending with its last whole line. */
async function readSample(path: string, encoding: string): Promise<string> {
  await using file = await open(path, 'r');
  const buffer = Buffer.alloc(sampleBytes);
  const { bytesRead } = await file.read(buffer, 0, sampleBytes, 0);
  const text = iconv.decode(buffer.subarray(0, bytesRead), encoding);
  if (bytesRead < sampleBytes) return text;
  const lastBreak = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'));
  return lastBreak > 0 ? text.slice(0, lastBreak) : text;
}

function detectQuote(sample: string): string {
  const doubles = sample.match(/(^|[,;\t|])"/gm)?.length ?? 0;
  const singles = sample.match(/(^|[,;\t|])'[^']*'(?=[,;\t|\r\n]|$)/gm)?.length ?? 0;
  return doubles === 0 && singles >= 4 ? "'" : '"';
}

/** The delimiter under which most records have the same, greatest number of cells. */
function detectDelimiter(sample: string, quote: string): string {
  let best: { delimiter: string; score: number } = { delimiter: ',', score: 0 };
  for (const delimiter of delimiters) {
    const widths = sampleTable(sample, delimiter, quote).map((cells) => cells.length);
    const width = mostFrequentWidth(widths);
    if (width < 2) continue;
    const share = widths.filter((candidate) => candidate === width).length / widths.length;
    const score = share * share * Math.min(width, 50);
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

function sampleTable(sample: string, delimiter: string, quote: string): string[][] {
  const settings = {
    delimiter,
    quote,
    escape: quote,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    bom: true,
    to: sampleRecords,
  };
  try {
    return parse(sample, settings);
  } catch {
    // The sample ends inside a quoted cell: it is read without quotes, which is good enough to count delimiters.
    return parse(sample, { ...settings, quote: null, escape: null });
  }
}

/** Most frequent number of cells; of equally frequent ones, the greatest. */
function mostFrequentWidth(widths: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1);
  let best = 0;
  for (const [width, count] of counts) {
    const bestCount = counts.get(best) ?? 0;
    if (count > bestCount || (count === bestCount && width > best)) best = width;
  }
  return best;
}

/**
 * How many records stand above the header: the header is the first record that is as wide as the table and looks like
 * names, not values. A title or a note above it is narrower or mostly empty.
 */
function findHeader(table: readonly string[][]): number {
  const width = mostFrequentWidth(table.map((cells) => cells.length));
  const candidates = Math.min(table.length, 25);
  for (let index = 0; index < candidates; index += 1) {
    const cells = table[index] ?? [];
    const filled = cells.filter((cell) => cell.trim() !== '');
    const isWideEnough = cells.length >= width && filled.length >= Math.max(1, Math.ceil(width * 0.6));
    if (isWideEnough && filled.filter(looksLikeValue).length <= filled.length * 0.3) return index;
  }
  return 0;
}

/** Whether a cell can only be a value: column names are neither addresses nor numbers nor dates. */
export function looksLikeValue(cell: string): boolean {
  const text = cell.trim();
  if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) return true;
  if (/^[-+]?[\d.,\s]+$/.test(text) && !/^(19|20)\d\d$/.test(text)) return true;
  return parseDate(text, 'ymd') !== null || parseDate(text, 'dmy') !== null;
}
