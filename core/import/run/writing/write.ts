import type { Tx } from '#db/engine/types.ts';
import type { ImportObject } from '#shared/contract/import-targets.ts';
import { isGiven } from '../../../data/given.ts';
import type { ImportModule } from '../../../objects/import-module.ts';
import type { ImportContext } from '../import-context.ts';
import type { Candidate } from '../matching/candidates.ts';
import { insertStatement, keepReferences, updateStatement } from './statements.ts';

/** Writes new and changed records, each kind in one statement; changed ones in one for each set of columns. */
export async function writeRecords(
  tx: Tx,
  context: ImportContext,
  module: ImportModule,
  candidates: ReadonlySet<Candidate>,
): Promise<void> {
  const { workspaceId } = context.identity;
  const created = [...candidates].filter(({ isNew }) => isNew);
  const changed = [...candidates].filter(({ isNew, changed }) => !isNew && changed.size > 0);
  if (created.length > 0) {
    const rows = created.map((candidate) => jsonRow(module, candidate));
    const filled = filledColumns(context, module, rows);
    await tx.execute(insertStatement(module, filled), [workspaceId, JSON.stringify(rows), context.batchId]);
  }
  if (changed.length > 0) {
    const { writtenIfGiven = [] } = module;
    const groups = Map.groupBy(changed, ({ given }) =>
      writtenIfGiven.filter((key) => !given.has(key)).join(),
    );
    for (const group of groups.values()) {
      const left = writtenIfGiven.filter((key) => !group[0]?.given.has(key));
      const rows = JSON.stringify(group.map((candidate) => jsonRow(module, candidate)));
      await tx.execute(updateStatement(module, left), [workspaceId, rows]);
    }
  }
}

/** Grows while the import goes on, so that all of it is done by a few statements that the database keeps planned. */
function filledColumns(
  { filledColumns: known }: ImportContext,
  { name: object }: ImportModule,
  rows: readonly Record<string, unknown>[],
): ReadonlySet<string> {
  const filled = known.get(object) ?? new Set();
  known.set(object, filled);
  for (const row of rows) for (const column in row) filled.add(column);
  return filled;
}

/** Nulls are left out: `json_to_recordset` reads what is missing as null. */
function jsonRow(module: ImportModule, candidate: Candidate): Record<string, unknown> {
  const row: Record<string, unknown> = { id: candidate.id };
  for (const { key, column } of module.columns) {
    const value = candidate.values[key];
    if (isGiven(value)) row[column] = value;
  }
  if (module.hasCustomFields) row['custom_fields'] = candidate.custom;
  if (!candidate.isNew) row['is_restored'] = candidate.changed.has('deletedAt');
  return row;
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
