import type { ColumnPlan } from '#shared/contract/imports.ts';
import { isDictionary } from './detect-object.ts';
import { headerKey } from './header-names.ts';

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

const multipliers: Readonly<Record<string, string>> = {
  thousand: '1000',
  million: '1000000',
  billion: '1000000000',
};

/** `Revenue (in millions of USD)`, `in USD thousands`: what the numbers are to be multiplied by; null for anything else. */
export function scaleIn(description: string): string | null {
  const word = /\bin\s+(?:[^\s,;.()]{1,4}\s+)?(thousand|million|billion)s?\b/i.exec(description)?.[1];
  return word === undefined ? null : (multipliers[word.toLowerCase()] ?? null);
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

/** Proposes the described scale for the columns of numbers that a dictionary describes. */
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
    const found = own.find(({ field }) => field === headerKey(column.header));
    if (!found || (column.detected !== 'number' && column.detected !== 'integer')) return column;
    const { description, multiplier } = found;
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
