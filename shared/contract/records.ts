import { oc } from '@orpc/contract';
import { z } from 'zod';
import { changeSetIdSchema, recordIdSchema } from '../ids.ts';
import { objects } from '../objects/objects.ts';
import { timestampSchema } from '../values.ts';
import { countSchema, listInputSchema, listScopeSchema, selectionSchema } from './list.ts';

/** What a change answers: enough to show it and to undo it. */
export const changeResultSchema = z.object({
  changeSetId: changeSetIdSchema,
  changed: z.int().min(0),
});

/** The procedures that every object has. */
function recordProcedures<Record extends z.ZodType, Input extends z.ZodObject>(record: Record, input: Input) {
  const idInput = z.object({ id: recordIdSchema });
  return {
    list: oc
      .input(listInputSchema)
      .output(z.object({ rows: z.array(record), nextCursor: z.string().nullable() })),
    count: oc.input(listScopeSchema).output(countSchema),
    /** Also answers for a trashed record. */
    get: oc.input(idInput).output(record),
    /** Only `name`-like fields are required; what is left out gets its default. */
    create: oc
      .input(z.object({ values: input.partial() }))
      .output(z.object({ record, changeSetId: changeSetIdSchema })),
    /**
     * Custom fields are merged by key: one left out stays, one given as null is emptied.
     * `expectedUpdatedAt` makes it fail with `conflict` when somebody changed the same fields meanwhile.
     */
    update: oc
      .input(idInput.extend({ values: input.partial(), expectedUpdatedAt: timestampSchema.optional() }))
      .output(z.object({ record, changeSetId: changeSetIdSchema })),
    bulkUpdate: oc
      .input(z.object({ selection: selectionSchema, values: input.partial() }))
      .output(changeResultSchema),
    trash: oc.input(z.object({ selection: selectionSchema })).output(changeResultSchema),
    restore: oc.input(z.object({ selection: selectionSchema })).output(changeResultSchema),
    /** Removes trashed records for good. Cannot be undone. */
    purge: oc.input(z.object({ selection: selectionSchema })).output(z.object({ purged: z.int().min(0) })),
  };
}

export const recordsContract = {
  accounts: recordProcedures(objects.accounts.record, objects.accounts.input),
  contacts: recordProcedures(objects.contacts.record, objects.contacts.input),
  opportunities: recordProcedures(objects.opportunities.record, objects.opportunities.input),
  products: recordProcedures(objects.products.record, objects.products.input),
};
