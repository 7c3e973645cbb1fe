import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';

/** Rows of a table changed in a committed transaction. No `ids` means: too many to name, treat all as changed. */
export const tablesChangedSchema = z.object({
  table: z.string(),
  ids: z.array(z.string()).optional(),
});

export const eventsContract = {
  /** Ends only when the caller leaves. */
  tablesChanged: oc.input(z.object({})).output(eventIterator(tablesChangedSchema)),
};
