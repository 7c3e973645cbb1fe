/** How a field is stored, edited, filtered and shown. */
export type FieldType =
  | 'text'
  | 'long_text'
  | 'email'
  | 'phone'
  | 'url'
  | 'integer'
  | 'money'
  | 'percent'
  | 'date'
  | 'datetime'
  | 'boolean'
  | 'select'
  | 'reference'
  | 'tags';

export type ReferenceTarget = 'accounts' | 'contacts' | 'opportunities' | 'products' | 'users';

export interface FieldDefinition<Key extends string = string> {
  /** The record's property, camelCase. Its English label is the i18n key `fields.<object>.<key>`. */
  readonly key: Key;
  /** The column it is stored in. */
  readonly column: string;
  readonly type: FieldType;
  /** For `select`: the values, in order. Labels are the i18n keys `options.<options name>.<value>`. */
  readonly options?: readonly string[];
  readonly optionsName?: string;
  /** For `reference`: what it points at, and the record's property that carries the target's display name. */
  readonly target?: ReferenceTarget;
  readonly displayKey?: string;
  /** Headings of the record page. */
  readonly section: 'main' | 'reach' | 'address' | 'deal' | 'about' | 'system';
  readonly isRequired?: boolean;
  /** Set by the database or by an action of its own, not by editing. */
  readonly isReadOnly?: boolean;
  /** Lists may be sorted by it at 100,000 rows (an index serves it). */
  readonly isSortable?: boolean;
  /** Shown in a list until the person chooses otherwise. */
  readonly isDefaultColumn?: boolean;
}
