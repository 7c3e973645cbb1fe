import type { ImportObject } from '#shared/contract/import-targets.ts';
import type { Message } from '#shared/message.ts';
import { isGiven } from '../../../data/given.ts';
import type { Values } from '../../../objects/import-module.ts';
import type { SliceState } from './slice-state.ts';

/** Why the caller's role may not make a record, of the row's object or of one that the row names. */
export function refusalToCreate(state: SliceState, object: ImportObject, row: Values): Message | null {
  return state.context.permissions.refusal(object, 'create', newOwner(state, row));
}

/** Why the caller's role may not change a record. */
export function refusalToUpdate({ context, module, file }: SliceState, record: Values): Message | null {
  const ownerId = module.owner === null ? null : (record[module.owner] ?? null);
  return context.permissions.refusal(file.object, 'update', ownerId);
}

/**
 * A file without owners makes its records the caller's. A cell that is empty names nobody, and the record has no owner,
 * unless the caller's role would not reach it then.
 */
export function newOwner({ context, module, file }: SliceState, row: Values): string | null {
  const { permissions, identity } = context;
  if (module.owner === null) return identity.userId;
  const given = row[module.owner];
  if (isGiven(given)) return given;
  const isUnowned = module.owner in row && permissions.reachesAll(file.object);
  return isUnowned ? null : identity.userId;
}

/** A custom field that no new record of an object goes without, and that is not among `custom`. */
export function missingField(
  { context }: SliceState,
  object: ImportObject,
  custom: Readonly<Record<string, unknown>>,
): string | null {
  for (const { key, label, isRequired } of context.customFields.get(object)?.values() ?? []) {
    if (isRequired && !isGiven(custom[key])) return label;
  }
  return null;
}
