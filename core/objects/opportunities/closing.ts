import { type SQL, sql } from '#db/sql.ts';
import { closedStages } from '#shared/enums.ts';
import type { Assignment, RecordValues } from '../../records/record-values.ts';

/**
 * What a change of stage does to the dates. Closing an open opportunity sets the moment (`closed_at`), and the close date,
 * until then the expected one, becomes today's unless one is given. Reopening clears both, since neither is true any
 * more. From won to lost, or from one open stage to another, they stay.
 */
export function closingDates(values: RecordValues, kind: 'insert' | 'update'): Assignment[] {
  const stage = values['stage'];
  if (typeof stage !== 'string') return [];
  const isClosing = closedStages.some((closed) => closed === stage);
  const givesDate = values['closeDate'] !== undefined;
  if (kind === 'insert') return isClosing ? newlyClosed(values['closeDate']) : [];
  const wasClosed = sql`r.stage IN ('closed_won', 'closed_lost')`;
  const closedAt = isClosing
    ? sql`CASE WHEN ${wasClosed} THEN r.closed_at ELSE now() END`
    : sql`CASE WHEN ${wasClosed} THEN NULL ELSE r.closed_at END`;
  const closeDate = isClosing
    ? sql`CASE WHEN ${wasClosed} THEN r.close_date ELSE ${today} END`
    : sql`CASE WHEN ${wasClosed} THEN NULL ELSE r.close_date END`;
  return [
    { column: 'closed_at', value: closedAt },
    ...(givesDate ? [] : [{ column: 'close_date', value: closeDate }]),
  ];
}

/** One that is entered as closed was closed on its close date, or, where none is given, just now. */
function newlyClosed(closeDate: unknown): Assignment[] {
  if (typeof closeDate === 'string') {
    const thatDay = sql`${closeDate}::date::timestamp AT TIME ZONE ${timezone}`;
    return [{ column: 'closed_at', value: sql`least(now(), ${thatDay})` }];
  }
  const closedAt = { column: 'closed_at', value: sql`now()` };
  return closeDate === null ? [closedAt] : [closedAt, { column: 'close_date', value: today }];
}

const timezone: SQL = sql`(SELECT w.timezone FROM workspaces w WHERE w.id = (SELECT satchel.workspace_id()))`;
const today: SQL = sql`(now() AT TIME ZONE ${timezone})::date`;
