import type { Tx } from '#db/engine/types.ts';
import { fold } from '#shared/text/fold.ts';
import {
  matchKeysOf,
  nameKind,
  sourceIdField,
  sourceIdKind,
  type Values,
} from '../../../objects/import-module.ts';
import { type Candidate, CandidateSet } from '../matching/candidates.ts';
import { type CandidateRow, candidateQueries, candidateRow } from '../writing/statements.ts';
import type { ReadyRow, SliceState } from './slice-state.ts';

/** Works out by what each row may be a record that we have. */
export function findKeys(state: SliceState, ready: readonly ReadyRow[]): void {
  const { module, near, result } = state;
  for (const item of ready) {
    const name = module.nameOf(item.row.values);
    const meant = near?.nearMiss(name) ?? null;
    item.nameKey = fold(name);
    item.nearKey = meant === null ? null : fold(meant);
    item.keys = matchKeysOf(module, { ...item.row.values, [sourceIdField]: item.sourceId }, item.nameKey);
    result.keys.push(...item.keys);
  }
}

/** The records that the rows may be, from the database (and, in a dry run, from what it imagines). */
export async function loadCandidates(
  tx: Tx,
  state: SliceState,
  ready: readonly ReadyRow[],
): Promise<CandidateSet> {
  const { context, file, module } = state;
  const { identity, imagined } = context;
  const set = imagined.get(file.object) ?? new CandidateSet(module);
  for (const [kind, keys] of wantedKeys(state, ready)) {
    const shape = candidateRow(module, kind);
    for (const sql of candidateQueries(module, kind)) {
      const params = kind === sourceIdKind ? [file.system, file.object] : [];
      for (const row of await tx.rows(shape, sql, [identity.workspaceId, [...keys], ...params])) {
        const known = set.byId(row.id);
        const candidate = known ?? candidateOf(state, row);
        if (!known) set.add(candidate);
        // Its id elsewhere is not among a record's values.
        if (row.source_id !== undefined) set.addKey(candidate, { kind, key: row.source_id });
      }
    }
  }
  return set;
}

/** The keys that records are looked for by: those of rows that some record has, as far as is known. */
function wantedKeys({ known }: SliceState, ready: readonly ReadyRow[]): Map<string, Set<string>> {
  const wanted = new Map<string, Set<string>>();
  const want = (kind: string, key: string) => {
    const keys = wanted.get(kind) ?? new Set();
    wanted.set(kind, keys.add(key));
  };
  for (const { keys } of ready) {
    for (const { kind, key } of keys) if (known?.has({ kind, key }) !== false) want(kind, key);
  }
  for (const { nearKey } of ready) if (nearKey !== null) want(nameKind, nearKey);
  return wanted;
}

function candidateOf({ module, context }: SliceState, row: CandidateRow): Candidate {
  const values: Values = {};
  for (const { key, column } of module.columns) {
    const value = row[column];
    values[key] = typeof value === 'string' ? value : null;
  }
  return {
    id: row.id,
    values,
    custom: { ...row.custom_fields },
    nameKey: row.name_key,
    isNew: false,
    isOfThisImport: row.batch_id === context.batchId,
    isTrashed: row.is_trashed,
    isStub: row.is_stub,
    changed: new Set(),
    given: new Set(),
    sourceId: null,
  };
}
