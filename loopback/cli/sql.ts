import type { Command } from 'commander';
import { readRows } from '#core/platform/sql/read-rows.ts';
import { action, commonOptions, satchelCommand, withWorkspace } from './command.ts';
import { counted } from './counted.ts';
import { print, toJson } from './output.ts';
import { tableLines } from './table.ts';

export function sqlCommand(): Command {
  return satchelCommand('sql', 'Ask the database, read-only and with your own rights')
    .argument('<query>', 'one SELECT statement')
    .action(
      action(
        commonOptions,
        (invocation, _options, [query = '']) =>
          withWorkspace(invocation, async ({ application, identity, output, signal }) => {
            const format = output.isJson ? jsonPart : textPart;
            let count = 0;
            await readRows(application.app.engine, identity, query, {
              signal,
              onRows: async (rows) => {
                await print(format(rows, count));
                count += rows.length;
              },
            });
            if (output.isJson) await print(count === 0 ? '[]\n' : '\n]\n');
            else output.note(counted(count, 'row'));
          }),
        // One statement holds the thread until it ends, and nothing could tell it of Ctrl+C; it only reads.
        { endsAtOnce: true },
      ),
    );
}

/** Written batch by batch, so that a query over a whole table needs no memory for its result. */
function jsonPart(rows: readonly object[], before: number): string {
  return rows.map((row, index) => `${before + index === 0 ? '[\n' : ',\n'}${toJson(row)}`).join('');
}

function textPart(rows: readonly object[], before: number): string {
  const lines = tableLines(rows);
  return lines
    .slice(before === 0 ? 0 : 2)
    .map((line) => `${line}\n`)
    .join('');
}
