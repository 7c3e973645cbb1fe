import { z } from 'zod';
import { importBatchIdSchema, productIdSchema } from '../ids.ts';
import { ask } from '../message.ts';
import {
  currencyInputSchema,
  currencySchema,
  customFieldsSchema,
  decimalSchema,
  lineSchema,
  textSchema,
  timestampSchema,
} from '../values.ts';
import type { FieldDefinition } from './field.ts';

export const productInputSchema = z.object({
  name: lineSchema.min(1, ask`Give the product a name.`),
  sku: lineSchema.nullable(),
  series: lineSchema.nullable(),
  unitPrice: decimalSchema.nullable(),
  currency: currencyInputSchema.nullable(),
  isActive: z.boolean(),
  description: textSchema.nullable(),
  customFields: customFieldsSchema,
});

export const productSchema = productInputSchema.extend({
  /** What came from elsewhere may have any code. */
  currency: currencySchema.nullable(),
  id: productIdSchema,
  importBatchId: importBatchIdSchema.nullable(),
  createdAt: timestampSchema,
  updatedAt: timestampSchema,
  deletedAt: timestampSchema.nullable(),
});
export type Product = z.infer<typeof productSchema>;
export type ProductInput = z.infer<typeof productInputSchema>;

export const productFields = [
  {
    key: 'name',
    column: 'name',
    type: 'text',
    section: 'main',
    isRequired: true,
    isSortable: true,
    isDefaultColumn: true,
  },
  { key: 'sku', column: 'sku', type: 'text', section: 'main', isDefaultColumn: true },
  { key: 'series', column: 'series', type: 'text', section: 'main', isDefaultColumn: true },
  {
    key: 'unitPrice',
    column: 'unit_price',
    type: 'money',
    section: 'main',
    isSortable: true,
    isDefaultColumn: true,
  },
  { key: 'currency', column: 'currency', type: 'text', section: 'main' },
  { key: 'isActive', column: 'is_active', type: 'boolean', section: 'main', isDefaultColumn: true },
  { key: 'description', column: 'description', type: 'long_text', section: 'about' },
  {
    key: 'createdAt',
    column: 'created_at',
    type: 'datetime',
    section: 'system',
    isReadOnly: true,
    isSortable: true,
  },
  {
    key: 'updatedAt',
    column: 'updated_at',
    type: 'datetime',
    section: 'system',
    isReadOnly: true,
    isSortable: true,
  },
] as const satisfies readonly FieldDefinition<keyof Product>[];
