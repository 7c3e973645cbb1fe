import { z } from 'zod';
import { accountIdSchema, importBatchIdSchema, userIdSchema } from '../ids.ts';
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

/** What a person may set on an account (a company or other organisation). */
export const accountInputSchema = z.object({
  name: lineSchema.min(1, ask`Give the account a name.`),
  domain: lineSchema.nullable(),
  website: lineSchema.nullable(),
  industry: lineSchema.nullable(),
  employeeCount: z.int().min(0).max(100_000_000).nullable(),
  annualRevenue: decimalSchema.nullable(),
  currency: currencyInputSchema.nullable(),
  yearEstablished: z.int().min(1000).max(2100).nullable(),
  phoneOffice: lineSchema.nullable(),
  addressStreet: lineSchema.nullable(),
  addressCity: lineSchema.nullable(),
  addressState: lineSchema.nullable(),
  addressPostalCode: lineSchema.nullable(),
  addressCountry: lineSchema.nullable(),
  parentAccountId: accountIdSchema.nullable(),
  description: textSchema.nullable(),
  ownerId: userIdSchema.nullable(),
  customFields: customFieldsSchema,
});

export const accountSchema = accountInputSchema.extend({
  /** What came from elsewhere may have any code. */
  currency: currencySchema.nullable(),
  id: accountIdSchema,
  parentAccountName: z.string().nullable(),
  ownerName: z.string().nullable(),
  importBatchId: importBatchIdSchema.nullable(),
  createdAt: timestampSchema,
  updatedAt: timestampSchema,
  deletedAt: timestampSchema.nullable(),
});
export type Account = z.infer<typeof accountSchema>;
export type AccountInput = z.infer<typeof accountInputSchema>;

export const accountFields = [
  {
    key: 'name',
    column: 'name',
    type: 'text',
    section: 'main',
    isRequired: true,
    isSortable: true,
    isDefaultColumn: true,
  },
  {
    key: 'industry',
    column: 'industry',
    type: 'text',
    section: 'main',
    isSortable: true,
    isDefaultColumn: true,
  },
  { key: 'domain', column: 'domain', type: 'text', section: 'reach' },
  { key: 'website', column: 'website', type: 'url', section: 'reach' },
  { key: 'phoneOffice', column: 'phone_office', type: 'phone', section: 'reach', isDefaultColumn: true },
  {
    key: 'employeeCount',
    column: 'employee_count',
    type: 'integer',
    section: 'about',
    isDefaultColumn: true,
    isSortable: true,
  },
  {
    key: 'annualRevenue',
    column: 'annual_revenue',
    type: 'money',
    section: 'about',
    isSortable: true,
    isDefaultColumn: true,
  },
  { key: 'currency', column: 'currency', type: 'text', section: 'about' },
  { key: 'yearEstablished', column: 'year_established', type: 'integer', section: 'about' },
  {
    key: 'parentAccountId',
    column: 'parent_account_id',
    type: 'reference',
    target: 'accounts',
    displayKey: 'parentAccountName',
    section: 'main',
    isSortable: true,
  },
  { key: 'addressStreet', column: 'address_street', type: 'text', section: 'address' },
  { key: 'addressCity', column: 'address_city', type: 'text', section: 'address', isDefaultColumn: true },
  { key: 'addressState', column: 'address_state', type: 'text', section: 'address' },
  { key: 'addressPostalCode', column: 'address_postal_code', type: 'text', section: 'address' },
  {
    key: 'addressCountry',
    column: 'address_country',
    type: 'text',
    section: 'address',
    isDefaultColumn: true,
  },
  { key: 'description', column: 'description', type: 'long_text', section: 'about' },
  {
    key: 'ownerId',
    column: 'owner_id',
    type: 'reference',
    target: 'users',
    displayKey: 'ownerName',
    section: 'main',
    isSortable: true,
    isDefaultColumn: true,
  },
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
] as const satisfies readonly FieldDefinition<keyof Account>[];
