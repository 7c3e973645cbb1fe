import type { z } from 'zod';
import type { changeEntrySchema } from '#shared/contract/timeline.ts';
import type { ChangeSetId } from '#shared/ids.ts';

type ChangeEntry = z.infer<typeof changeEntrySchema>;
type Json = ChangeEntry['fields'][number]['from'];

/** An entry of the history: one field, or the making or throwing away of the record. */
export interface HistoryEntry {
  readonly seq: bigint;
  readonly changeSetId: ChangeSetId;
  readonly operation: ChangeEntry['operation'] | 'purge';
  /** The column; null for the making of a record. */
  readonly field: string | null;
  readonly from: Json;
  readonly to: Json;
  readonly at: string;
  readonly userId: string | null;
  readonly userName: string | null;
  readonly source: ChangeEntry['source'];
}

/** Changes that belong together, fields still by column. */
export interface ChangeGroup {
  readonly at: string;
  readonly operation: ChangeEntry['operation'];
  readonly source: ChangeEntry['source'];
  readonly userName: string | null;
  readonly changeSetIds: readonly ChangeSetId[];
  readonly fields: readonly { readonly column: string; readonly from: Json; readonly to: Json }[];
  /** The oldest entry in it; the next page begins below. */
  readonly lastSeq: bigint;
}

/** Two changes by the same person belong together while no more time than this lies between them. */
const longestPause = 10 * 60 * 1_000;

/**
 * Groups entries, newest first, by who made them and by what means: a person who fills in a form field by field has made
 * one change. Of a field changed twice only the first value and the last remain; a change taken back at once is no
 * change. Making, throwing away and restoring stand for themselves.
 */
export function coalesce(entries: readonly HistoryEntry[]): ChangeGroup[] {
  const runs: HistoryEntry[][] = [];
  for (const entry of entries) {
    const run = runs.at(-1);
    const newer = run?.at(-1);
    if (run && newer && belongTogether(newer, entry)) run.push(entry);
    else runs.push([entry]);
  }
  return runs.map(groupOf);
}

function belongTogether(newer: HistoryEntry, older: HistoryEntry): boolean {
  return (
    newer.userId === older.userId &&
    newer.source === older.source &&
    newer.operation === older.operation &&
    Date.parse(newer.at) - Date.parse(older.at) <= longestPause
  );
}

function groupOf(run: readonly HistoryEntry[]): ChangeGroup {
  const [newest, oldest] = [run[0], run.at(-1)];
  if (!newest || !oldest) throw new RangeError('a group of changes has at least one entry');
  const fields = new Map<string, { column: string; from: Json; to: Json }>();
  for (const entry of run) {
    if (entry.operation !== 'update' || entry.field === null) continue;
    const known = fields.get(entry.field);
    fields.set(entry.field, { column: entry.field, from: entry.from, to: known ? known.to : entry.to });
  }
  return {
    at: newest.at,
    operation: newest.operation === 'purge' ? 'delete' : newest.operation,
    source: newest.source,
    userName: newest.userName,
    changeSetIds: [...new Set(run.map((entry) => entry.changeSetId))],
    fields: [...fields.values()].filter(({ from, to }) => JSON.stringify(from) !== JSON.stringify(to)),
    lastSeq: oldest.seq,
  };
}
