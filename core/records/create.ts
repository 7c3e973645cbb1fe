import type { Identity, Tx } from '#db/engine/types.ts';
import { sql } from '#db/sql.ts';
import { SatchelError } from '#shared/errors.ts';
import type { ChangeSetId } from '#shared/ids.ts';
import { say, term } from '#shared/message.ts';
import type { ObjectName, RecordOf } from '#shared/objects/objects.ts';
import type { Application } from '../context.ts';
import { newChangeSetId, openChangeSet } from '../data/change-set.ts';
import { executeStatement } from '../data/statement.ts';
import { assignments } from './assignments.ts';
import { recordById } from './read.ts';
import type { RecordObject } from './record-object.ts';
import type { RecordValues } from './record-values.ts';
import { checkReferences } from './references.ts';

export interface Changed<Row> {
  readonly record: Row;
  readonly changeSetId: ChangeSetId;
}

/**
 * Makes a record; what is left out gets its default, the owner being who makes it.
 * @throws SatchelError `invalid` naming the field, `forbidden` where the person's role does not allow it
 */
export async function createRecord<Name extends ObjectName>(
  app: Application,
  object: RecordObject<Name>,
  identity: Identity,
  given: RecordValues,
): Promise<Changed<RecordOf<Name>>> {
  const id = app.ids.next();
  const changeSetId = newChangeSetId(app.ids);
  const values =
    object.owner !== null && given[object.owner] === undefined
      ? { ...given, [object.owner]: identity.userId }
      : given;
  checkRequired(object, values, 'insert');
  object.rules.checkNew?.(values);
  const record = await app.engine.transaction(
    { as: identity, label: `create ${object.singular}` },
    async (tx) => {
      await checkReferences(tx, object, identity, values);
      await openChangeSet(tx, identity, changeSetId, { label: say`Created ${term(object.singular)}` });
      await insertRecord(tx, object, identity, id, values);
      await object.rules.checkWritten?.(tx, identity, [id], values);
      return recordById(tx, object, identity, id);
    },
  );
  return { record, changeSetId };
}

async function insertRecord(
  tx: Tx,
  object: RecordObject,
  identity: Identity,
  id: string,
  values: RecordValues,
): Promise<void> {
  const set = assignments(object, values, 'insert');
  const columns = sql.join(
    [sql`workspace_id`, sql`id`, ...set.map(({ column }) => sql`${sql.identifier(column)}`)],
    sql`, `,
  );
  const row = sql.join(
    [sql`${identity.workspaceId}::uuid`, sql`${id}::uuid`, ...set.map(({ value }) => value)],
    sql`, `,
  );
  await executeStatement(tx, sql`INSERT INTO ${sql.identifier(object.name)} (${columns}) VALUES (${row})`);
}

/** @throws SatchelError `invalid` where a required field is empty, or, in a new record, left out */
export function checkRequired(object: RecordObject, values: RecordValues, kind: 'insert' | 'update'): void {
  for (const field of object.fields) {
    // A required field with options has a default.
    if (!field.isRequired || (field.options && values[field.key] === undefined)) continue;
    const value = values[field.key];
    const isMissing = value === undefined ? kind === 'insert' : value === null || value === '';
    if (isMissing) {
      throw new SatchelError('invalid', say`Give the ${term(object.singular)} a ${field.key}.`, {
        details: { field: field.key },
      });
    }
  }
}
