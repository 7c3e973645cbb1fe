import { type ImportObject, importObjects } from '#shared/contract/import-targets.ts';
import { accounts } from './accounts.ts';
import { contacts } from './contacts.ts';
import type { ObjectDescription } from './description.ts';
import { opportunities } from './opportunities.ts';
import { people } from './people.ts';
import { products } from './products.ts';

export const descriptions: Readonly<Record<ImportObject, ObjectDescription>> = {
  people,
  accounts,
  products,
  contacts,
  opportunities,
};

/**
 * The position of an object in the order of importing: what others link to comes first. Only accounts link to their own
 * kind (parents), and those links are set in a second pass.
 */
export function importPosition(object: ImportObject): number {
  return importObjects.indexOf(object);
}
