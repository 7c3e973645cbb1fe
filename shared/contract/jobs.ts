import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { jobIdSchema } from '../ids.ts';
import { messageSchema } from '../message.ts';
import { timestampSchema } from '../values.ts';

/** Work in the background: what waits, what runs, and what has failed. What is done is gone from the list. */
export const jobSchema = z.object({
  id: jobIdSchema,
  /** Such as `import`; with `kind` it says what the work is. */
  service: z.string(),
  kind: z.string(),
  state: z.enum(['waiting', 'running', 'failed']),
  /** False for work of another version of Satchel: it is kept and not run. */
  isKnown: z.boolean(),
  /** False for what ends with Satchel instead of going on with the next start. */
  isKept: z.boolean(),
  /** Tries since it last got on. */
  attempts: z.int().min(0),
  /** How much is done, and of how much where that is known; null before the first of it. */
  progress: z.object({ done: z.number().min(0), total: z.number().min(0).nullable() }).nullable(),
  /** Why the last try failed. */
  error: messageSchema.nullable(),
  /** When a waiting one is tried next, at the earliest. */
  notBefore: timestampSchema,
  createdAt: timestampSchema,
});
export type Job = z.infer<typeof jobSchema>;

const jobInput = z.object({ id: jobIdSchema });

/** A person sees and steers their own jobs; with the permission `workspace:update` all of them. */
export const jobsContract = {
  list: oc.input(z.object({})).output(z.array(jobSchema)),
  /** The list at the beginning and after each change, about ten times a second at most. Ends only when the caller leaves. */
  watch: oc.input(z.object({})).output(eventIterator(z.array(jobSchema))),
  /** Begins anew to count the tries of one that waits or has failed, and tries it at once. `not_found` otherwise. */
  retry: oc.input(jobInput).output(z.object({})),
  /** Resolves when nothing of it runs any more and it is gone. What it did so far stays. `not_found` when there is none. */
  cancel: oc.input(jobInput).output(z.object({})),
};
