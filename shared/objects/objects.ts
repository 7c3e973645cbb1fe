import { z } from 'zod';
import { accountFields, accountInputSchema, accountSchema } from './accounts.ts';
import { contactFields, contactInputSchema, contactSchema } from './contacts.ts';
import type { FieldDefinition } from './field.ts';
import { opportunityFields, opportunityInputSchema, opportunitySchema } from './opportunities.ts';
import { productFields, productInputSchema, productSchema } from './products.ts';

/** The objects that have lists and record pages. Each name is also its table and its part of the contract. */
export const objectNames = ['accounts', 'contacts', 'opportunities', 'products'] as const;
export const objectNameSchema = z.enum(objectNames);
export type ObjectName = z.infer<typeof objectNameSchema>;

export const objects = {
  accounts: { record: accountSchema, input: accountInputSchema, fields: accountFields, titleKey: 'name' },
  contacts: { record: contactSchema, input: contactInputSchema, fields: contactFields, titleKey: 'name' },
  opportunities: {
    record: opportunitySchema,
    input: opportunityInputSchema,
    fields: opportunityFields,
    titleKey: 'name',
  },
  products: { record: productSchema, input: productInputSchema, fields: productFields, titleKey: 'name' },
} as const;

export type RecordOf<Name extends ObjectName> = z.infer<(typeof objects)[Name]['record']>;
export type InputOf<Name extends ObjectName> = z.infer<(typeof objects)[Name]['input']>;

/** The fields of an object without their literal types, for code that treats all objects alike. */
export function fieldsOf(name: ObjectName): readonly FieldDefinition[] {
  return objects[name].fields;
}
