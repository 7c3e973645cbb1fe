import type { Tx } from '#db/engine/types.ts';
import type { ImportObject } from '#shared/contract/import-targets.ts';
import { isGiven } from '../../../data/given.ts';
import type { ImportModule } from '../../../objects/import-module.ts';
import { customColumn, insertRows, type Row, type RowOf, updateEach } from '../../../records/write-rows.ts';
import type { ImportContext } from '../import-context.ts';
import type { Candidate } from '../matching/candidates.ts';
import { keepReferences } from './statements.ts';

/** Writes new and changed records, each kind in one statement; changed ones in one for each set of columns. */
export async function writeRecords(
  tx: Tx,
  context: ImportContext,
  module: ImportModule,
  candidates: ReadonlySet<Candidate>,
): Promise<void> {
  const { identity, batchId } = context;
  const table = { name: module.name, fields: module.columns };
  const created = [...candidates].filter(({ isNew }) => isNew);
  if (created.length > 0) {
    const rows = created.map((candidate) => rowOf(module, candidate));
    await insertRows(tx, table, identity, rows, filledColumns(context, module, rows), batchId);
  }
  const { writtenIfGiven = [] } = module;
  const changed = [...candidates].filter((candidate) => !candidate.isNew && candidate.changed.size > 0);
  const groups = Map.groupBy(changed, ({ given }) => writtenIfGiven.filter((key) => !given.has(key)).join());
  for (const group of groups.values()) {
    const left = writtenIfGiven.filter((key) => !group[0]?.given.has(key));
    const columns = new Set(
      module.columns.filter(({ key }) => !left.includes(key)).map(({ column }) => column),
    );
    if (module.hasCustomFields) columns.add(customColumn);
    const rows = group.map((candidate) => ({ ...rowOf(module, candidate), ...changedCustom(candidate) }));
    const restored = group.filter((candidate) => candidate.changed.has('deletedAt')).map(({ id }) => id);
    await updateEach(tx, table, identity, rows, columns, restored);
  }
}

/** Grows while the import goes on, so that all of it is done by a few statements that the database keeps planned. */
function filledColumns(
  { filledColumns: known }: ImportContext,
  { name: object }: ImportModule,
  rows: readonly RowOf[],
): ReadonlySet<string> {
  const filled = known.get(object) ?? new Set();
  known.set(object, filled);
  for (const { id: _, ...row } of rows) for (const column in row) filled.add(column);
  return filled;
}

/** Columns without a value are left out: they are written as none. */
function rowOf({ columns }: ImportModule, { id, values, custom }: Candidate): RowOf {
  const row: Record<string, unknown> = {};
  for (const { key, column } of columns) {
    const value = values[key];
    if (isGiven(value)) row[column] = value;
  }
  return Object.keys(custom).length > 0 ? { ...row, id, [customColumn]: custom } : { ...row, id };
}

/** Those custom fields that were changed; the others are kept as the record has them. */
function changedCustom({ changed, custom }: Candidate): Row {
  const keys = [...changed]
    .filter((key) => key.startsWith('custom.'))
    .map((key) => key.slice('custom.'.length));
  return { [customColumn]: Object.fromEntries(keys.map((key) => [key, custom[key] ?? null])) };
}

/** Keeps which record an id of the source system stands for, so that later files find it. */
export async function writeReferences(
  tx: Tx,
  context: ImportContext,
  system: string,
  object: ImportObject,
  candidates: ReadonlySet<Candidate>,
): Promise<void> {
  const rows = new Map<string, string>();
  for (const { id, sourceId } of candidates) if (sourceId !== null) rows.set(sourceId, id);
  if (rows.size === 0) return;
  const json = JSON.stringify([...rows].map(([source_id, record_id]) => ({ source_id, record_id })));
  await tx.execute(keepReferences, [context.identity.workspaceId, json, system, object, context.batchId]);
}
