import { channel } from 'node:diagnostics_channel';
import type { PGlite } from '@electric-sql/pglite';
import type { RowShape } from '../row.ts';
import type { Column } from './protocol/reply.ts';

/** What a statement returned, beside what it was declared to return. */
export interface ReturnedRows {
  readonly row: RowShape<object>;
  readonly sql: string;
  readonly columns: readonly Column[] | null;
  readonly rows: readonly object[];
  /** For questions to the catalog, in the midst of the transaction. */
  readonly pg: PGlite;
}

/** What a listener is given; what it puts into `checks` is waited for, and fails the statement where it fails. */
export interface RowCheck extends ReturnedRows {
  readonly checks: Promise<void>[];
}

/** Tests listen here and compare; in the product nobody does. */
export const rowChecks = channel('satchel:row-check');

export async function checkRows(returned: ReturnedRows): Promise<void> {
  if (!rowChecks.hasSubscribers) return;
  const check: RowCheck = { ...returned, checks: [] };
  rowChecks.publish(check);
  await Promise.all(check.checks);
}
