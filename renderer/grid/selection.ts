import type { ListScope, Selection } from '#shared/contract/list.ts';
import { type RecordId, recordIdSchema } from '#shared/ids.ts';

/** Which rows are chosen: some by id, or everything the list shows but some. */
export type Chosen =
  | { readonly kind: 'some'; readonly ids: ReadonlySet<string> }
  | { readonly kind: 'all'; readonly except: ReadonlySet<string> };

export const nothing: Chosen = { kind: 'some', ids: new Set() };
export const everything: Chosen = { kind: 'all', except: new Set() };

export function isChosen(chosen: Chosen, id: string): boolean {
  return chosen.kind === 'some' ? chosen.ids.has(id) : !chosen.except.has(id);
}

function withMember(set: ReadonlySet<string>, id: string, isMember: boolean): Set<string> {
  const next = new Set(set);
  if (isMember) next.add(id);
  else next.delete(id);
  return next;
}

export function choose(chosen: Chosen, id: string, isOn: boolean): Chosen {
  return chosen.kind === 'some'
    ? { kind: 'some', ids: withMember(chosen.ids, id, isOn) }
    : { kind: 'all', except: withMember(chosen.except, id, !isOn) };
}

export function chooseMany(chosen: Chosen, ids: Iterable<string>): Chosen {
  let next = chosen;
  for (const id of ids) next = choose(next, id, true);
  return next;
}

/** How many are chosen of the rows that the list shows. */
export function chosenCount(chosen: Chosen, rowCount: number): number {
  return chosen.kind === 'some' ? chosen.ids.size : Math.max(0, rowCount - chosen.except.size);
}

/** The choice as a bulk action takes it. */
export function toSelection(chosen: Chosen, scope: ListScope): Selection {
  const parsed = (ids: ReadonlySet<string>): RecordId[] => Array.from(ids, (id) => recordIdSchema.parse(id));
  return chosen.kind === 'some' ? { ids: parsed(chosen.ids) } : { all: scope, except: parsed(chosen.except) };
}
