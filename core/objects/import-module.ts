import type { Identity, SqlValue, Tx } from '#db/engine/types.ts';
import { type RowShape } from '#db/row.ts';
import {
  type ImportKey,
  type ImportObject,
  importDefinition,
  importTargets,
} from '#shared/contract/import-targets.ts';
import type { DetectedType, ImportOptions } from '#shared/contract/imports.ts';
import type { ImportBatchId } from '#shared/ids.ts';
import type { Message } from '#shared/message.ts';
import type { IdSource } from '#shared/runtime.ts';
import { isGiven } from '../data/given.ts';

/** The values of a record by field key, in plain text: dates `YYYY-MM-DD`, plain decimals, ids, `true`. */
export type Values = Record<string, string | null>;

/** The keys of an object's files; any text where the object is not known. */
type KeyOf<Name extends ImportObject> = ImportObject extends Name ? string : ImportKey<Name>;
export type ValuesOf<Name extends ImportObject> = ImportObject extends Name
  ? Values
  : { [Key in ImportKey<Name>]?: string | null };

/** A column that an import writes. Name and type are ours, never input. */
export interface ImportColumn {
  readonly key: string;
  readonly column: string;
  readonly sqlType: string;
  /** An empty cell never erases it. */
  readonly isNeverNull: boolean;
}

/** By what a row and a record are known to be the same, in TypeScript and in SQL. */
export interface MatchKeyRule<Name extends ImportObject = ImportObject> {
  readonly kind: string;
  /** The key of a row's or a record's values; `nameKey` is its name as `satchel.fold` makes it. */
  of(values: ValuesOf<Name>, nameKey: string): string | null;
  /** The same of a record, by an indexed column or expression. */
  readonly sql: string;
  /** Where the index leaves out empty values: the column that a query has to call filled. */
  readonly filled?: string;
  /** Records with it in common may be different ones: in one import also the name has to be the same. */
  readonly isShared?: boolean;
  /** A link may name a record by it. */
  readonly isLinkName?: boolean;
}

export interface MatchKey {
  readonly kind: string;
  readonly key: string;
}

/** The id of a record in the system that a file came from: the column that exists while importing, and its key. */
export const sourceIdField = 'sourceId';
export const sourceIdKind = 'source_id';
export const nameKind = 'name';

export interface ReadChoice {
  readonly to: string;
  /** Known by our table of what other systems and people say, and not by the name of the choice itself. */
  readonly isSynonym: boolean;
}

/** The choices of a field that takes nothing else. */
export interface Choices {
  /** `label` is null where the interface has a name of its own for the value. */
  readonly options: readonly { readonly value: string; readonly label: string | null }[];
  /** The choice that a text names; null when it names none. */
  read(text: string): ReadChoice | null;
  /** Why a text cannot be kept. */
  refuse(text: string): Message;
  /** The field that it is kept in, where that is another one. */
  readonly field?: string;
  /** Keeps a choice, where other columns of the row have a say in it. */
  keep?(values: Values, to: string): void;
}

/** What a workspace calls the values of an object's fields of choices. */
export type Labels = ReadonlyMap<string, string>;

/** What tells of a column beside its header. */
export interface ColumnFacts {
  /** Its header as `headerKey` reduces it. */
  readonly header: string;
  readonly detected: DetectedType;
  readonly samples: readonly string[];
}

export interface MadeAs {
  /** What it is counted as. */
  readonly sideEffect: string;
  /** It stands for none that a later file may bring. */
  readonly isPlaceholder?: boolean;
}

/** What can be asked for a row while it is made ready. */
export interface RowInHand {
  readonly options: ImportOptions;
  /** What the cell says of one of these links, in the order of the columns; null where none of them is named. */
  linkText(links: readonly string[]): string | null;
  /** The name of the record that a link of the row was resolved to. */
  linkedName(link: string): string | null;
  find(object: ImportObject, name: string): string | null;
  /** Makes a record that has just this name. */
  make(object: ImportObject, name: string, as: MadeAs): string;
  /** Counts what was made beside records. */
  made(sideEffect: string): void;
}

/** What an import keeps and writes beside the records of an object. */
export interface Companion {
  load(tx: Tx): Promise<void>;
  /** Completes the values of a row. */
  place(values: Values, row: RowInHand): void;
  /** Called after the records that the rows name were written, and before those of the rows. */
  write(tx: Tx): Promise<void>;
  commit(): void;
  rollback(): void;
}

