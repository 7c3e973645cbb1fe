import type { FileFormat } from '#shared/contract/imports.ts';
import { fold } from '#shared/text/fold.ts';
import { type FileRecord, readRecords } from '../files/records.ts';
import { parseNumber } from '../values/numbers.ts';
import { trimInvisible } from '../values/text.ts';
import { YieldPace } from '../yield-pace.ts';

// biome-ignore format: one list
const totalWords = new Set(['total', 'totals', 'grand total', 'sum', 'sums', 'overall', 'summe', 'gesamt', 'gesamtsumme', 'insgesamt', 'total general', 'suma', 'somme', 'total general', 'totale', 'somma', 'totaal', 'totais']);
const signs = ['.', ','] as const;

/**
 * The line of a row of sums that a report has at its foot; null when the last row is one like the others. It is told by its
 * words (`Total`) or by its first cell being empty, and always by a number that is the sum of those above it, or beside such
 * a word in its first cell the count of the rows above it: a firm may be called Total. The file is only read for that when its last row looks like one.
 */
export async function findTotalRow(
  path: string,
  fileName: string,
  format: FileFormat,
  last: FileRecord,
  signal?: AbortSignal,
): Promise<number | null> {
  const cells = last.cells.map(trimInvisible);
  const hasWord = cells.some(isTotalWord);
  const numbers = cells.flatMap((cell, index) =>
    /\d/.test(cell) && numberIn(cell, '.', ',') ? [index] : [],
  );
  if (numbers.length === 0 || (!hasWord && cells[0] !== '')) return null;
  const columns = numbers.flatMap((index) => signs.map((sign) => new ColumnSum(index, sign)));
  const pace = new YieldPace();
  let toSkip = format.preambleRecords + 1;
  let isFirstFilled = true;
  let rows = 0;
  for await (const batch of readRecords(path, fileName, format)) {
    for (const record of batch) {
      if (toSkip > 0) toSkip -= 1;
      else if (record.line < last.line) {
        rows += 1;
        for (const column of columns) column.add(record.cells);
        if (trimInvisible(record.cells[0] ?? '') === '') isFirstFilled = false;
      }
    }
    await pace.step(signal);
  }
  if (!hasWord && !isFirstFilled) return null;
  const countsRows = rows > 1 && isTotalWord(cells[0] ?? '') && cells.includes(String(rows));
  return countsRows || columns.some((column) => column.is(cells)) ? last.line : null;
}

function isTotalWord(cell: string): boolean {
  return totalWords.has(fold(cell.replace(/:$/, '')));
}

function numberIn(cell: string, ...of: readonly ('.' | ',')[]): boolean {
  return of.some((sign) => parseNumber(cell, sign) !== null);
}

/** Adds up one column as it reads under one decimal sign. */
class ColumnSum {
  readonly #index: number;
  readonly #sign: '.' | ',';
  #sum = 0;
  #count = 0;

  constructor(index: number, sign: '.' | ',') {
    this.#index = index;
    this.#sign = sign;
  }

  add(cells: readonly string[]): void {
    const number = this.#read(cells);
    if (number === null) return;
    this.#sum += number;
    this.#count += 1;
  }

  /** Rounding in a report may take half a unit of the last place from each number. */
  is(cells: readonly string[]): boolean {
    const total = this.#read(cells);
    return (
      total !== null && total !== 0 && this.#count > 1 && Math.abs(total - this.#sum) <= 0.005 * this.#count
    );
  }

  #read(cells: readonly string[]): number | null {
    const parsed = parseNumber(cells[this.#index] ?? '', this.#sign);
    return parsed === null ? null : Number(parsed.value);
  }
}
