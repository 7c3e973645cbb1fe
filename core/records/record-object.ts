import type { Identity, Tx } from '#db/engine/types.ts';
import type { SQL } from '#db/sql.ts';
import type { Children, DisplayKey, ReferenceKey } from '#shared/objects/define.ts';
import {
  definitionOf,
  type FieldDefinition,
  fieldsOf,
  type ObjectName,
  type objects,
} from '#shared/objects/objects.ts';
import type { RecordValues } from './record-values.ts';

/**
 * What the generic mechanism of lists, records and changes has to know of an object: its definition in `shared/objects`
 * and what `core/objects/<object>` adds to it. The object's name is its table's name.
 */
export interface RecordObject<Name extends ObjectName = ObjectName> {
  readonly name: Name;
  /** For messages, and the names of its permissions: `account`. */
  readonly singular: string;
  readonly fields: readonly FieldDefinition[];
  /** Stored folded forms (no case, no accents) that order and compare a text field: field key → column. */
  readonly foldedColumns: Readonly<Record<string, string>>;
  /** Text fields that are part of the column `search_text`, so that its trigram index narrows their filters. */
  readonly searchedFields: readonly string[];
  /** The field that names a record. */
  readonly title: string;
  /** The field of its owner, who is its maker where none is given; null where nobody owns one. */
  readonly owner: string | null;
  /** Rows of other tables that are edited with a record, by their key in it. */
  readonly children: Children;
  readonly search: ObjectSearch;
  readonly rules: RecordRules;
}

/** What a search by a few words shows of a record and looks at, by keys of fields or of references' names. */
export interface ObjectSearch<Key extends string = string> {
  /** The first of these that has a value stands below the title. */
  readonly subtitle: readonly Key[];
  /** What tells records of one title apart, beside the subtitle. */
  readonly details: readonly Key[];
  /** What a record may have matched by, beside its title. */
  readonly matched: readonly Key[];
  /** Whether an email, domain or code of the row `r` is this text; answered by an index. Null where there is none. */
  readonly isExactly: ((text: string) => SQL) | null;
}

/** What an object knows beyond its fields; every rule works on sets of rows, so that bulk actions keep it too. */
export interface RecordRules {
  /**
   * What is missing or contradictory in a new record.
   * @throws SatchelError `invalid` with the field in its details
   */
  checkNew?(values: RecordValues): void;
  /**
   * Runs in the transaction, before live rows with these ids are given the values.
   * @throws SatchelError `invalid` where a row would break a rule
   */
  beforeUpdate?(tx: Tx, identity: Identity, ids: readonly string[], values: RecordValues): Promise<void>;
  /**
   * Runs in the transaction, after the rows with these ids were written.
   * @throws SatchelError `invalid` where the new state breaks a rule across rows
   */
  checkWritten?(tx: Tx, identity: Identity, ids: readonly string[], values: RecordValues): Promise<void>;
  /** Runs before rows are removed for good: sees to what refers to them, or refuses. */
  beforePurge?(tx: Tx, identity: Identity, ids: readonly string[]): Promise<void>;
}

type FieldKey<Name extends ObjectName> = keyof (typeof objects)[Name]['fields'] & string;
type PropertyKey<Name extends ObjectName> =
  | FieldKey<Name>
  | DisplayKey<ReferenceKey<(typeof objects)[Name]['fields']>>;

/** What an object's module gives: its keys are checked against the object's fields. */
interface Given<Name extends ObjectName> {
  readonly name: Name;
  readonly folded: Readonly<Partial<Record<FieldKey<Name>, string>>>;
  readonly search: ObjectSearch<PropertyKey<Name>>;
  readonly rules: RecordRules;
}

/** Joins an object's definition with what its module adds. */
export function coreObject<Name extends ObjectName>({
  name,
  folded,
  search,
  rules,
}: Given<Name>): RecordObject<Name> {
  const { singular, searched, title, owner, children } = definitionOf(name);
  return {
    name,
    singular,
    fields: fieldsOf(name),
    foldedColumns: folded as Readonly<Record<string, string>>,
    searchedFields: searched,
    title,
    owner,
    children,
    search,
    rules,
  };
}
