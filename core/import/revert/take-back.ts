import type { Identity, Tx } from '#db/engine/types.ts';
import { arrayOf, bool, int4, int8, jsonb, nullable, type RowValue, returning, text, uuid } from '#db/row.ts';
import { SatchelError } from '#shared/errors.ts';
import type { ImportBatchId } from '#shared/ids.ts';
import { type Message, say } from '#shared/message.ts';
import { importModules } from '../../objects/import-modules.ts';

/** An import that is taken back, or of which that is foreseen. */
export interface RevertedBatch {
  readonly identity: Identity;
  readonly id: ImportBatchId;
  readonly status: string;
  readonly mayPurge: boolean;
  /** The newest first: what was made later may refer to what was made before. */
  readonly changeSets: readonly string[];
}

/** How far it has come: this many change sets are done, and of the next one the entries from `below` on. */
export interface Place {
  readonly done: number;
  readonly below: bigint | null;
  /** How many entries the last slice looked at. */
  readonly examined: number;
}

export const start: Place = { done: 0, below: null, examined: 0 };

/** @throws SatchelError `not_found` */
export async function readRevertedBatch(
  tx: Tx,
  identity: Identity,
  id: ImportBatchId,
): Promise<RevertedBatch> {
  const [batch] = await tx.rows(
    returning({ status: 'import_batches.status', mayPurge: bool }),
    `SELECT status, satchel.can('record:purge') AS "mayPurge"
     FROM import_batches WHERE workspace_id = $1 AND id = $2`,
    [identity.workspaceId, id],
  );
  if (!batch) throw new SatchelError('not_found', say`There is no such import.`);
  const sets = await tx.rows(
    returning({ id: 'change_sets.id' }),
    `SELECT id FROM change_sets
     WHERE workspace_id = $1 AND import_batch_id = $2 AND source IN ('import', 'system')
     ORDER BY created_at DESC, id DESC`,
    [identity.workspaceId, id],
  );
  return { ...batch, identity, id, changeSets: sets.map((set) => set.id) };
}

/** Why something stays, as the database calls it. */
const reasons = {
  edited: say`It was changed since the import.`,
  changed: say`It was changed again since the import.`,
  referenced: say`Something that stays is linked to it.`,
  forbidden: say`Your role may not remove it.`,
};

export interface Kept {
  readonly object: string;
  readonly reason: Message;
}

interface Conflict {
  readonly object: string;
  readonly record_id: string;
  readonly reason: keyof typeof reasons | 'gone' | 'purged';
}

const removedShape = returning({ removed: int4, conflicts: jsonb<Conflict[]>() });

const sliceShape = returning({
  examined: int4,
  removed: int4,
  restored: arrayOf(uuid),
  conflicts: jsonb<Conflict[]>(),
  next_seq: nullable(int8),
});

/** What was taken back, or would be. */
export class Outcome {
  #removed = 0;
  readonly restored = new Set<string>();
  readonly kept = new Map<string, Kept>();

  get removed(): number {
    return this.#removed;
  }

  add({ removed, conflicts }: RowValue<typeof removedShape>, restored: readonly string[] = []): void {
    this.#removed += removed;
    for (const id of restored) this.restored.add(id);
    for (const { object, record_id, reason } of conflicts) {
      // What is not there any more is no concern of who takes an import back.
      if (reason !== 'gone' && reason !== 'purged')
        this.kept.set(record_id, { object, reason: reasons[reason] });
    }
  }
}

/**
 * Takes up to `rows` entries of the history back, as `satchel.take_back` tells, and adds what came of it to `outcome`.
 * `isForeseen`: changes nothing.
 * @returns how far it has come
 */
export async function takeBack(
  tx: Tx,
  { id, mayPurge, changeSets }: RevertedBatch,
  { done, below }: Omit<Place, 'examined'>,
  rows: number,
  outcome: Outcome,
  isForeseen = false,
): Promise<Place> {
  let examined = 0;
  while (examined < rows && done < changeSets.length) {
    const [slice] = await tx.rows(
      sliceShape,
      `SELECT examined, removed, restored, conflicts, next_seq
       FROM satchel.take_back($1::uuid, $2::bigint, $3::integer, $4::uuid, $5::boolean, $6::uuid[], $7::uuid[])`,
      [
        changeSets[done] ?? null,
        below,
        rows - examined,
        id,
        mayPurge,
        isForeseen ? [...outcome.kept.keys()] : null,
        isForeseen ? [...outcome.restored] : null,
      ],
    );
    if (!slice) throw new SatchelError('internal', say`Undoing gave no answer.`);
    outcome.add(slice, slice.restored);
    examined += slice.examined;
    below = slice.next_seq;
    if (below === null) done += 1;
  }
  return { done, below, examined };
}

/** Moves records that an import made to the trash, unless they were changed or something refers to them. */
export async function trashCreated(
  tx: Tx,
  table: string,
  ids: readonly string[],
  id: ImportBatchId,
  outcome: Outcome,
): Promise<void> {
  const [done] = await tx.rows(
    removedShape,
    'SELECT removed, conflicts FROM satchel.undo_created($1, $2::uuid[], NULL, $3::uuid, false)',
    [table, ids, id],
  );
  if (done) outcome.add(done);
}

const customFields = 'custom_field_definitions';

/** The name of a row in SQL, by its table. */
const shownNames = new Map([
  ...importModules.flatMap(({ name, shownName, companionTables }) => [
    [name, shownName] as const,
    ...companionTables.map((companion) => [companion.table, companion.shownName] as const),
  ]),
  [customFields, 'label'],
]);

export interface KeptSample {
  readonly object: string;
  readonly id: string;
  readonly name: string;
  readonly reason: Message;
}

/** The first `most` of what stays, with their names. */
export async function keptSamples(
  tx: Tx,
  { workspaceId }: Identity,
  { kept }: Outcome,
  most: number,
): Promise<KeptSample[]> {
  const first = [...kept].slice(0, most);
  const names = new Map<string, string>();
  for (const [table, of] of Map.groupBy(first, ([, { object }]) => object)) {
    const shown = shownNames.get(table);
    if (shown === undefined) continue;
    const rows = await tx.rows(
      returning({ id: uuid, name: nullable(text) }),
      `SELECT id, ${shown} AS name FROM ${table} WHERE workspace_id = $1 AND id = ANY ($2::uuid[])`,
      [workspaceId, of.map(([id]) => id)],
    );
    for (const { id, name } of rows) if (name !== null) names.set(id, name);
  }
  return first.map(([id, { object, reason }]) => ({
    object: object === customFields ? 'custom_fields' : object,
    id,
    name: names.get(id) ?? '',
    reason,
  }));
}
