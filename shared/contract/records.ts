import { oc } from '@orpc/contract';
import { z } from 'zod';
import { changeSetIdSchema, recordIdSchema } from '../ids.ts';
import {
  type ChangesOf,
  type ObjectName,
  objectNames,
  objects,
  type RecordOf,
  type WholeOf,
} from '../objects/objects.ts';
import { timestampSchema } from '../values.ts';
import { countSchema, listInputSchema, listScopeSchema, selectionSchema } from './list.ts';

/** What a change answers: enough to show it and to undo it. */
export const changeResultSchema = z.object({
  changeSetId: changeSetIdSchema,
  changed: z.int().min(0),
});

/** The procedures that every object has. */
function recordProcedures<Row, Whole, Changes>({
  row,
  record,
  changes,
}: {
  readonly row: z.ZodType<Row>;
  readonly record: z.ZodType<Whole>;
  readonly changes: z.ZodType<Changes>;
}) {
  const idInput = z.object({ id: recordIdSchema });
  return {
    list: oc
      .input(listInputSchema)
      .output(z.object({ rows: z.array(row), nextCursor: z.string().nullable() })),
    count: oc.input(listScopeSchema).output(countSchema),
    /** The whole record; also answers for a trashed one. */
    get: oc.input(idInput).output(record),
    /** Only `name`-like fields are required; what is left out gets its default. */
    create: oc
      .input(z.object({ values: changes }))
      .output(z.object({ record, changeSetId: changeSetIdSchema })),
    /**
     * Custom fields are merged by key: one left out stays, one given as null is emptied.
     * `expectedUpdatedAt` makes it fail with `conflict` when somebody changed the same fields meanwhile.
     */
    update: oc
      .input(idInput.extend({ values: changes, expectedUpdatedAt: timestampSchema.optional() }))
      .output(z.object({ record, changeSetId: changeSetIdSchema })),
    bulkUpdate: oc
      .input(z.object({ selection: selectionSchema, values: changes }))
      .output(changeResultSchema),
    trash: oc.input(z.object({ selection: selectionSchema })).output(changeResultSchema),
    restore: oc.input(z.object({ selection: selectionSchema })).output(changeResultSchema),
    /** Removes trashed records for good. Cannot be undone. */
    purge: oc.input(z.object({ selection: selectionSchema })).output(z.object({ purged: z.int().min(0) })),
  };
}

export type RecordsContract = {
  readonly [Name in ObjectName]: ReturnType<
    typeof recordProcedures<RecordOf<Name>, WholeOf<Name>, ChangesOf<Name>>
  >;
};

/** Every object's part of the contract; the names and types come from the catalogue. */
export const recordsContract = Object.fromEntries(
  objectNames.map((name) => [name, recordProcedures<unknown, unknown, unknown>(objects[name])]),
) as unknown as RecordsContract;
