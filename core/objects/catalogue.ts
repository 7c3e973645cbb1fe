import type { ObjectName } from '#shared/objects/objects.ts';
import type { RecordObject } from '../records/record-object.ts';
import { accounts } from './accounts/accounts.ts';
import { contacts } from './contacts/contacts.ts';
import { leads } from './leads/leads.ts';
import { opportunities } from './opportunities/opportunities.ts';
import { products } from './products/products.ts';
import { tasks } from './tasks/tasks.ts';

/** Each object by its name, for what treats all alike. */
export const recordObjects: { readonly [Name in ObjectName]: RecordObject<Name> } = {
  accounts,
  contacts,
  leads,
  opportunities,
  products,
  tasks,
};
