import { fold } from '#shared/text/fold.ts';
import { importModules } from '../../objects/import-modules.ts';

/** Bookkeeping of the source system: no one wants it as a field. It can still be mapped by hand. */
export const bookkeepingHeaders: ReadonlySet<string> = new Set([
  'is deleted',
  'master record id',
  'system modstamp',
  'last modified date',
  'last modified by id',
  'last modified by',
  'created by id',
  'created by',
  'last viewed date',
  'last referenced date',
  'last activity date',
  'create date',
  'created date',
  'add time',
  'update time',
  'record source',
  'is closed',
  'is won',
  'has opportunity line item',
  'forecast category',
  'forecast category name',
  'fiscal',
  'fiscal year',
  'fiscal quarter',
  'photo url',
  'photo',
  'record type id',
  'labels',
  'group membership',
  'file as',
  'e mail 1 label',
  'e mail 1 type',
  'phone 1 label',
  'phone 1 type',
  'address 1 label',
  'address 1 type',
  'e mail 2 label',
  'phone 2 label',
  'pipeline',
  // Zoho's ids beside the names that links go by.
  'contact owner id',
  'account owner id',
  'deal owner id',
  'account name id',
  'contact name id',
  'parent account id',
  'satchel error',
]);

const prefixes = importModules.flatMap(({ headerPrefix }) => headerPrefix ?? []);

/** Whether Pipedrive wrote a header. */
export function hasPrefix(header: string): boolean {
  return prefixes.some((prefix) => prefix.test(header));
}

/** A header reduced to what counts: no case, accents or punctuation, `BillingCity` as two words, no `__c`. */
export function headerKey(header: string): string {
  let name = header.trim();
  for (const prefix of prefixes) name = name.replace(prefix, '');
  return fold(name.replace(/__c$/i, '').replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2'))
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
