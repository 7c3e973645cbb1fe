import { oc } from '@orpc/contract';
import { z } from 'zod';
import { changeSourceSchema } from '../enums.ts';
import { changeSetIdSchema } from '../ids.ts';
import { messageSchema } from '../message.ts';
import { timestampSchema } from '../values.ts';

export const changeSetSchema = z.object({
  id: changeSetIdSchema,
  label: messageSchema.nullable(),
  source: changeSourceSchema,
  userName: z.string().nullable(),
  createdAt: timestampSchema,
  undoneBy: changeSetIdSchema.nullable(),
});

export const historyContract = {
  /** The newest change sets of the workspace. */
  recent: oc.input(z.object({ limit: z.int().min(1).max(100).default(20) })).output(z.array(changeSetSchema)),
  /**
   * Undoes a change set as a change set of its own (so that undoing it redoes). A field that was changed again since
   * is left as it is and counted in `skipped`.
   */
  undo: oc
    .input(z.object({ changeSetId: changeSetIdSchema }))
    .output(z.object({ changeSetId: changeSetIdSchema, undone: z.int().min(0), skipped: z.int().min(0) })),
};
