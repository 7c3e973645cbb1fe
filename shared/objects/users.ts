import { listOf } from './define.ts';
import { email, phone, text } from './field.ts';
import type { FieldDefinition } from './objects.ts';

const fields = {
  fullName: text({ section: 'main', isNeverNull: true }),
  firstName: text({ section: 'main' }),
  lastName: text({ section: 'main' }),
  email: email({ section: 'reach' }),
  phone: phone({ section: 'reach' }),
  title: text({ section: 'main' }),
};

/** Who works in the workspace. Users are no object: they are referred to and imported, and have no list or page. */
export const users = {
  name: 'users',
  singular: 'user',
  fields,
  // None of them is a reference, whose target would have to be checked.
  fieldList: listOf(fields) as readonly FieldDefinition[],
  title: 'fullName',
  owner: null,
  importing: { extra: ['teamName', 'managerName', 'region', 'sourceId'], needsOneOf: [] },
} as const;
