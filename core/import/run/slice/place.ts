import { say, term } from '#shared/message.ts';
import { shown } from '../../../data/shown.ts';
import { matchKeysOf, nameKind, sourceIdField, type Values } from '../../../objects/import-module.ts';
import type { Candidate, CandidateSet, Match } from '../matching/candidates.ts';
import { missingField, newOwner, refusalToCreate, refusalToUpdate } from './ownership.ts';
import { failRow, type ReadyRow, type SliceState } from './slice-state.ts';

/** Makes a row a record: a new one, or changes of one we have. Returns the record when there is something to write. */
export function placeRow(state: SliceState, item: ReadyRow, candidates: CandidateSet): Candidate | null {
  const { module, context } = state;
  const { onDuplicate, onTrashed } = context.options;
  const { row } = item;
  const exact = candidates.match(row.values, item.nameKey, item.keys, onDuplicate === 'create');
  const match = exact ?? nearMatch(state, item, candidates);
  if (!match || (match.candidate.isTrashed && onTrashed === 'create')) {
    return create(state, item, candidates);
  }
  const { candidate, kind, fitting } = match;
  const isSkipped = candidate.isTrashed && onTrashed === 'skip';
  if (onDuplicate === 'update' && fitting > 1 && !isSkipped) {
    const name = shown(module.nameOf(row.values));
    return failRow(
      state,
      row,
      say`“${name}” fits ${fitting} ${term(module.name)} equally well. Add ${module.toTellApart} that tells them apart.`,
    );
  }
  state.result.matches.push({
    line: row.line,
    id: candidate.id,
    name: module.nameOf(candidate.values),
    isTrashed: candidate.isTrashed,
    kind,
  });
  if (isSkipped) {
    state.result.tally.row(module.name, 'skipped');
    return null;
  }
  const isWritten = onDuplicate === 'update' || candidate.isTrashed || candidate.isStub;
  const refusal = isWritten && !candidate.isOfThisImport ? refusalToUpdate(state, candidate.values) : null;
  if (refusal !== null) return failRow(state, row, refusal);
  return merge(state, item, match, { candidates, isNear: exact === null });
}

/** A record that has the letters of the row's name: one that was there before, or a stub; never another row's. */
function nearMatch({ module, near }: SliceState, item: ReadyRow, candidates: CandidateSet): Match | null {
  if (item.nearKey === null) return null;
  const { values } = item.row;
  const match = candidates.match(values, item.nearKey, [{ kind: nameKind, key: item.nearKey }]);
  if (!match || (match.candidate.isOfThisImport && !match.candidate.isStub)) return null;
  const name = module.nameOf(match.candidate.values);
  return near?.isInFile(name) === true ? null : match;
}

function create(state: SliceState, item: ReadyRow, candidates: CandidateSet): Candidate | null {
  const { module, context, result } = state;
  const { row } = item;
  const missing = missingField(state, module.name, row.custom);
  if (missing !== null) return failRow(state, row, say`“${missing}” must be filled in.`);
  const refusal = refusalToCreate(state, module.name, row.values);
  if (refusal !== null) return failRow(state, row, refusal);
  const values: Values = {};
  for (const { key } of module.columns) {
    const value = row.values[key] ?? module.defaults[key] ?? null;
    if (value !== null) values[key] = value;
  }
  if (module.owner !== null) {
    const ownerId = newOwner(state, row.values);
    if (ownerId !== null) values[module.owner] = ownerId;
  }
  const candidate: Candidate = {
    id: context.app.ids.next(),
    values,
    custom: withoutNulls(row.custom),
    nameKey: item.nameKey,
    isNew: true,
    isOfThisImport: true,
    isTrashed: false,
    isStub: false,
    changed: new Set(),
    given: new Set(),
    sourceId: item.sourceId,
  };
  candidates.add(candidate, item.keys);
  result.tally.row(module.name, 'created');
  rememberParents(state, item, candidate.id);
  return candidate;
}