export interface CompanionTable {
  readonly table: string;
  /** The name of a row, in SQL. */
  readonly shownName: string;
}

export interface BatchFacts {
  readonly identity: Identity;
  readonly batchId: ImportBatchId;
  readonly ids: IdSource;
}

/** What an object can still do once all rows of an import are in. */
export interface FinishedImport {
  readonly identity: Identity;
  readonly batchId: ImportBatchId;
  read<Value extends object>(
    row: RowShape<Value>,
    sql: string,
    params: readonly SqlValue[],
  ): Promise<Value[]>;
  /** Work in a transaction and a change set of its own, under this label; returns what it returns. */
  change<T>(label: Message, work: (tx: Tx) => Promise<T>): Promise<T>;
}

/** What an object's module gives. */
interface Given<Name extends ImportObject> {
  readonly name: Name;
  /**
   * The names under which programs and people write a field, normalised as `headerKey` does: English as HubSpot,
   * Pipedrive, Salesforce, Google Contacts, Outlook and LinkedIn export it, and the localised headers seen in real
   * exports. In order of preference: when two columns fit one field, the earlier name wins.
   */
  readonly headers: Readonly<Record<KeyOf<Name>, readonly string[]>>;
  /** Headers that belong to this object only and say what a file is. */
  readonly hints: readonly string[];
  /** Words of a file's name that say what is in it. */
  readonly fileName: RegExp;
  /** What Pipedrive puts before each header. */
  readonly headerPrefix?: RegExp;
  /** A file without one field of each group holds no records of this object. */
  readonly needs: readonly (readonly KeyOf<Name>[])[];
  /** The fields of which a row needs one to be a record; null where one is made without. */
  readonly namedBy: readonly KeyOf<Name>[] | null;
  /** The field that holds a whole name in a file, and those that hold its parts. */
  readonly wholeName: KeyOf<Name>;
  readonly nameParts?: readonly KeyOf<Name>[];
  /** Names are chosen to be told apart, so that nearly the same name is the same record. */
  readonly hasNearNames: boolean;
  /** The name that a record is shown by, in SQL, where that is more than its title. */
  readonly shownName?: string;
  /** What a row that fits several records may add to fit one; for messages. */
  readonly toTellApart: Message;
  /** Values of a new record where the file has none. */
  readonly defaults?: ValuesOf<Name>;
  /** Columns that no field of a file fills: a companion works them out. */
  readonly columns?: readonly ImportColumn[];
  /** Fields that an update names only for rows that give them, since the database acts on whether they are given. */
  readonly writtenIfGiven?: readonly KeyOf<Name>[];
  /** The strongest first, the name last. */
  readonly matchKeys: readonly MatchKeyRule<Name>[];
  /** Indexes that only screens read, in the order of building: put aside while a large file comes in. */
  readonly screenIndexes?: readonly string[];
  /** What it makes beside records, as the report counts it. */
  readonly sideEffects?: readonly string[];
  /** Fields of choices. */
  choices?(labels: Labels): Readonly<Partial<Record<KeyOf<Name>, Choices>>>;
  readLabels?(tx: Tx, identity: Identity): Promise<Labels>;
  /** Fields whose header words other fields have too: whether a column's values are theirs. */
  readonly suits?: Readonly<Partial<Record<KeyOf<Name>, (column: ColumnFacts) => boolean>>>;
  /** The fields that a column with an unknown header may be, by its values, the likeliest first. */
  byValues?(column: ColumnFacts): readonly KeyOf<Name>[];
  /** Headers that say too little: all values of their column tell which field it fills. */
  readonly openHeaders?: {
    readonly words: readonly string[];
    field(values: readonly string[]): KeyOf<Name>;
  };
  /** A column of the first fills the second where no other column does. */
  readonly standsFor?: Readonly<Partial<Record<KeyOf<Name>, KeyOf<Name>>>>;
  /** Names of records that rows imply beside their links: they are looked up together with those. */
  impliedNames?(
    rows: Iterable<ValuesOf<Name>>,
    options: ImportOptions,
  ): readonly { readonly target: ImportObject; readonly name: string }[];
  companion?(facts: BatchFacts): Companion;
  /** The tables that the companion writes, whose rows go with the import; they and the object may refer to each other. */
  readonly companionTables?: readonly CompanionTable[];
  /**
   * Makes a row ready whose links are resolved.
   * @returns why no record can be made of it, or null
   */
  prepare?(values: ValuesOf<Name>, row: RowInHand): Message | null;
  /** What is to be told of a row although it comes in. */
  note?(values: ValuesOf<Name>): Message | null;
  /**
   * Fills in what follows from a row's values.
   * @returns why no record can be made of them, or null
   */
  complete?(values: ValuesOf<Name>): Message | null;
  nameOf?(values: ValuesOf<Name>): string;
  /** Whether two sets of values with a key in common are different records all the same. */
  differ(row: ValuesOf<Name>, record: ValuesOf<Name>, kind: string): boolean;
  /** What a record is made of that a row names and nobody knows; `row` are the values of that row. */
  stub(name: string, row: Values): ValuesOf<Name>;
  /** Called when all rows are in; called again after an interruption it goes on. */
  finish?(run: FinishedImport): Promise<void>;
}

