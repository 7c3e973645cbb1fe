import type { Identity, Tx } from '#db/engine/types.ts';
import { SatchelError } from '#shared/errors.ts';
import type { ChangeSetId } from '#shared/ids.ts';
import type { Application } from '../context.ts';
import { undoChangeSet } from '../history/undo.ts';
import { continueChangeSet, newChangeSetId, openChangeSet } from './change-set.ts';
import type { RecordObject } from './record-object.ts';
import { type ResolvedSelection, selectedIds, visibleCounts } from './selection.ts';

/**
 * Up to this many records are changed at once, in one transaction that goes before background work; more are changed in
 * slices of this size, between which whatever the person does next is served.
 */
const sliceSize = 250;

export interface BulkAction {
  /** For the toast that offers to undo: `Changed`, `Moved to the trash`. */
  readonly label: string;
  /** For the message to who may not: `change`, `delete`. */
  readonly verb: string;
  /** Which records it is for; others are passed over. */
  readonly appliesTo: 'live' | 'trashed';
  /** @returns the number of records it changed */
  readonly apply: (tx: Tx, ids: readonly string[]) => Promise<number>;
}

export interface BulkResult {
  readonly changeSetId: ChangeSetId;
  readonly changed: number;
}

/**
 * Does the action to each selected record, as one change set. Where a slice fails, what the slices before it did is
 * taken back, so that the action is done to all or to none.
 * @throws SatchelError `not_found` where none of the records can be seen, `forbidden` where none may be changed
 */
export async function changeInBulk(
  app: Application,
  object: RecordObject,
  identity: Identity,
  selection: ResolvedSelection,
  action: BulkAction,
): Promise<BulkResult> {
  const ids = await selectedIds(app, object, identity, selection);
  const changeSetId = newChangeSetId(app.ids);
  const slices = slicesOf(ids);
  const label = bulkLabel(object, action, ids.length);
  let changed = 0;
  for (const [index, slice] of slices.entries()) {
    try {
      changed += await app.engine.transaction(
        {
          as: identity,
          priority: slices.length > 1 ? 'background' : 'interactive',
          label: `${action.verb} ${object.plural}`,
        },
        async (tx) => {
          if (index === 0) await openChangeSet(tx, identity, changeSetId, { label });
          else await continueChangeSet(tx, changeSetId);
          const count = await action.apply(tx, slice);
          if (count === 0 && slices.length === 1) await explainNothing(tx, object, identity, slice, action);
          return count;
        },
      );
    } catch (error) {
      if (index > 0) await undoChangeSet(app, identity, changeSetId);
      throw error;
    }
  }
  return { changeSetId, changed };
}

/** Nothing was selected: there is still a change set to name, with nothing in it. */
function slicesOf(ids: readonly string[]): (readonly string[])[] {
  if (ids.length === 0) return [[]];
  const slices: (readonly string[])[] = [];
  for (let start = 0; start < ids.length; start += sliceSize)
    slices.push(ids.slice(start, start + sliceSize));
  return slices;
}

function bulkLabel(object: RecordObject, { label }: BulkAction, count: number): string {
  return count === 1 ? `${label} ${object.singular}` : `${label} ${count} ${object.plural}`;
}

/** One record or few were named and none was changed: says so where that is not simply because nothing was to be done. */
async function explainNothing(
  tx: Tx,
  object: RecordObject,
  identity: Identity,
  ids: readonly string[],
  { verb, appliesTo }: BulkAction,
): Promise<void> {
  if (ids.length === 0) return;
  const these = ids.length === 1 ? `this ${object.singular}` : `these ${object.plural}`;
  const counts = await visibleCounts(tx, object, identity, ids);
  if (counts.live + counts.trashed === 0) {
    throw new SatchelError(
      'not_found',
      `There is nothing to ${verb}: ${these} cannot be found, or you may not see them.`,
    );
  }
  if (counts[appliesTo] > 0) {
    throw new SatchelError('forbidden', `Your role does not allow you to ${verb} ${these}.`);
  }
}
