import type { Tx } from '#db/engine/types.ts';
import { sql } from '#db/sql.ts';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import type { Application } from '../context.ts';
import { callFunction } from '../data/statement.ts';

const earliest = Date.UTC(1950, 0, 1);
const longestAhead = 10 * 365 * 24 * 3_600 * 1_000;

/**
 * Makes the partition of the activity's month where there is none. A time that can only be a slip (a year of two digits,
 * a wrong clock) is refused, since each month that is named gets a partition.
 * @throws SatchelError `invalid`
 */
export async function ensureMonth(app: Application, tx: Tx, occurredAt: string): Promise<void> {
  const moment = Date.parse(occurredAt);
  if (!(moment >= earliest && moment <= app.clock.now() + longestAhead)) {
    throw new SatchelError('invalid', say`Enter a time between 1950 and ten years from now.`, {
      details: { field: 'occurredAt' },
    });
  }
  const day = new Date(moment).toISOString().slice(0, 10);
  await callFunction(tx, sql`SELECT satchel.ensure_activity_partitions(${day}::date, ${day}::date)`);
}
