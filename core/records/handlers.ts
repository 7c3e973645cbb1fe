import type { z } from 'zod';
import type { countSchema, listInputSchema, listScopeSchema } from '#shared/contract/list.ts';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import type { ChangesOf, ObjectName, RecordOf, WholeOf } from '#shared/objects/objects.ts';
import type { RequestContext } from '../context.ts';
import { requireIdentity } from '../context.ts';
import { type BulkResult, changeInBulk } from './bulk.ts';
import { splitChildren } from './children.ts';
import { countRecords } from './count.ts';
import { type Changed, createRecord } from './create.ts';
import { listRecords, type Page } from './list.ts';
import { lockPersonal, openPersonal, sealPersonal } from './personal-values.ts';
import { wholeRecord } from './read.ts';
import type { RecordObject } from './record-object.ts';
import { checkReferences } from './references.ts';
import { checkRequired } from './required.ts';
import type { ResolvedSelection } from './selection.ts';
import { purgeRows, restoreRows, trashRows } from './trash.ts';
import { type UpdateRequest, updateOrHandOver, updateRecord } from './update.ts';

interface Call<Input> {
  readonly context: RequestContext;
  readonly input: Input;
}

/** What every object's part of the contract does (`recordProcedures` in the contract); each object's router binds it. */
export function recordHandlers<Name extends ObjectName>(object: RecordObject<Name>) {
  type Values = ChangesOf<Name>;
  return {
    list: async ({
      context,
      input,
    }: Call<z.output<typeof listInputSchema>>): Promise<Page<RecordOf<Name>>> => {
      const identity = await requireIdentity(context);
      const page = await context.app.engine.transaction(
        { as: identity, readOnly: true, label: `list ${object.name}` },
        (tx) => listRecords(tx, object, identity, input),
      );
      return { ...page, rows: await lockPersonal(context.app, object, identity, page.rows) };
    },

    count: async ({
      context,
      input,
    }: Call<z.output<typeof listScopeSchema>>): Promise<z.infer<typeof countSchema>> => {
      const identity = await requireIdentity(context);
      return context.app.engine.transaction(
        { as: identity, readOnly: true, label: `count ${object.name}` },
        (tx) => countRecords(tx, object, identity, input),
      );
    },

    get: async ({ context, input }: Call<{ id: string }>): Promise<WholeOf<Name>> => {
      const identity = await requireIdentity(context);
      const record = await context.app.engine.transaction(
        { as: identity, readOnly: true, label: `get ${object.singular}` },
        (tx) => wholeRecord(tx, object, identity, input.id),
      );
      return openPersonal(context.app, object, identity, record);
    },

    create: async ({ context, input }: Call<{ values: Values }>): Promise<Changed<WholeOf<Name>>> => {
      const identity = await requireIdentity(context);
      const values = await sealPersonal(context.app, object, identity, input.values);
      const made = await createRecord(context.app, object, identity, values);
      return { ...made, record: await openPersonal(context.app, object, identity, made.record) };
    },

    update: async ({ context, input }: Call<UpdateRequest>): Promise<Changed<WholeOf<Name>>> => {
      const identity = await requireIdentity(context);
      const values = await sealPersonal(context.app, object, identity, input.values);
      const changed = await updateRecord(context.app, object, identity, { ...input, values });
      return { ...changed, record: await openPersonal(context.app, object, identity, changed.record) };
    },

    bulkUpdate: async ({
      context,
      input,
    }: Call<{ selection: ResolvedSelection; values: Values }>): Promise<BulkResult> => {
      const identity = await requireIdentity(context);
      const given = await sealPersonal(context.app, object, identity, input.values);
      const { own: values, children } = splitChildren(object, given);
      const [child] = Object.keys(children);
      if (child !== undefined) {
        throw new SatchelError('invalid', say`"${child}" can only be changed on one record at a time.`, {
          details: { field: child },
        });
      }
      checkRequired(object, values, 'update');
      return changeInBulk(context.app, object, identity, input.selection, {
        label: (what) => say`Changed ${what}`,
        verb: say`change`,
        appliesTo: 'live',
        apply: async (tx, ids) => {
          await checkReferences(tx, object, identity, values);
          return updateOrHandOver(tx, object, identity, ids, values);
        },
      });
    },

    trash: async ({ context, input }: Call<{ selection: ResolvedSelection }>): Promise<BulkResult> => {
      const identity = await requireIdentity(context);
      return changeInBulk(context.app, object, identity, input.selection, {
        label: (what) => say`Moved to the trash: ${what}`,
        verb: say`delete`,
        appliesTo: 'live',
        apply: (tx, ids) => trashRows(tx, object, identity, ids),
      });
    },

    restore: async ({ context, input }: Call<{ selection: ResolvedSelection }>): Promise<BulkResult> => {
      const identity = await requireIdentity(context);
      return changeInBulk(context.app, object, identity, input.selection, {
        label: (what) => say`Restored ${what}`,
        verb: say`restore`,
        appliesTo: 'trashed',
        apply: (tx, ids) => restoreRows(tx, object, identity, ids),
      });
    },

    purge: async ({
      context,
      input,
    }: Call<{ selection: ResolvedSelection }>): Promise<{ purged: number }> => {
      const identity = await requireIdentity(context);
      const { changed } = await changeInBulk(context.app, object, identity, input.selection, {
        label: (what) => say`Deleted for good: ${what}`,
        verb: say`delete for good`,
        appliesTo: 'trashed',
        apply: (tx, ids) => purgeRows(tx, object, identity, ids),
      });
      return { purged: changed };
    },
  };
}
