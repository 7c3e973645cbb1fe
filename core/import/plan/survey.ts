import type { FileFormat } from '#shared/contract/imports.ts';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import { errorColumnHeader, unprotectFromFormulas } from '../error-file.ts';
import { looksLikeValue } from '../files/format.ts';
import { type FileRecord, readRecords } from '../files/records.ts';
import { ColumnEvidence } from '../mapping/evidence.ts';
import type { FileColumn } from '../mapping/propose-columns.ts';
import { trimInvisible } from '../values/text.ts';
import { YieldPace } from '../yield-pace.ts';
import { findTotalRow } from './total-row.ts';

/** Bigger files are not read to their end before the import: what their later rows hold is judged row by row. */
const maxSurveyedRows = 300_000;
const maxColumns = 2_000;

export interface Survey {
  readonly headers: readonly string[];
  readonly columns: readonly FileColumn[];
  /** Null when the file has more rows than were read. */
  readonly rowCount: number | null;
  readonly rowsRead: number;
  /** The line of a row of sums at the foot. */
  readonly totalLine: number | null;
}

/** Reads a file once and gathers what its columns hold. Throws `invalid` for a file without a header or without rows. */
export async function surveyFile(
  path: string,
  fileName: string,
  format: FileFormat,
  signal?: AbortSignal,
): Promise<Survey> {
  let headers: readonly string[] | null = null;
  let columns: FileColumn[] = [];
  let skipped = 0;
  let rowsRead = 0;
  let isComplete = true;
  let last: FileRecord | null = null;
  const pace = new YieldPace();
  reading: for await (const batch of readRecords(path, fileName, format)) {
    for (const record of batch) {
      const { cells } = record;
      if (skipped < format.preambleRecords) {
        skipped += 1;
      } else if (headers === null) {
        headers = headersOf(cells, fileName);
        columns = headers.map((header, index) => ({ index, header, evidence: new ColumnEvidence() }));
      } else {
        rowsRead += 1;
        last = record;
        for (const column of columns) column.evidence.add(cells[column.index] ?? '');
        if (rowsRead >= maxSurveyedRows) {
          isComplete = false;
          break reading;
        }
      }
      if (rowsRead % 50 === 0) await pace.step(signal);
    }
  }
  if (headers === null) {
    throw new SatchelError('invalid', say`${fileName} has no header row.`, { details: { fileName } });
  }
  if (rowsRead === 0) {
    throw new SatchelError('invalid', say`${fileName} has column names but no rows below them.`, {
      details: { fileName },
    });
  }
  const totalLine = isComplete && last ? await findTotalRow(path, fileName, format, last, signal) : null;
  return { headers, columns, rowCount: isComplete ? rowsRead : null, rowsRead, totalLine };
}

function headersOf(cells: readonly string[], fileName: string): string[] {
  const headers = cells.map((cell) =>
    trimInvisible(cell.replaceAll('\u0000', '\ufffd')).replaceAll(/\s+/g, ' '),
  );
  while (headers.at(-1) === '') headers.pop();
  if (headers.some(isErrorColumn)) {
    for (const [index, header] of headers.entries()) headers[index] = unprotectFromFormulas(header);
  }
  const filled = headers.filter((header) => header !== '');
  if (filled.length === 0)
    throw new SatchelError('invalid', say`${fileName} has no header row.`, { details: { fileName } });
  if (filled.filter(looksLikeValue).length > filled.length / 2) {
    throw new SatchelError(
      'invalid',
      say`${fileName} has no header row: its first row already holds values. Add a first row that names the columns.`,
      { details: { fileName } },
    );
  }
  if (headers.length > maxColumns) {
    throw new SatchelError(
      'invalid',
      say`${fileName} has ${headers.length} columns; at most ${maxColumns} can be read.`,
      {
        details: { fileName },
      },
    );
  }
  return headers;
}

/** The column that Satchel itself adds to an error file is not read back. */
export function isErrorColumn(header: string): boolean {
  return header === errorColumnHeader;
}
