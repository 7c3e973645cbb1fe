import { type ImportObject, importObjects } from '#shared/contract/import-targets.ts';
import { accounts } from './accounts/import.ts';
import { contacts } from './contacts/import.ts';
import type { ObjectDescription } from './import-description.ts';
import { opportunities } from './opportunities/import.ts';
import { products } from './products/import.ts';
import { people } from './users/import.ts';

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
