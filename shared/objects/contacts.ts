import { z } from 'zod';
import { lifecycleStageSchema, lifecycleStages } from '../enums.ts';
import { accountIdSchema, contactIdSchema, importBatchIdSchema, userIdSchema } from '../ids.ts';
import {
  customFieldsSchema,
  dateSchema,
  emailInputSchema,
  lineSchema,
  textSchema,
  timestampSchema,
} from '../values.ts';
import type { FieldDefinition } from './field.ts';

/** What a person may set on a contact: a person, in business (with an account) or private (without). */
export const contactInputSchema = z.object({
  firstName: lineSchema.nullable(),
  lastName: lineSchema.nullable(),
  salutation: lineSchema.nullable(),
  jobTitle: lineSchema.nullable(),
  accountId: accountIdSchema.nullable(),
  email: emailInputSchema.nullable(),
  phoneMobile: lineSchema.nullable(),
  phoneWork: lineSchema.nullable(),
  linkedinUrl: lineSchema.nullable(),
  lifecycleStage: lifecycleStageSchema,
  leadSource: lineSchema.nullable(),
  addressStreet: lineSchema.nullable(),
  addressCity: lineSchema.nullable(),
  addressState: lineSchema.nullable(),
  addressPostalCode: lineSchema.nullable(),
  addressCountry: lineSchema.nullable(),
  birthday: dateSchema.nullable(),
  description: textSchema.nullable(),
  ownerId: userIdSchema.nullable(),
  customFields: customFieldsSchema,
});

export const contactSchema = contactInputSchema.extend({
  id: contactIdSchema,
  /** Any line: other programs may have written it. */
  email: lineSchema.nullable(),
  /** First and last name joined, or the email where there is no name. */
  name: z.string(),
  accountName: z.string().nullable(),
  ownerName: z.string().nullable(),
  importBatchId: importBatchIdSchema.nullable(),
  createdAt: timestampSchema,
  updatedAt: timestampSchema,
  deletedAt: timestampSchema.nullable(),
});
export type Contact = z.infer<typeof contactSchema>;
export type ContactInput = z.infer<typeof contactInputSchema>;

export const contactFields = [
  {
    key: 'name',
    column: 'full_name',
    type: 'text',
    section: 'main',
    isReadOnly: true,
    isSortable: true,
    isDefaultColumn: true,
  },
  { key: 'firstName', column: 'first_name', type: 'text', section: 'main' },
  { key: 'lastName', column: 'last_name', type: 'text', section: 'main', isSortable: true },
  { key: 'salutation', column: 'salutation', type: 'text', section: 'about' },
  { key: 'jobTitle', column: 'job_title', type: 'text', section: 'main', isDefaultColumn: true },
  {
    key: 'accountId',
    column: 'account_id',
    type: 'reference',
    target: 'accounts',
    displayKey: 'accountName',
    section: 'main',
    isSortable: true,
    isDefaultColumn: true,
  },
  { key: 'email', column: 'email', type: 'email', section: 'reach', isSortable: true, isDefaultColumn: true },
  { key: 'phoneMobile', column: 'phone_mobile', type: 'phone', section: 'reach', isDefaultColumn: true },
  { key: 'phoneWork', column: 'phone_work', type: 'phone', section: 'reach' },
  { key: 'linkedinUrl', column: 'linkedin_url', type: 'url', section: 'reach' },
  {
    key: 'lifecycleStage',
    column: 'lifecycle_stage',
    type: 'select',
    options: lifecycleStages,
    optionsName: 'lifecycleStage',
    section: 'main',
    isDefaultColumn: true,
  },
  { key: 'leadSource', column: 'lead_source', type: 'text', section: 'about' },
  { key: 'addressStreet', column: 'address_street', type: 'text', section: 'address' },
  { key: 'addressCity', column: 'address_city', type: 'text', section: 'address' },
  { key: 'addressState', column: 'address_state', type: 'text', section: 'address' },
  { key: 'addressPostalCode', column: 'address_postal_code', type: 'text', section: 'address' },
  { key: 'addressCountry', column: 'address_country', type: 'text', section: 'address' },
  { key: 'birthday', column: 'birthday', type: 'date', section: 'about' },
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
] as const satisfies readonly FieldDefinition<keyof Contact>[];
