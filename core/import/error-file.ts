/** The column that is added to the rows of an error file. A file that has it is one of ours, mended. */
export const errorColumnHeader = 'Satchel error';

/**
 * Spreadsheets run a cell that begins with one of these as a formula, in some languages also with the wide forms. Such a cell is written with an apostrophe before
 * it, which is taken off again when the file is imported. Numbers and telephone numbers are no formulas and stay as
 * they are. Apostrophes that were there already are counted with the cell, so that taking one off always gives back
 * exactly what was written.
 */
const formula = /^'*[=+\-@\t\r\n＝＋－＠]/;
const harmlessNumber = /^'*[+-]?[\d.,()\s]*\d[\d.,()\s]*%?$/;

export function protectFromFormulas(cell: string): string {
  return isDangerous(cell) ? `'${cell}` : cell;
}

export function unprotectFromFormulas(cell: string): string {
  return cell.startsWith("'") && isDangerous(cell.slice(1)) ? cell.slice(1) : cell;
}

function isDangerous(cell: string): boolean {
  return formula.test(cell) && !harmlessNumber.test(cell.replaceAll(/^'+/g, ''));
}

/** Cells as a record of a CSV file, ending in CRLF as RFC 4180 asks. `hasQuotes`: around every cell, needed or not. */
export function csvRecord(cells: readonly string[], delimiter: string, hasQuotes = false): string {
  return `${cells.map((cell) => csvCell(cell, delimiter, hasQuotes)).join(delimiter)}\r\n`;
}

function csvCell(cell: string, delimiter: string, hasQuotes: boolean): string {
  const needsQuotes = hasQuotes || cell.includes(delimiter) || /["\r\n]|^\s|\s$/.test(cell);
  return needsQuotes ? `"${cell.replaceAll('"', '""')}"` : cell;
}
