import type { Identity, Tx } from '#db/engine/types.ts';
import { SatchelError } from '#shared/errors.ts';
import type { ChangeSetId } from '#shared/ids.ts';
import { inEnglish, type Message, say, term } from '#shared/message.ts';
import type { Application } from '../context.ts';
import { continueChangeSet, newChangeSetId, openChangeSet } from '../data/change-set.ts';
import { undoChangeSet } from '../history/undo.ts';
import { type SlicePace, SliceSize } from '../slice-size.ts';
import type { RecordObject } from './record-object.ts';
import { type ResolvedSelection, selectedIds, visibleCounts } from './selection.ts';

/**
 * Up to as many records as the first slice has are changed at once, in one transaction that goes before background work;
 * more are changed in slices, between which whatever the person does next is served.
 */
const pace: SlicePace = { targetMilliseconds: 25, minRows: 20, maxRows: 1_000, firstRows: 60 };

export interface BulkAction {
  /** For the history, of what was selected: `Changed 3 contacts`. */
  readonly label: (what: Message) => Message;
  /** For the message to who may not: `change`, `delete`. */
  readonly verb: Message;
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
  const label = bulkLabel(object, action, ids.length);
  const size = new SliceSize(pace);
  const isWhole = ids.length <= size.rows;
  let changed = 0;
  let done = 0;
  // Nothing was selected: there is still a change set to name, with nothing in it.
  do {
    const slice = ids.slice(done, done + size.rows);
    try {
      changed += await app.engine.transaction(
        {
          as: identity,
          priority: isWhole ? 'interactive' : 'background',
          label: `${inEnglish(action.verb)} ${object.name}`,
        },
        async (tx) => {
          const began = SliceSize.computed();
          if (done === 0) await openChangeSet(tx, identity, changeSetId, { label });
          else await continueChangeSet(tx, changeSetId);
          const count = await action.apply(tx, slice);
          if (count === 0 && isWhole) await explainNothing(tx, object, identity, slice, action);
          size.took(slice.length, SliceSize.computed() - began);
          return count;
        },
      );
    } catch (error) {
      if (done > 0) await undoChangeSet(app, identity, changeSetId);
      throw error;
    }
    done += slice.length;
  } while (done < ids.length);
  return { changeSetId, changed };
}

function bulkLabel(object: RecordObject, { label }: BulkAction, count: number): Message {
  return label(count === 1 ? term(object.singular) : say`${count} ${term(object.name)}`);
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
  const these = ids.length === 1 ? say`this ${term(object.singular)}` : say`these ${term(object.name)}`;
  const counts = await visibleCounts(tx, object, identity, ids);
  if (counts.live + counts.trashed === 0) {
    throw new SatchelError(
      'not_found',
      say`There is nothing to ${verb}: ${these} cannot be found, or you may not see them.`,
    );
  }
  if (counts[appliesTo] > 0) {
    throw new SatchelError('forbidden', say`Your role does not allow you to ${verb} ${these}.`);
  }
}
