import { oc } from '@orpc/contract';
import { z } from 'zod';
import { savedViewIdSchema } from '../ids.ts';
import { objectNameSchema } from '../objects/objects.ts';
import { lineSchema } from '../values.ts';
import { filterGroupSchema, sortSchema } from './list.ts';

/** What a list shows: columns in order, sort and filter, and the layout. */
export const viewDefinitionSchema = z.object({
  columns: z
    .array(z.object({ field: z.string().max(100), width: z.int().min(40).max(1_000).optional() }))
    .max(100),
  sort: z.array(sortSchema).max(3),
  filter: filterGroupSchema.optional(),
  layout: z.enum(['list', 'board']).default('list'),
});
export type ViewDefinition = z.infer<typeof viewDefinitionSchema>;

export const savedViewSchema = z.object({
  id: savedViewIdSchema,
  object: objectNameSchema,
  name: lineSchema.min(1),
  isShared: z.boolean(),
  isMine: z.boolean(),
  definition: viewDefinitionSchema,
});
export type SavedView = z.infer<typeof savedViewSchema>;

export const viewsContract = {
  list: oc.input(z.object({ object: objectNameSchema })).output(z.array(savedViewSchema)),
  save: oc
    .input(savedViewSchema.omit({ isMine: true, id: true }).extend({ id: savedViewIdSchema.optional() }))
    .output(savedViewSchema),
  remove: oc.input(z.object({ id: savedViewIdSchema })).output(z.object({})),
};
