import type { Tx } from '#db/engine/types.ts';
import { importModuleOf } from '../../../objects/import-modules.ts';
import type { Candidate } from '../matching/candidates.ts';
import type { ParsedRow } from '../row-parser.ts';
import { Tally } from '../tally.ts';
import { completeStubs } from '../writing/statements.ts';
import { Stubs } from '../writing/stubs.ts';
import { writeRecords, writeReferences } from '../writing/write.ts';
import { findKeys, loadCandidates } from './match.ts';
import { placeRow } from './place.ts';
import { prepareRow } from './prepare.ts';
import type { ReadyRow, SliceInput, SliceResult, SliceState } from './slice-state.ts';

/** Imports one slice of a file's rows in one transaction: makes them ready, matches, places and writes them. */
export async function importSlice(
  tx: Tx,
  input: SliceInput,
  rows: readonly ParsedRow[],
): Promise<SliceResult> {
  const result: SliceResult = { tally: new Tally(), failures: [], parents: [], keys: [], matches: [] };
  const state: SliceState = {
    ...input,
    module: importModuleOf(input.file.object),
    stubs: new Stubs(input.context, input.links, result.tally),
    result,
    completedStubs: [],
  };
  const ready: ReadyRow[] = [];
  for (const row of rows) {
    const prepared = prepareRow(state, row);
    if (prepared) ready.push(prepared);
  }
  findKeys(state, ready);
  const candidates = await loadCandidates(tx, state, ready);
  const touched = new Set<Candidate>();
  for (const item of ready) {
    const candidate = placeRow(state, item, candidates);
    if (candidate) touched.add(candidate);
  }
  if (input.context.isDryRun) state.stubs.imagine();
  else await write(tx, state, touched);
  return result;
}

/** What others refer to is written first. */
async function write(tx: Tx, state: SliceState, touched: ReadonlySet<Candidate>): Promise<void> {
  const { context, file, module, stubs, companions, completedStubs } = state;
  await stubs.write(tx);
  await companions.write(tx);
  await writeRecords(tx, context, module, touched);
  await writeReferences(tx, context, file.system, module.name, touched);
  if (completedStubs.length > 0) {
    await tx.execute(completeStubs, [context.identity.workspaceId, completedStubs, context.batchId]);
  }
}
