import { type ListColumn, leastWidth } from '../list-definition.ts';

export const rowHeight = 36;
export const headerHeight = 32;
const checkboxWidth = 44;

/** The widths of a row's cells as one CSS value on the grid: resizing a column touches no row. */
export function gridTemplate(columns: readonly ListColumn[]): string {
  const widths = columns.map(
    (column) => `minmax(${String(leastWidth(column))}px, ${String(column.width)}px)`,
  );
  return `${String(checkboxWidth)}px ${widths.join(' ')} minmax(0, 1fr)`;
}

/** The least pixels that the columns need; in less the grid scrolls sideways. */
export function gridWidth(columns: readonly ListColumn[]): number {
  return columns.reduce((sum, column) => sum + leastWidth(column), checkboxWidth);
}

/** The checkbox (-1) and the name (0) stay in sight while the rest scrolls sideways. */
export function stickyClass(column: number): string {
  if (column === -1) return 'sticky left-0 z-[2] bg-inherit';
  if (column === 0) return 'sticky left-[44px] z-[2] bg-inherit';
  return '';
}

export function cellId(row: number, column: number): string {
  return `cell-${String(row)}-${String(column)}`;
}
