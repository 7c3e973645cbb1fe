import type { ColumnPlan } from '#shared/contract/imports.ts';
import { isDictionary } from './detect-object.ts';
import { headerKey } from './header-names.ts';
import { scaleIn } from './scale-words.ts';

/** What a data dictionary says about the scale of one column of another file. */
export interface ScaleDescription {
  /** The dictionary's own name. */
  readonly fileName: string;
  /** The table that it names, as `headerKey` gives it; empty where it describes one table and does not name it. */
  readonly table: string;
  readonly field: string;
  readonly description: string;
  readonly multiplier: string;
}

/** The rows of a data dictionary that speak of a scale; none for a file that is no dictionary. */
export function scaleDescriptions(
  fileName: string,
  headers: readonly string[],
  rows: Iterable<readonly string[]>,
): ScaleDescription[] {
  const keys = headers.map(headerKey);
  if (!isDictionary(keys)) return [];
  const indexOf = (...names: string[]) => keys.findIndex((key) => names.includes(key));
  const at = {
    table: indexOf('table', 'file'),
    field: indexOf('field', 'column', 'variable'),
    description: indexOf('description', 'definition'),
  };
  const found: ScaleDescription[] = [];
  for (const cells of rows) {
    const description = (cells[at.description] ?? '').trim().slice(0, 300);
    const multiplier = scaleIn(description);
    const field = headerKey(cells[at.field] ?? '');
    if (multiplier === null || field === '') continue;
    found.push({ fileName, table: tableKey(cells[at.table] ?? ''), field, description, multiplier });
  }
  return found;
}

/**
 * Proposes the scale for the columns of numbers that a dictionary describes, or whose own header names one. A column that
 * becomes a custom field keeps its header as its name, and so the numbers that it speaks of.
 */
export function withDescribedScales(
  columns: readonly ColumnPlan[],
  fileName: string,
  descriptions: readonly ScaleDescription[],
): ColumnPlan[] {
  const name = ` ${tableKey(fileName)} `;
  // `sales_teams.csv` is rather the table `sales_teams` than `sales`.
  const own = descriptions
    .filter(({ table }) => table === '' || name.includes(` ${table} `))
    .sort((a, b) => b.table.length - a.table.length);
  return columns.map((column) => {
    const inHeader = column.target.kind === 'field' ? scaleIn(column.header) : null;
    const found =
      own.find(({ field }) => field === headerKey(column.header)) ??
      (inHeader === null ? undefined : { fileName, description: column.header, multiplier: inHeader });
    if (!found || (column.detected !== 'number' && column.detected !== 'integer')) return column;
    const { multiplier } = found;
    const description = found.description.slice(0, 300);
    return {
      ...column,
      multiplier,
      describedScale: { fileName: found.fileName, description, multiplier },
    };
  });
}

function tableKey(name: string): string {
  return headerKey(name.trim().replace(/\.(csv|tsv|txt)$/i, ''));
}
