import { inSentences, type Message, say, term } from '#shared/message.ts';
import { isGiven } from '../../../data/given.ts';
import { shown } from '../../../data/shown.ts';
import { type RowInHand, sourceIdField, type Values } from '../../../objects/import-module.ts';
import { importModuleOf } from '../../../objects/import-modules.ts';
import { isDeclined } from '../ordered-files.ts';
import type { ParsedRow, RowLink } from '../row-parser.ts';
import { missingField, refusalToCreate } from './ownership.ts';
import { failRow, type ReadyRow, type SliceState } from './slice-state.ts';

/** Resolves the links of a row and completes its values; null when it fails. */
export function prepareRow(state: SliceState, row: ParsedRow): ReadyRow | null {
  const { file, module, result } = state;
  if (row.issues.length > 0)
    return failRow(state, row, inSentences(row.issues.map(({ message }) => message)));
  for (const note of row.notes) result.tally.warn(say`${file.plan.fileName}: ${note}`);
  // Values are changed while preparing; the row itself stays as it is, for a slice that is tried again in halves.
  const values: Values = { ...row.values };
  const parents: RowLink[] = [];
  for (const link of row.links) {
    // Records of the row's own kind are there only when all files are in.
    if (link.link.target === file.object) {
      parents.push(link);
      continue;
    }
    const message = resolveLink(state, link, values);
    if (message !== null) return failRow(state, row, message);
  }
  const sourceId = values[sourceIdField] ?? null;
  const note = module.note?.(values) ?? null;
  if (note !== null) result.tally.warn(say`${file.plan.fileName}: ${note}`);
  // A name that follows from other values is not the record's own.
  const hasMadeUpName = [module.wholeName, ...module.nameParts].every((key) => !isGiven(values[key]));
  const inHand = rowInHand(state, row);
  state.companions.of(file.object)?.place(values, inHand);
  const message = module.prepare?.(values, inHand) ?? module.complete(values);
  if (message !== null) return failRow(state, row, message);
  return { row: { ...row, values }, sourceId, parents, hasMadeUpName, nameKey: '', keys: [], nearKey: null };
}

function find({ links, file }: SliceState, link: RowLink) {
  return links.resolve(link, isDeclined(file, link));
}

/** Puts the id of the record that a link names among the values; returns why the row cannot be kept, or null. */
function resolveLink(state: SliceState, link: RowLink, values: Values): Message | null {
  const { file, links, result } = state;
  const { key, target } = link.link;
  const found = find(state, link);
  if (found) {
    values[key] = found.id;
    if (links.get(target, link.by, link.name) === null) result.tally.corrected(link.name, found.name);
    return null;
  }
  if (link.onMissing === 'create' && link.by === 'name') return makeLinked(state, link, values);
  if (link.onMissing === 'reject') return isMissing(link);
  // A name could be made a record; an id alone cannot.
  if (link.by === 'source_id')
    result.tally.warn(
      say`${file.plan.fileName}: no record is known by some of the ids in “${link.column.header}”; those rows came in without the link. Import the file that holds the ids, then this one again.`,
    );
  values[key] = null;
  return null;
}

function isMissing({ link, column, name }: RowLink): Message {
  return say`${column.header}: there is no ${term(importModuleOf(link.target).singular)} “${shown(name)}”.`;
}

/** Makes the record that a link names; returns why that is not possible, or null. */
function makeLinked(state: SliceState, link: RowLink, values: Values): Message | null {
  const { key, target } = link.link;
  const { column, name } = link;
  const one = term(importModuleOf(target).singular);
  const refusal = refusalToCreate(state, target, values);
  if (refusal !== null) return say`${column.header}: there is no ${one} “${shown(name)}”. ${refusal}`;
  const missing = missingField(state, target, {});
  if (missing !== null) {
    return say`${column.header}: there is no ${one} “${shown(name)}”, and none can be made without its “${missing}”.`;
  }
  const { owner } = state.module;
  const ownerId = owner === null ? null : (values[owner] ?? null);
  values[key] = state.stubs.make(target, name, { row: values, ownerId });
  return null;
}

/** What the object's module may ask of a row. */
function rowInHand(state: SliceState, row: ParsedRow): RowInHand {
  const { context, links, stubs, result } = state;
  return {
    options: context.options,
    linkText: (keys) => row.links.find(({ link }) => keys.includes(link.key))?.name ?? null,
    linkedName(key) {
      const link = row.links.find((candidate) => candidate.link.key === key);
      return link ? (find(state, link)?.name ?? null) : null;
    },
    find: (object, name) => links.get(object, 'name', name)?.id ?? null,
    make: (object, name, as) => stubs.make(object, name, { as }),
    made: (sideEffect) => result.tally.also(sideEffect),
  };
}
