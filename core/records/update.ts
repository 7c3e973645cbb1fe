import type { Identity, Tx } from '#db/engine/types.ts';
import { filled, returning } from '#db/row.ts';
import { sql } from '#db/sql.ts';
import { SatchelError } from '#shared/errors.ts';
import { type Message, say, term } from '#shared/message.ts';
import type { ObjectName, WholeOf } from '#shared/objects/objects.ts';
import type { Application } from '../context.ts';
import { newChangeSetId, openChangeSet } from '../data/change-set.ts';
import { list, queryRows } from '../data/statement.ts';
import { customFieldColumn } from '../history/fields.ts';
import { checkChildrenUnchanged, splitChildren, writeChildren } from './children.ts';
import type { Changed } from './create.ts';
import { handOver, handOverIn } from './hand-over.ts';
import { recordById, recordsByIds, wholeRecord } from './read.ts';
import type { RecordObject } from './record-object.ts';
import type { RecordValues } from './record-values.ts';
import { checkReferences } from './references.ts';
import { checkRequired } from './required.ts';
import { rowOf, updateAlike } from './write-rows.ts';

export interface UpdateRequest {
  readonly id: string;
  readonly values: RecordValues;
  /** `updatedAt` of the record that the person was looking at. */
  readonly expectedUpdatedAt?: string | undefined;
  /** What the history calls it, where it is more than a change of fields. */
  readonly label?: Message;
}

/**
 * Changes the given fields of a record.
 * @throws SatchelError `not_found`, `forbidden`, `invalid` naming the field, or `conflict` where the record is in the
 * trash or somebody has meanwhile given one of the same fields another value
 */
export async function updateRecord<Name extends ObjectName>(
  app: Application,
  object: RecordObject<Name>,
  identity: Identity,
  request: UpdateRequest,
): Promise<Changed<WholeOf<Name>>> {
  const changeSetId = newChangeSetId(app.ids);
  const id = request.id.toLowerCase();
  const { own, children } = splitChildren(object, request.values);
  checkRequired(object, own, 'update');
  const record = await app.engine.transaction(
    { as: identity, label: `update ${object.singular}` },
    async (tx) => {
      const before = await recordById(tx, object, identity, id);
      if (before.deletedAt !== null) {
        throw new SatchelError(
          'conflict',
          say`This ${term(object.singular)} is in the trash. Restore it to change it.`,
        );
      }
      await checkUnchanged(tx, object, identity, before, { ...request, values: own });
      await checkChildrenUnchanged(tx, object, identity, id, children, request.expectedUpdatedAt);
      await checkReferences(tx, object, identity, own);
      await openChangeSet(tx, identity, changeSetId, {
        label: request.label ?? say`Changed ${term(object.singular)}`,
      });
      const handed = await handOverIn(tx, object, identity, own);
      const values = handed?.rest ?? own;
      const changed = await updateRows(tx, object, identity, [id], values);
      if (changed === 0) throw mayNot(object, say`change`);
      await writeChildren(tx, object, identity, id, children, app.ids);
      const after = await wholeRecord(tx, object, identity, id);
      if (!handed) return after;
      if ((await handOver(tx, object, [id], handed.newOwner)) === 0) throw mayNot(object, say`hand over`);
      const [seen] = await recordsByIds(tx, object, identity, [id]);
      // Out of sight by now: answered as it was last seen, with its new owner.
      return { ...after, ...(seen ?? handed.asSeen) };
    },
  );
  return { record, changeSetId };
}

/**
 * Sets the same values on several live records. Row-level security leaves out those the person may not change.
 * @returns the number of records that now have the values
 */
export async function updateRows(
  tx: Tx,
  object: RecordObject,
  identity: Identity,
  ids: readonly string[],
  values: RecordValues,
): Promise<number> {
  const row = rowOf(object, values);
  if (Object.keys(row).length === 0) return ids.length;
  await object.rules.beforeUpdate?.(tx, identity, ids, values);
  const changed = await updateAlike(tx, object, identity, ids, row);
  await object.rules.checkWritten?.(tx, identity, ids, values);
  return changed;
}

export function mayNot(object: RecordObject, what: Message): SatchelError {
  return new SatchelError(
    'forbidden',
    say`Your role does not allow you to ${what} this ${term(object.singular)}.`,
  );
}

/**
 * Sets the same values on several live records, one of which may be a new owner.
 * @returns the number of records that now have the values
 */
export async function updateOrHandOver(
  tx: Tx,
  object: RecordObject,
  identity: Identity,
  ids: readonly string[],
  values: RecordValues,
): Promise<number> {
  const handed = await handOverIn(tx, object, identity, values);
  if (!handed) return updateRows(tx, object, identity, ids, values);
  const hasRest = Object.keys(handed.rest).length > 0;
  const changed = hasRest ? await updateRows(tx, object, identity, ids, handed.rest) : 0;
  return Math.max(changed, await handOver(tx, object, ids, handed.newOwner));
}

/** Two people may change different fields of a record; only the same field with different values is a conflict. */
async function checkUnchanged(
  tx: Tx,
  object: RecordObject,
  identity: Identity,
  before: { readonly updatedAt: string },
  { id, values, expectedUpdatedAt }: UpdateRequest,
): Promise<void> {
  if (expectedUpdatedAt === undefined || expectedUpdatedAt === before.updatedAt) return;
  const current = new Map(Object.entries(before));
  const wanted = object.fields.filter(
    (field) => values[field.key] !== undefined && !isSame(values[field.key], current.get(field.key)),
  );
  const customKeys = Object.keys(values['customFields'] ?? {});
  if (wanted.length + customKeys.length === 0) return;
  // How the history names them, and what the interface calls them.
  const keys = new Map([
    ...wanted.map((field): [string, string] => [field.column, field.key]),
    ...customKeys.map((key): [string, string] => [customFieldColumn(key), `custom.${key}`]),
  ]);
  const changed = await queryRows(
    tx,
    returning({ name: filled('field_history.field') }),
    sql`
      SELECT DISTINCT h.field AS name
      FROM field_history h
      WHERE h.workspace_id = ${identity.workspaceId}::uuid AND h.record_id = ${id}::uuid
        AND h.object = ${object.name} AND h.changed_at > ${expectedUpdatedAt}::timestamptz
        AND h.field = ANY(${list([...keys.keys()])}::text[])`,
  );
  if (changed.length === 0) return;
  throw new SatchelError(
    'conflict',
    say`Somebody changed the same field meanwhile. Look at the new value, then change it again.`,
    { details: { fields: changed.map(({ name }) => keys.get(name) ?? name) } },
  );
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other || ((one === '' || one === null) && other === null);
}
