import type { Identity, Tx } from '#db/engine/types.ts';
import { bool, int4, int8, nullable, returning } from '#db/row.ts';
import { sql } from '#db/sql.ts';
import { SatchelError } from '#shared/errors.ts';
import type { ChangeSetId } from '#shared/ids.ts';
import { type Message, say } from '#shared/message.ts';
import type { Application } from '../context.ts';
import { continueChangeSet, newChangeSetId, openChangeSet } from '../data/change-set.ts';
import { queryOne } from '../data/statement.ts';
import { type SlicePace, SliceSize } from '../slice-size.ts';

/** How many entries of the history are taken back at a time, so that a slice holds the engine shortly. */
const pace: SlicePace = { targetMilliseconds: 25, minRows: 20, maxRows: 1_000, firstRows: 100 };

export interface Undone {
  /** The change set that took it back; undoing that one redoes. */
  readonly changeSetId: ChangeSetId;
  /** Records changed back; those the change had made went to the trash. */
  readonly undone: number;
  /** Changes left as they are: changed again since, gone for good, or against a rule by now. */
  readonly skipped: number;
}

/**
 * Takes a change set back, newest entry first, as `satchel.undo_slice` tells: what was changed again since is left as
 * it is. The first slice is one transaction with the mark that the change is being undone, so that a small change is
 * undone wholly or not at all; a large one goes on in slices behind whatever the person does next.
 * @throws SatchelError `not_found`; `conflict` where it is undone already; `forbidden` where it is somebody else's and
 * the role does not allow undoing the changes of others
 */
export async function undoChangeSet(
  app: Application,
  identity: Identity,
  changeSetId: ChangeSetId,
): Promise<Undone> {
  const undo = { app, identity, changeSetId, undoId: newChangeSetId(app.ids) };
  const counts = { undone: 0, skipped: 0 };
  let below: bigint | null = null;
  const sizes = new SliceSize(pace);
  let size = sizes.rows;
  for (let isOpen = false; ; ) {
    const slice = await takeBack(undo, isOpen, below, size);
    isOpen ||= slice.isDone;
    if (!slice.isDone) {
      // The database refused: something among these entries cannot be taken back. Ever smaller slices find it.
      size = Math.floor(size / 2);
      if (size > 0) continue;
      below = await passOver(undo, isOpen, below);
      isOpen = true;
      size = sizes.rows;
      counts.skipped += 1;
      continue;
    }
    counts.undone += slice.undone;
    counts.skipped += slice.conflicts;
    if (slice.next_seq === null) return { changeSetId: undo.undoId, ...counts };
    below = slice.next_seq;
    sizes.took(size, slice.milliseconds);
    // After a refusal the slices grow again step by step.
    size = Math.min(sizes.rows, size * 2);
  }
}

interface Undo {
  readonly app: Application;
  readonly identity: Identity;
  readonly changeSetId: ChangeSetId;
  readonly undoId: ChangeSetId;
}

type Slice =
  | {
      readonly isDone: true;
      readonly undone: number;
      readonly conflicts: number;
      readonly next_seq: bigint | null;
      /** Computed, of this thread. */
      readonly milliseconds: number;
    }
  | { readonly isDone: false };

/** Takes up to `size` entries below `below` back; not done where a rule of the database stands against one of them. */
async function takeBack(undo: Undo, isOpen: boolean, below: bigint | null, size: number): Promise<Slice> {
  const { app, identity, changeSetId } = undo;
  let hasBegun = false;
  try {
    return await app.engine.transaction(
      { as: identity, priority: isOpen ? 'background' : 'interactive', label: 'undo' },
      async (tx) => {
        const began = SliceSize.computed();
        await begin(tx, undo, isOpen);
        hasBegun = true;
        const slice = await queryOne(
          tx,
          returning({ undone: int4, conflicts: int4, next_seq: nullable(int8) }),
          sql`
            SELECT s.undone, s.conflicts, s.next_seq
            FROM satchel.undo_slice(${changeSetId}::uuid, ${below}::bigint, ${size}::integer) s`,
        );
        if (!slice) throw new SatchelError('internal', say`Undoing gave no answer.`);
        return { isDone: true, ...slice, milliseconds: SliceSize.computed() - began };
      },
    );
  } catch (error) {
    const isRefusal = error instanceof SatchelError && ['invalid', 'conflict'].includes(error.code);
    if (hasBegun && isRefusal) return { isDone: false };
    throw error;
  }
}

/** Leaves the next entry as it is. @returns its number, below which undoing goes on */
async function passOver(undo: Undo, isOpen: boolean, below: bigint | null): Promise<bigint> {
  return undo.app.engine.transaction({ as: undo.identity, label: 'undo' }, async (tx) => {
    await begin(tx, undo, isOpen);
    const next = await queryOne(
      tx,
      returning({ seq: 'field_history.seq' }),
      sql`
        SELECT h.seq FROM field_history h
        WHERE h.workspace_id = ${undo.identity.workspaceId}::uuid AND h.change_set_id = ${undo.changeSetId}::uuid
          AND (${below}::bigint IS NULL OR h.seq < ${below}::bigint)
        ORDER BY h.seq DESC
        LIMIT 1`,
    );
    return next?.seq ?? 0n;
  });
}

async function begin(tx: Tx, undo: Undo, isOpen: boolean): Promise<void> {
  if (isOpen) await continueChangeSet(tx, undo.undoId);
  else await openUndo(tx, undo);
}

async function openUndo(tx: Tx, { identity, changeSetId, undoId }: Undo): Promise<void> {
  const found = await queryOne(
    tx,
    returning({ label: 'change_sets.label', undone_by: 'change_sets.undone_by', may: bool }),
    sql`
      SELECT
        c.label, c.undone_by,
        c.user_id IS NOT DISTINCT FROM ${identity.userId}::uuid OR satchel.can('history:undo') AS may
      FROM change_sets c
      WHERE c.workspace_id = ${identity.workspaceId}::uuid AND c.id = ${changeSetId}::uuid`,
  );
  if (!found) throw new SatchelError('not_found', say`This change is not known.`);
  if (found.undone_by) throw new SatchelError('conflict', say`This change was undone already.`);
  if (!found.may)
    throw new SatchelError('forbidden', say`Your role does not allow you to undo changes of others.`);
  await openChangeSet(tx, identity, undoId, {
    label: undoLabel(found.label),
    undoes: changeSetId,
  });
}

/** What was undone or redone is named once, however often that was done. */
function undoLabel(label: Message | null): Message {
  if (label === null) return say`Undid a change`;
  const [inner] = label.values;
  const what = typeof inner === 'object' ? inner : label;
  switch (label.template) {
    case say`Undid a change`.template:
      return say`Redid a change`;
    case say`Redid a change`.template:
      return say`Undid a change`;
    case say`Undid: ${what}`.template:
      return say`Redid: ${what}`;
    case say`Redid: ${what}`.template:
      return say`Undid: ${what}`;
    default:
      return say`Undid: ${label}`;
  }
}
