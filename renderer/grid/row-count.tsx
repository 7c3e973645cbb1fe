import { formatInteger } from '../format/format.ts';
import type { ListRows } from './list-rows.ts';

/** How many records the list shows; `~` where counting exactly would take too long. */
export function RowCount({ rows }: { rows: ListRows }) {
  if (!rows.isCounted) return null;
  return (
    <span className="text-sm text-ink-faint tabular-nums" data-testid="row-count">
      {rows.isEstimate ? '~' : ''}
      {formatInteger(rows.rowCount)}
    </span>
  );
}
