import type { ImportObject } from '#shared/contract/import-targets.ts';
import type { Message } from '#shared/message.ts';
import { fieldsOf, type ObjectName } from '#shared/objects/objects.ts';
import { isGiven } from '../data/given.ts';

/** The values of a record by field key, in plain text: dates `YYYY-MM-DD`, plain decimals, ids, `true`. */
export type Values = Record<string, string | null>;

/** A column that an import writes. Name and type are ours, never input. */
export interface ImportColumn {
  readonly key: string;
  readonly column: string;
  readonly sqlType: string;
}

/** By what a row and a record are known to be the same, the strongest first. */
export type MatchKind = 'source_id' | 'external_ref' | 'sku' | 'email' | 'domain' | 'name';

export interface MatchKey {
  readonly kind: MatchKind;
  readonly key: string;
}

/** What an import has to know of an object. */
export interface ObjectDescription {
  readonly object: ImportObject;
  readonly table: string;
  /** For messages: `account`. */
  readonly singular: string;
  readonly plural: string;
  /** What a row that fits several records may add to fit one; for messages. */
  readonly toTellApart: Message;
  readonly columns: readonly ImportColumn[];
  readonly hasOwner: boolean;
  readonly hasCustomFields: boolean;
  /** Keys of columns that an update names only for rows that give them, since the database acts on whether they are given. */
  readonly writtenIfGiven?: readonly string[];
  /**
   * Fills in what follows from a row's values.
   * @returns why no record can be made of them, or null
   */
  complete(values: Values): Message | null;
  /** Values of a new record where the file has none. */
  readonly defaults: Values;
  nameOf(values: Values): string;
  /** The keys of a record's values; `nameKey` is its name as `satchel.fold` makes it. */
  matchKeys(values: Values, nameKey: string): MatchKey[];
  /** Whether two sets of values with a key in common are different records all the same. */
  differ(row: Values, record: Values, kind: MatchKind): boolean;
}

/** The columns of an object that a person may set, as the import writes them. */
export function writableColumns(object: ObjectName): ImportColumn[] {
  const columns: ImportColumn[] = [];
  for (const field of fieldsOf(object)) {
    if (field.isReadOnly === true || field.type === 'tags' || field.type === 'datetime') continue;
    columns.push({
      key: field.key,
      column: field.column,
      sqlType: field.sqlType,
    });
  }
  return columns;
}

/** True when both are there and not the same. */
export function contradict(a: string | null | undefined, b: string | null | undefined): boolean {
  return isGiven(a) && isGiven(b) && a !== b;
}

export function lower(text: string | null | undefined): string | null {
  return !isGiven(text) || text === '' ? null : text.toLowerCase();
}
