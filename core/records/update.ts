import { sql } from 'drizzle-orm';
import type { Identity, Tx } from '#db/engine/types.ts';
import { SatchelError } from '#shared/errors.ts';
import type { ObjectName, RecordOf } from '#shared/objects/objects.ts';
import type { Application } from '../context.ts';
import { assignments, setClause } from './assignments.ts';
import { newChangeSetId, openChangeSet } from './change-set.ts';
import { type Changed, checkRequired } from './create.ts';
import { recordById } from './read.ts';
import type { RecordObject } from './record-object.ts';
import type { RecordValues } from './record-values.ts';
import { checkReferences } from './references.ts';
import { executeStatement, list, queryRows } from './statement.ts';

export interface UpdateRequest {
  readonly id: string;
  readonly values: RecordValues;
  /** `updatedAt` of the record that the person was looking at. */
  readonly expectedUpdatedAt?: string | undefined;
  /** What the history calls it, where it is more than a change of fields. */
  readonly label?: string;
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
): Promise<Changed<RecordOf<Name>>> {
  const changeSetId = newChangeSetId(app.ids);
  const id = request.id.toLowerCase();
  checkRequired(object, request.values, 'update');
  const record = await app.engine.transaction(
    { as: identity, label: `update ${object.singular}` },
    async (tx) => {
      const before = await recordById(tx, object, identity, id);
      if (before.deletedAt !== null) {
        throw new SatchelError(
          'conflict',
          `This ${object.singular} is in the trash. Restore it to change it.`,
        );
      }
      await checkUnchanged(tx, object, identity, before, request);
      await checkReferences(tx, object, identity, request.values);
      await openChangeSet(tx, identity, changeSetId, {
        label: request.label ?? `Changed ${object.singular}`,
      });
      const changed = await updateRows(tx, object, identity, [id], request.values);
      if (changed === 0) throw mayNot(object, 'change');
      return recordById(tx, object, identity, id);
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
  const set = [
    ...assignments(object, values, 'update'),
    ...(object.rules.followUps?.(values, 'update') ?? []),
  ];
  if (set.length === 0) return ids.length;
  await object.rules.beforeUpdate?.(tx, identity, ids, values);
  const changed = await executeStatement(
    tx,
    sql`
      UPDATE ${sql.identifier(object.name)} r
      SET ${setClause(set)}
      WHERE r.workspace_id = ${identity.workspaceId}::uuid AND r.id = ANY(${list(ids)}::uuid[])
        AND r.deleted_at IS NULL`,
  );
  await object.rules.checkWritten?.(tx, identity, ids, values);
  return changed;
}

export function mayNot(object: RecordObject, what: string): SatchelError {
  return new SatchelError('forbidden', `Your role does not allow you to ${what} this ${object.singular}.`);
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
  if (wanted.length === 0) return;
  const changed = await queryRows<{ field: string }>(
    tx,
    sql`
      SELECT DISTINCT h.field
      FROM field_history h
      WHERE h.workspace_id = ${identity.workspaceId}::uuid AND h.record_id = ${id}::uuid
        AND h.object = ${object.name} AND h.changed_at > ${expectedUpdatedAt}::timestamptz
        AND h.field = ANY(${list(wanted.map((field) => field.column))}::text[])`,
  );
  if (changed.length === 0) return;
  const fields = wanted.filter((field) => changed.some((change) => change.field === field.column));
  throw new SatchelError(
    'conflict',
    'Somebody changed the same field meanwhile. Look at the new value, then change it again.',
    { details: { fields: fields.map((field) => field.key) } },
  );
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other || ((one === '' || one === null) && other === null);
}
