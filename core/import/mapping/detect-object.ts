import type { ImportObject } from '#shared/contract/import-targets.ts';
import { importObjects } from '#shared/contract/import-targets.ts';
import { type Message, say } from '#shared/message.ts';
import { fileNameHints, headerKey, headerNames, headerPrefixes, objectHints } from './header-names.ts';

export interface DetectedObject {
  readonly object: ImportObject | null;
  /** Set for a file that is not meant to be imported. */
  readonly ignoredReason: Message | null;
}

/** What the rows of a file are, told from its headers and its name; null when that is anybody's guess. */
export function detectObject(fileName: string, headers: readonly string[]): DetectedObject {
  const keys = headers.map(headerKey).filter((key) => key !== '');
  if (isDictionary(keys)) {
    return {
      object: null,
      ignoredReason: say`It describes the columns of other files (a data dictionary) and holds no records.`,
    };
  }
  for (const { prefix, object } of headerPrefixes) {
    if (headers.filter((header) => prefix.test(header)).length > headers.length / 2) {
      return { object, ignoredReason: null };
    }
  }
  const ranked = importObjects
    .map((object) => ({ object, score: score(object, fileName, keys) }))
    .sort((a, b) => b.score - a.score);
  const [best, second] = ranked;
  const isClear = best !== undefined && best.score >= 2 && best.score >= (second?.score ?? 0) + 1;
  return { object: isClear ? best.object : null, ignoredReason: null };
}

function score(object: ImportObject, fileName: string, keys: readonly string[]): number {
  const known = new Set(Object.values(headerNames[object]).flat());
  const hints = objectHints[object];
  let sum = fileNameHints[object].test(fileName) ? 3 : 0;
  for (const key of keys) {
    if (hints.includes(key)) sum += 2;
    else if (known.has(key)) sum += 1;
  }
  const unknown = keys.filter((key) => !known.has(key)).length;
  return sum - unknown * 0.25 - (hasWhatItNeeds(object, keys) ? 0 : 4);
}

/** The fields without which no row of the object could be made. */
function hasWhatItNeeds(object: ImportObject, keys: readonly string[]): boolean {
  const has = (...fields: string[]) =>
    fields.some((field) => headerNames[object][field]?.some((name) => keys.includes(name)));
  switch (object) {
    case 'people':
      return (
        has('fullName', 'firstName', 'lastName', 'email') && has('managerName', 'teamName', 'region', 'email')
      );
    case 'accounts':
      return has('name', 'domain');
    case 'products':
      return has('name') && has('unitPrice', 'sku', 'series');
    case 'contacts':
      return has('firstName', 'lastName', 'fullName', 'email');
    case 'opportunities':
      return (
        has('stage', 'amount', 'closeDate', 'status') && has('name', 'externalRef', 'accountId', 'contactId')
      );
    default:
      return object satisfies never;
  }
}

/** Whether columns, as `headerKey` gives them, are those of a file that describes the columns of other files. */
export function isDictionary(keys: readonly string[]): boolean {
  const words = new Set([
    'table',
    'file',
    'field',
    'column',
    'variable',
    'description',
    'type',
    'data type',
    'definition',
  ]);
  const isAboutFields = keys.some((key) => key === 'field' || key === 'column' || key === 'variable');
  return isAboutFields && keys.length <= 6 && keys.every((key) => words.has(key));
}
