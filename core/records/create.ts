import type { Identity } from '#db/engine/types.ts';
import type { ChangeSetId } from '#shared/ids.ts';
import { say, term } from '#shared/message.ts';
import type { ObjectName, WholeOf } from '#shared/objects/objects.ts';
import type { Application } from '../context.ts';
import { newChangeSetId, openChangeSet } from '../data/change-set.ts';
import { splitChildren, writeChildren } from './children.ts';
import { wholeRecord } from './read.ts';
import type { RecordObject } from './record-object.ts';
import type { RecordValues } from './record-values.ts';
import { checkReferences } from './references.ts';
import { checkRequired } from './required.ts';
import { insertRows, rowOf } from './write-rows.ts';

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
): Promise<Changed<WholeOf<Name>>> {
  const id = app.ids.next();
  const changeSetId = newChangeSetId(app.ids);
  const values =
    object.owner !== null && given[object.owner] === undefined
      ? { ...given, [object.owner]: identity.userId }
      : given;
  const { own, children } = splitChildren(object, values);
  checkRequired(object, own, 'insert');
  object.rules.checkNew?.(own);
  const record = await app.engine.transaction(
    { as: identity, label: `create ${object.singular}` },
    async (tx) => {
      await checkReferences(tx, object, identity, own);
      await openChangeSet(tx, identity, changeSetId, { label: say`Created ${term(object.singular)}` });
      const row = rowOf(object, own);
      await insertRows(tx, object, identity, [{ ...row, id }], new Set(Object.keys(row)));
      await writeChildren(tx, object, identity, id, children, app.ids);
      await object.rules.checkWritten?.(tx, identity, [id], own);
      return wholeRecord(tx, object, identity, id);
    },
  );
  return { record, changeSetId };
}
