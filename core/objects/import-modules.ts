import { type ImportObject, importObjects } from '#shared/contract/import-targets.ts';
import { accounts } from './accounts/import.ts';
import { contacts } from './contacts/import.ts';
import type { ImportModule } from './import-module.ts';
import { leads } from './leads/import.ts';
import { opportunities } from './opportunities/import.ts';
import { products } from './products/import.ts';
import { tasks } from './tasks/import.ts';
import { users } from './users/import.ts';

const byName: { readonly [Name in ImportObject]: ImportModule<Name> } = {
  accounts,
  contacts,
  leads,
  opportunities,
  products,
  tasks,
  users,
};

/** What an import knows of an object, without its literal types. */
export function importModuleOf(name: ImportObject): ImportModule {
  // The values of a module's functions are those of its own fields: the parsed rows of its own files.
  return byName[name] as unknown as ImportModule;
}

/** All of them in the order of importing. */
export const importModules: readonly ImportModule[] = importObjects.map(importModuleOf);

/** The position of an object in the order of importing. */
export function importPosition(object: ImportObject): number {
  return importObjects.indexOf(object);
}
