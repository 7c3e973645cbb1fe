import { oc } from '@orpc/contract';
import { z } from 'zod';
import { activityDirectionSchema, activityTypeSchema, changeSourceSchema } from '../enums.ts';
import { activityIdSchema, changeSetIdSchema, recordIdSchema, userIdSchema } from '../ids.ts';
import { linkedObjects, objectNameSchema } from '../objects/objects.ts';
import { lineSchema, textSchema, timestampSchema } from '../values.ts';

/** A record that an activity is about. */
export const activityLinkSchema = z.object({ object: z.enum(linkedObjects), id: recordIdSchema });
export type ActivityLink = z.infer<typeof activityLinkSchema>;

/** The same with its name for display. */
export const recordLinkSchema = activityLinkSchema.extend({ name: z.string() });
export type RecordLink = z.infer<typeof recordLinkSchema>;

export const activitySchema = z.object({
  id: activityIdSchema,
  type: activityTypeSchema,
  subject: z.string().nullable(),
  body: z.string().nullable(),
  outcome: z.string().nullable(),
  direction: activityDirectionSchema.nullable(),
  durationMinutes: z.int().nullable(),
  occurredAt: timestampSchema,
  userId: userIdSchema.nullable(),
  userName: z.string().nullable(),
  links: z.array(recordLinkSchema),
});
export type Activity = z.infer<typeof activitySchema>;

const activityFieldsSchema = z.object({
  type: activityTypeSchema,
  subject: lineSchema.nullable(),
  body: textSchema.nullable(),
  outcome: lineSchema.nullable(),
  direction: activityDirectionSchema.nullable(),
  durationMinutes: z.int().min(0).max(10_000).nullable(),
  occurredAt: timestampSchema,
  links: z.array(activityLinkSchema).max(300),
});

/** A new activity; what is left out is empty. It is about one record at least. */
export const activityInputSchema = activityFieldsSchema.extend({
  subject: activityFieldsSchema.shape.subject.default(null),
  body: activityFieldsSchema.shape.body.default(null),
  outcome: activityFieldsSchema.shape.outcome.default(null),
  direction: activityFieldsSchema.shape.direction.default(null),
  durationMinutes: activityFieldsSchema.shape.durationMinutes.default(null),
  links: activityFieldsSchema.shape.links.default([]),
});
export type ActivityInput = z.input<typeof activityInputSchema>;

/** Changes of one record by one person within a short while, shown as one entry. */
export const changeEntrySchema = z.object({
  kind: z.literal('change'),
  at: timestampSchema,
  operation: z.enum(['insert', 'update', 'delete', 'restore']),
  source: changeSourceSchema,
  userName: z.string().nullable(),
  changeSetIds: z.array(changeSetIdSchema),
  /** By key of the object's fields, or `custom.<key>`; references by the names of what they point at. */
  fields: z.array(z.object({ field: z.string(), from: z.json(), to: z.json() })),
});
export const activityEntrySchema = z.object({
  kind: z.literal('activity'),
  at: timestampSchema,
  activity: activitySchema,
});
export const timelineEntrySchema = z.discriminatedUnion('kind', [activityEntrySchema, changeEntrySchema]);
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;

export const timelineKinds = [...activityTypeSchema.options, 'change'] as const;
export type TimelineKind = (typeof timelineKinds)[number];

export const timelineContract = {
  /** Newest first; `cursor` continues below the last entry seen. */
  list: oc
    .input(
      z.object({
        object: objectNameSchema,
        id: recordIdSchema,
        /** Which kinds to show; all when left out. */
        kinds: z.array(z.enum(timelineKinds)).optional(),
        cursor: z.string().max(500).optional(),
        limit: z.int().min(1).max(100).default(30),
      }),
    )
    .output(z.object({ entries: z.array(timelineEntrySchema), nextCursor: z.string().nullable() })),
  /** Logs a call, meeting, email or note. An activity of a contact also shows on the contact's account. */
  log: oc
    .input(activityInputSchema)
    .output(z.object({ activity: activitySchema, changeSetId: changeSetIdSchema })),
  update: oc
    .input(
      z.object({
        id: activityIdSchema,
        /** As last seen: says in which month the activity is found. */
        occurredAt: timestampSchema,
        /** What is left out stays; links that are given replace all there were. */
        values: activityFieldsSchema.partial(),
      }),
    )
    .output(z.object({ activity: activitySchema, changeSetId: changeSetIdSchema })),
  remove: oc
    .input(z.object({ id: activityIdSchema, occurredAt: timestampSchema }))
    .output(z.object({ changeSetId: changeSetIdSchema })),
};
