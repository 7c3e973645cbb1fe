import type { ImportObject } from '#shared/contract/import-targets.ts';
import { type Message, say } from '#shared/message.ts';
import type { ImportModule } from '../../objects/import-module.ts';
import { importModules } from '../../objects/import-modules.ts';
import { headerKey } from './header-names.ts';

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
  const prefixed = importModules.find(
    ({ headerPrefix: prefix }) =>
      prefix !== undefined && headers.filter((header) => prefix.test(header)).length > headers.length / 2,
  );
  if (prefixed) return { object: prefixed.name, ignoredReason: null };
  const ranked = importModules
    .map((module) => ({ object: module.name, score: score(module, fileName, keys) }))
    .sort((a, b) => b.score - a.score);
  const [best, second] = ranked;
  const isClear = best !== undefined && best.score >= 2 && best.score >= (second?.score ?? 0) + 1;
  return { object: isClear ? best.object : null, ignoredReason: null };
}

function score(module: ImportModule, fileName: string, keys: readonly string[]): number {
  const { headers, hints } = module;
  const known = new Set(Object.values(headers).flat());
  let sum = module.fileName.test(fileName) ? 3 : 0;
  for (const key of keys) {
    if (hints.includes(key)) sum += 2;
    else if (known.has(key)) sum += 1;
  }
  const unknown = keys.filter((key) => !known.has(key)).length;
  return sum - unknown * 0.25 - (hasWhatItNeeds(module, keys) ? 0 : 4);
}

/** Whether there are the fields without which no row of the object could be made. */
function hasWhatItNeeds({ headers, needs }: ImportModule, keys: readonly string[]): boolean {
  return needs.every((fields) => fields.some((field) => headers[field]?.some((name) => keys.includes(name))));
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
