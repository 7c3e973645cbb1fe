import { hasPrefix, headerKey } from './header-names.ts';

/** The program that a file was exported from, as far as its ids go: ids of one program mean the same in all its files. */
export function sourceSystem(headers: readonly string[]): string {
  if (headers.some(hasPrefix)) return 'pipedrive';
  const keys = new Set(headers.map(headerKey));
  if (keys.has('record id') || keys.has('id de registro')) return 'hubspot';
  const isApiName = (name: string) => headers.includes(name);
  if (
    isApiName('Id') &&
    ['OwnerId', 'AccountId', 'ParentId', 'SystemModstamp', 'IsDeleted'].some(isApiName)
  ) {
    return 'salesforce';
  }
  return 'other';
}
