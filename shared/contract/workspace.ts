import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { userIdSchema, workspaceIdSchema } from '../ids.ts';
import { ask, messageSchema } from '../message.ts';
import {
  currencyInputSchema,
  currencySchema,
  lineSchema,
  localeInputSchema,
  timestampSchema,
  timezoneInputSchema,
} from '../values.ts';

export const personSchema = z.object({
  id: userIdSchema,
  fullName: z.string(),
  email: z.string().nullable(),
  teamName: z.string().nullable(),
  isActive: z.boolean(),
});
export type Person = z.infer<typeof personSchema>;

/** What the app can show: a workspace, the first run, the recovery screen, or an upgrade of the database. */
export const workspaceStatusSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('first_run') }),
  z.object({
    state: z.literal('ready'),
    workspace: z.object({
      id: workspaceIdSchema,
      name: z.string(),
      currency: currencySchema,
      /** What days, months and times of day are counted in, for everybody. */
      timezone: z.string(),
      /** How numbers and dates are written. */
      locale: z.string(),
      isDemo: z.boolean(),
    }),
    person: personSchema,
    /** E.g. `contacts:delete`, with the scope the person has it in. */
    permissions: z.record(z.string(), z.enum(['own', 'team', 'all'])),
  }),
  z.object({
    state: z.literal('damaged'),
    /** What was found, for a person. */
    reason: messageSchema,
    /** When that was found: later ones come from opening the directory again. */
    foundAt: timestampSchema,
    directory: z.string(),
    lastVerifiedBackup: z.object({ file: z.string(), at: timestampSchema }).nullable(),
    /** Folders of the data directory that a restore or an upgrade of PostgreSQL has put aside. */
    kept: z.array(z.object({ name: z.string(), by: z.enum(['restore', 'upgrade']) })),
  }),
  z.object({
    /** The data of an earlier PostgreSQL is being brought over; ask again soon. */
    state: z.literal('upgrading'),
    step: z.enum(['preparing', 'copying', 'indexing', 'comparing']),
    done: z.number().min(0),
    total: z.number().min(0),
  }),
]);
export type WorkspaceStatus = z.infer<typeof workspaceStatusSchema>;

export const progressSchema = z.object({
  done: z.int().min(0),
  total: z.int().min(0).nullable(),
  step: z.string(),
});
export type Progress = z.infer<typeof progressSchema>;

export const newWorkspaceSchema = z.object({
  name: lineSchema.min(1, ask`Give the workspace a name.`),
  personName: lineSchema.min(1, ask`Enter your name.`),
  currency: currencyInputSchema.default('USD'),
  /** Those of the machine where the workspace is made, unless given. */
  timezone: timezoneInputSchema.optional(),
  locale: localeInputSchema.optional(),
});

const demoSizeSchema = z.object({
  contacts: z.int().min(0).max(1_000_000).default(2_000),
  activities: z.int().min(0).max(5_000_000).default(10_000),
  /** The same seed makes the same firm. Without one it is a new firm every time. */
  seed: z
    .int()
    .min(0)
    .max(2 ** 31)
    .optional(),
});

export const workspaceContract = {
  status: oc.input(z.object({})).output(workspaceStatusSchema),
  /**
   * Renames the workspace, or chooses its currency, time zone or locale; what is left out stays. Needs the permission
   * `workspace:update`.
   */
  update: oc
    .input(
      z
        .object({
          name: lineSchema.min(1, ask`Give the workspace a name.`),
          currency: currencyInputSchema,
          timezone: timezoneInputSchema,
          locale: localeInputSchema,
        })
        .partial(),
    )
    .output(
      z.object({ name: z.string(), currency: currencySchema, timezone: z.string(), locale: z.string() }),
    ),
  /** First run only. */
  create: oc.input(newWorkspaceSchema).output(workspaceStatusSchema),
  /** Fills the workspace with a believable example firm, in slices; ends by itself. */
  fillWithDemo: oc.input(demoSizeSchema).output(eventIterator(progressSchema)),
  /**
   * Only for a damaged workspace, whose person decided: opens it again as it is, or puts the last verified backup in its
   * place. The damaged database is kept beside it. The connection ends soon after the answer.
   */
  recover: oc.input(z.object({ how: z.enum(['open_again', 'restore_backup']) })).output(z.object({})),
  people: oc.input(z.object({ search: z.string().max(200).optional() })).output(z.array(personSchema)),
};
