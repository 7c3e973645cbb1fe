import type { ObjectName } from '#shared/objects/objects.ts';
import type { RecordObject } from '../records/record-object.ts';
import { accountObject } from './accounts/account-object.ts';
import { contactObject } from './contacts/contact-object.ts';
import { opportunityObject } from './opportunities/opportunity-object.ts';
import { productObject } from './products/product-object.ts';

/** Each object by its name, for what treats all alike. */
export const recordObjects: { readonly [Name in ObjectName]: RecordObject<Name> } = {
  accounts: accountObject,
  contacts: contactObject,
  opportunities: opportunityObject,
  products: productObject,
};
