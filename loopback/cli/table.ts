import { toJson } from './output.ts';

const maxColumnWidth = 60;

/** Rows as an aligned table with a heading and a rule; long values are cut. */
export function tableLines(rows: readonly object[]): string[] {
  const columns = Object.keys(rows[0] ?? {});
  if (columns.length === 0) return [];
  const cells = rows.map((row) => {
    const values = new Map<string, unknown>(Object.entries(row));
    return columns.map((column) => cellText(values.get(column)));
  });
  const widths = columns.map((column, index) =>
    Math.max(column.length, ...cells.map((row) => row[index]?.length ?? 0)),
  );
  const line = (texts: readonly string[]) =>
    texts
      .map((text, index) => text.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(columns), widths.map((width) => '─'.repeat(width)).join('  '), ...cells.map(line)];
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'string' ? value : toJson(value).replaceAll(/^"|"$/g, '');
  // What others wrote may hold sequences that a terminal obeys.
  const oneLine = text.replaceAll(/[\s\p{Cc}]+/gu, ' ');
  return oneLine.length > maxColumnWidth ? `${oneLine.slice(0, maxColumnWidth - 1)}…` : oneLine;
}

/** `1.2 MB`, in powers of ten as disks are sold. */
export function formatBytes(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const power = bytes < 1_000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1);
  return `${power === 0 ? bytes : (bytes / 1_000 ** power).toFixed(1)} ${units[power]}`;
}