/** All that an import has to know of an object, or of the users. Its name is its table's name. */
export interface ImportModule<Name extends ImportObject = ImportObject> extends Given<Name> {
  /** For messages, and the names of its permissions: `account`. */
  readonly singular: string;
  readonly columns: readonly ImportColumn[];
  readonly defaults: ValuesOf<Name>;
  readonly nameParts: readonly KeyOf<Name>[];
  readonly shownName: string;
  readonly sideEffects: readonly string[];
  readonly companionTables: readonly CompanionTable[];
  /** The field of its owner; null where nobody owns one. */
  readonly owner: string | null;
  readonly hasCustomFields: boolean;
  complete(values: ValuesOf<Name>): Message | null;
  nameOf(values: ValuesOf<Name>): string;
}

/** Joins the definition of an object with what its module knows of its files. */
export function importModule<Name extends ImportObject>(given: Given<Name>): ImportModule<Name> {
  const { singular, owner, title, fields, fieldList } = importDefinition(given.name);
  const { fields: fillable, links, customFieldsOf } = importTargets(given.name);
  const fills = new Set([...fillable, ...links].map(({ key }) => key));
  const columns = fieldList
    .filter(({ key }) => fills.has(key))
    .map(({ key, column, sqlType }) => {
      const { isRequired = false, isNeverNull = false } = fields[key]?.options ?? {};
      return { key, column, sqlType, isNeverNull: isRequired || isNeverNull };
    });
  const titleColumn = fieldList.find(({ key }) => key === title)?.column ?? title;
  return {
    complete: () => null,
    nameOf: (values) => values[given.wholeName] ?? '',
    ...given,
    singular,
    owner,
    columns: [...columns, ...(given.columns ?? [])],
    defaults: given.defaults ?? {},
    nameParts: given.nameParts ?? [],
    shownName: given.shownName ?? titleColumn,
    sideEffects: given.sideEffects ?? [],
    companionTables: given.companionTables ?? [],
    hasCustomFields: customFieldsOf !== null,
  };
}

/** The rule that every object has: by its name. */
export const byName = {
  kind: nameKind,
  of: (_values: unknown, nameKey: string) => (nameKey === '' ? null : nameKey),
  sql: 'name_key',
  isLinkName: true,
} as const;

/** The keys of a record's values, the strongest first; `nameKey` is its name as `satchel.fold` makes it. */
export function matchKeysOf({ matchKeys }: ImportModule, values: Values, nameKey: string): MatchKey[] {
  const keys: MatchKey[] = [];
  const sourceId = values[sourceIdField];
  if (isGiven(sourceId)) keys.push({ kind: sourceIdKind, key: sourceId });
  for (const rule of matchKeys) {
    const key = rule.of(values, nameKey);
    if (isGiven(key)) keys.push({ kind: rule.kind, key });
  }
  return keys;
}

/** Whether all values look like ids: short and without spaces. */
export function isIdLike({ samples }: Pick<ColumnFacts, 'samples'>): boolean {
  return samples.every((sample) => !/\s/.test(sample) && sample.length <= 64);
}

/** True when both are there and not the same. */
export function contradict(a: string | null | undefined, b: string | null | undefined): boolean {
  return isGiven(a) && isGiven(b) && a !== b;
}

export function lower(text: string | null | undefined): string | null {
  return !isGiven(text) || text === '' ? null : text.toLowerCase();
}
