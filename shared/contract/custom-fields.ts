import { oc } from '@orpc/contract';
import { z } from 'zod';
import { customFieldTypeSchema } from '../enums.ts';
import { objectNameSchema } from '../objects/objects.ts';
import { customFieldKeySchema, lineSchema } from '../values.ts';

export const customFieldDefinitionSchema = z.object({
  object: objectNameSchema,
  key: customFieldKeySchema,
  label: lineSchema.min(1),
  type: customFieldTypeSchema,
  options: z.array(lineSchema).max(500),
  isRequired: z.boolean(),
  /** Its values are sealed by a key that the database never holds; it is in no list, filter or search. Never changed later. */
  isPersonal: z.boolean().default(false),
  position: z.int(),
});
export type CustomFieldDefinition = z.infer<typeof customFieldDefinitionSchema>;

export const customFieldsContract = {
  list: oc
    .input(
      z.object({
        object: objectNameSchema.optional(),
        /** Those that were removed, instead of those in use. */
        removed: z.boolean().default(false),
      }),
    )
    .output(z.array(customFieldDefinitionSchema)),
  define: oc.input(customFieldDefinitionSchema.omit({ position: true })).output(customFieldDefinitionSchema),
  remove: oc.input(z.object({ object: objectNameSchema, key: z.string() })).output(z.object({})),
  /** Puts the fields of an object that are in use into the order of their keys; all must be named. */
  reorder: oc
    .input(z.object({ object: objectNameSchema, keys: z.array(z.string().max(63)).max(1_000) }))
    .output(z.array(customFieldDefinitionSchema)),
};