/** Brings a row into the record that it was found to be. */
function merge(
  state: SliceState,
  item: ReadyRow,
  { candidate }: Match,
  { candidates, isNear }: { readonly candidates: CandidateSet; readonly isNear: boolean },
): Candidate {
  const { module, result, context } = state;
  const before = candidate.changed.size;
  if (candidate.isTrashed) {
    candidate.isTrashed = false;
    candidate.changed.add('deletedAt');
  }
  // A stub is nothing that anybody entered: whatever is to become of duplicates, the row it stood for completes it.
  const { isStub } = candidate;
  if (isNear) noteNearMatch(state, item, candidate);
  if (isStub) completeStub(state, candidate);
  const mayChange = context.options.onDuplicate === 'update' || isStub;
  const keysBefore = candidates.keysOf(candidate);
  const wasChanged = mayChange && update(state, item, candidate, !isNear || isStub);
  const hasName = module.nameOf(candidate.values) === module.nameOf(item.row.values);
  if (hasName) candidate.nameKey = item.nameKey;
  candidate.sourceId = item.sourceId ?? candidate.sourceId;
  const keysAfter = matchKeysOf(
    module,
    { ...candidate.values, [sourceIdField]: item.sourceId },
    candidate.nameKey,
  );
  candidates.rekey(candidate, keysBefore, keysAfter);
  result.tally.row(module.name, wasChanged || candidate.changed.size > before ? 'updated' : 'skipped');
  if (mayChange) rememberParents(state, item, candidate.id);
  return candidate;
}

/** Which name was read as which: a stub takes the row's, any other record keeps its own. */
function noteNearMatch({ module, result }: SliceState, { row }: ReadyRow, candidate: Candidate): void {
  const rowName = module.nameOf(row.values);
  const recordName = module.nameOf(candidate.values);
  if (candidate.isStub) result.tally.corrected(recordName, rowName);
  else result.tally.corrected(rowName, recordName);
}

function completeStub({ completedStubs }: SliceState, candidate: Candidate): void {
  candidate.isStub = false;
  if (!candidate.isNew) completedStubs.push(candidate.id);
}

/** Writes the values of a row into a record; returns whether that changed it. */
function update(state: SliceState, item: ReadyRow, candidate: Candidate, isRenamed: boolean): boolean {
  const { module, context } = state;
  const { row } = item;
  const { eraseWithEmpty } = context.options;
  const isName = (key: string) => key === module.wholeName || module.nameParts.includes(key);
  let isChanged = false;
  const change = (key: string) => {
    candidate.changed.add(key);
    isChanged = true;
  };
  for (const { key, isNeverNull } of module.columns) {
    const value = row.values[key];
    if (
      value === undefined ||
      (key === module.wholeName && item.hasMadeUpName) ||
      (isName(key) && !isRenamed)
    )
      continue;
    if (value === null && (!eraseWithEmpty || isNeverNull)) continue;
    candidate.given.add(key);
    if ((candidate.values[key] ?? null) === value) continue;
    candidate.values[key] = value;
    change(key);
  }
  for (const [key, value] of Object.entries(row.custom)) {
    if (value === null && !eraseWithEmpty) continue;
    if (JSON.stringify(candidate.custom[key] ?? null) === JSON.stringify(value)) continue;
    if (value === null) delete candidate.custom[key];
    else candidate.custom[key] = value;
    change(`custom.${key}`);
  }
  return isChanged;
}

function rememberParents({ result }: SliceState, { parents, row }: ReadyRow, childId: string): void {
  for (const { name, by, onMissing, column } of parents) {
    result.parents.push({ childId, name, by, onMissing, column: column.index, line: row.line });
  }
}

function withoutNulls(custom: Candidate['custom']): Candidate['custom'] {
  return Object.fromEntries(Object.entries(custom).filter(([, value]) => value !== null));
}
