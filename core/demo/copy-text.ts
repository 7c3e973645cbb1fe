import type { WorkspaceId } from '#shared/ids.ts';
import { type Cell, type DemoTable, demoTables } from './rows.ts';

/** The table with its columns, as COPY names its target. */
export function copyTarget(table: DemoTable): string {
  return `${table} (workspace_id, ${demoTables[table].join(', ')})`;
}

/** Rows in COPY's text format: a line each, fields apart by tabs. */
export function copyText(
  table: DemoTable,
  rows: readonly Readonly<Record<string, Cell>>[],
  workspaceId: WorkspaceId,
): string {
  let text = '';
  for (const row of rows) {
    text += workspaceId;
    for (const column of demoTables[table]) text += `\t${field(row[column] ?? null)}`;
    text += '\n';
  }
  return text;
}

function field(cell: Cell): string {
  if (cell === null) return '\\N';
  return typeof cell === 'string'
    ? cell.replaceAll(/[\\\t\n\r]/g, (character) => escapes[character] ?? '')
    : String(cell);
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
