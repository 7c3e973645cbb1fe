import { createReadStream } from 'node:fs';
import { CsvError, type Info, parse } from 'csv-parse';
import iconv from 'iconv-lite';
import type { FileFormat } from '#shared/contract/imports.ts';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import { requireEncoding } from './encoding.ts';

/** One record of a file. `line` is where it begins, from 1. */
export interface FileRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * A record longer than this is a mistake (an unclosed quote swallows all that follows; a file without line breaks), and
 * reading stops: memory stays bounded whatever the file.
 */
const maxRecordCharacters = 4 * 1024 * 1024;
const chunkBytes = 64 * 1024;

/** What csv-parse gives with `info: true`. */
interface ParsedRecord {
  readonly record: string[];
  readonly info: Info;
}

/** A source of bytes: a file's path, or pieces of one (tests generate gigabytes without a disk). */
export type ByteSource = string | AsyncIterable<Uint8Array>;

/**
 * The records of a file in batches of a chunk's worth, blank lines and rows of empty cells left out. Throws `invalid` with the line where a
 * record is too long or a quote stays open.
 */
export async function* readRecords(
  source: ByteSource,
  fileName: string,
  format: Pick<FileFormat, 'encoding' | 'delimiter' | 'quote'>,
): AsyncGenerator<FileRecord[]> {
  const decoder = iconv.getDecoder(requireEncoding(format.encoding));
  const chunks =
    typeof source === 'string' ? createReadStream(source, { highWaterMark: chunkBytes }) : source;
  const parser = parse({
    delimiter: format.delimiter,
    quote: format.quote,
    escape: format.quote,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    // Spreadsheets leave rows of nothing but separators below the last one.
    skip_records_with_empty_values: true,
    max_record_size: maxRecordCharacters,
    info: true,
  });
  let failure: unknown = null;
  parser.on('error', (error) => {
    failure ??= error;
  });
  let nextLine = 1;
  const drain = (): FileRecord[] => {
    // The event comes a tick later; a source that never waits would be read to its end until then.
    failure ??= parser.errored;
    if (failure !== null) throw readingError(failure, fileName, nextLine);
    const batch: FileRecord[] = [];
    for (;;) {
      const parsed: ParsedRecord | null = parser.read();
      if (parsed === null) return batch;
      batch.push({ line: nextLine, cells: parsed.record });
      nextLine = parsed.info.lines + 1;
    }
  };
  try {
    for await (const chunk of chunks) {
      const text = decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
      if (text === '') continue;
      parser.write(text);
      const batch = drain();
      if (batch.length > 0) yield batch;
    }
    const rest = decoder.end();
    const ended = new Promise<void>((resolve) => {
      parser.once('end', resolve).once('error', () => resolve());
    });
    parser.end(rest ?? '');
    const batch = drain();
    // `end` is only emitted when somebody reads on.
    parser.resume();
    await ended;
    if (failure !== null) throw readingError(failure, fileName, nextLine);
    if (batch.length > 0) yield batch;
  } finally {
    parser.destroy();
  }
}

function readingError(error: unknown, fileName: string, line: number): SatchelError {
  const options = { details: { fileName, line }, cause: error };
  if (error instanceof CsvError && error.code === 'CSV_MAX_RECORD_SIZE') {
    return new SatchelError(
      'invalid',
      say`${fileName}: the row that begins on line ${line} is longer than 4 MB. Either a quote opens there and is never closed, or the file has no line breaks.`,
      options,
    );
  }
  if (error instanceof CsvError && error.code === 'CSV_QUOTE_NOT_CLOSED') {
    return new SatchelError(
      'invalid',
      say`${fileName}: a quote opens in the row that begins on line ${line} and is never closed. Close it, or remove it, and import the file again.`,
      options,
    );
  }
  const reason = error instanceof Error ? error.message : 'unknown';
  return new SatchelError(
    'invalid',
    say`${fileName} cannot be read as CSV near line ${line}: ${reason}`,
    options,
  );
}
