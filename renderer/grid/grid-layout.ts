import { type ListColumn, leastWidth } from './list-definition.ts';

export const rowHeight = 36;
export const headerHeight = 32;
const checkboxWidth = 44;

/** Pixels that a scrollbar may take of the list's width. */
const scrollbarWidth = 16;

export interface GridWidths {
  /** The widths of a row's cells as one CSS value on the grid: resizing a column touches no row. */
  readonly template: string;
  /** Pixels. */
  readonly least: number;
}

/**
 * Columns that nearly fit become a little narrower, so that the list does not scroll sideways for a few pixels. Where it must
 * scroll anyway they have their whole width.
 * @param room pixels that the list has
 */
export function gridWidths(columns: readonly ListColumn[], room: number): GridWidths {
  const sum = (widthOf: (column: ListColumn) => number) =>
    columns.reduce((total, column) => total + widthOf(column), checkboxWidth);
  const isNarrowed = sum(leastWidth) <= room - scrollbarWidth;
  const least = isNarrowed ? leastWidth : ({ width }: ListColumn) => width;
  const widths = columns.map((column) => `minmax(${String(least(column))}px, ${String(column.width)}px)`);
  return {
    template: `${String(checkboxWidth)}px ${widths.join(' ')} minmax(0, 1fr)`,
    least: sum(least),
  };
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

/**
 * Which row each of a fixed number of elements shows: the row stays in its element while it is drawn at all, and the
 * elements stay where they are in the document. Whatever is put into a document or moved in it the browser styles anew,
 * which would take most of the time that a frame of scrolling has. Fewer than `slots` only where there are fewer rows.
 * @param first the first row to draw
 */
export function rowsOfSlots(first: number, slots: number, rowCount: number): number[] {
  const begin = Math.max(0, Math.min(first, rowCount - slots));
  return Array.from(
    { length: Math.min(slots, rowCount) },
    (_, slot) => begin + ((((slot - begin) % slots) + slots) % slots),
  );
}
