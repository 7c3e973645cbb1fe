import { type SQL, sql } from '#db/sql.ts';
import type { CustomFieldType } from '#shared/enums.ts';
import { SatchelError } from '#shared/errors.ts';
import { say, term } from '#shared/message.ts';
import type { FieldDefinition, ReferenceTarget } from '#shared/objects/objects.ts';
import { columnOf } from '../data/statement.ts';
import type { RecordObject } from './record-object.ts';

/** How a field's values compare, which decides its operators and its operands' form. */
export type FieldKind =
  | 'text'
  | 'number'
  | 'date'
  | 'datetime'
  | 'boolean'
  | 'select'
  | 'multi_select'
  | 'reference';

/** A field that a list is filtered or sorted by, resolved against our own definitions. */
export interface ListField {
  /** As the caller named it: a key of the object's fields, or `custom.<key>`. */
  readonly name: string;
  readonly kind: FieldKind;
  /** PostgreSQL's type of `value`. */
  readonly sqlType: string;
  /** The value of the row `r`. */
  readonly value: SQL;
  /** Whether it has one. */
  readonly isFilled: SQL;
  /** Its stored folded form, where there is one. */
  readonly folded?: SQL;
  /** Part of `search_text`: a match there is necessary for a match here. */
  readonly isSearched: boolean;
  /** It names the record: every row has it. */
  readonly isTitle: boolean;
  /** An index of all rows is in its order. */
  readonly isIndexed: boolean;
  readonly options?: readonly string[];
  readonly target?: ReferenceTarget;
  readonly isLong: boolean;
  /** The key inside `custom_fields`, for a custom field. */
  readonly customKey?: string;
}

/** A custom field's definition, as far as a list needs it. */
export interface CustomField {
  readonly key: string;
  readonly type: CustomFieldType;
  readonly options: readonly string[];
  readonly isPersonal?: boolean;
}

const kinds: Readonly<Record<FieldDefinition['type'], FieldKind>> = {
  text: 'text',
  long_text: 'text',
  email: 'text',
  phone: 'text',
  url: 'text',
  integer: 'number',
  money: 'number',
  percent: 'number',
  date: 'date',
  datetime: 'datetime',
  boolean: 'boolean',
  select: 'select',
  reference: 'reference',
  tags: 'multi_select',
};

const customKinds: Readonly<Record<CustomFieldType, FieldKind>> = {
  text: 'text',
  url: 'text',
  email: 'text',
  phone: 'text',
  number: 'number',
  date: 'date',
  boolean: 'boolean',
  select: 'select',
  multi_select: 'multi_select',
};

/** @throws SatchelError `invalid` naming the field where the object has none of that name */
export function resolveListField(
  object: RecordObject,
  customFields: readonly CustomField[],
  name: string,
): ListField {
  if (name.startsWith('custom.')) return customListField(object, customFields, name);
  const field = object.fields.find((candidate) => candidate.key === name) ?? systemField(name);
  if (!field) throw unknownField(object, name);
  const folded = object.foldedColumns[name];
  return {
    name,
    kind: kinds[field.type],
    sqlType: field.sqlType,
    value: columnOf('r', field.column),
    // Said of the folded form where a list is ordered by it, so that the index alone answers.
    isFilled: sql`${columnOf('r', folded ?? field.column)} IS NOT NULL`,
    ...(folded ? { folded: columnOf('r', folded) } : {}),
    isSearched: object.searchedFields.includes(name),
    isTitle: name === object.title,
    isIndexed: field.isSortable ?? false,
    ...(field.options ? { options: field.options } : {}),
    ...(field.target ? { target: field.target } : {}),
    isLong: field.type === 'long_text',
  };
}

/** What every record has beside its own fields: a list may be narrowed to an import, or the trash ordered by age. */
function systemField(
  name: string,
): (Pick<FieldDefinition, 'column' | 'type' | 'sqlType'> & Partial<FieldDefinition>) | undefined {
  switch (name) {
    case 'id':
      return { column: 'id', type: 'reference', sqlType: 'uuid' };
    case 'importBatchId':
      return { column: 'import_batch_id', type: 'reference', sqlType: 'uuid' };
    case 'deletedAt':
      return { column: 'deleted_at', type: 'datetime', sqlType: 'timestamptz' };
    default:
      return undefined;
  }
}

function customListField(
  object: RecordObject,
  customFields: readonly CustomField[],
  name: string,
): ListField {
  const definition = customFields.find((candidate) => candidate.key === name.slice('custom.'.length));
  if (!definition) throw unknownField(object, name);
  if (definition.isPersonal) {
    throw new SatchelError(
      'invalid',
      say`"${definition.key}" is personal: it is encrypted, so that no list is filtered or sorted by it.`,
      { details: { field: name } },
    );
  }
  const kind = customKinds[definition.type];
  return {
    name,
    kind,
    sqlType: 'jsonb',
    ...customValue(definition),
    isSearched: false,
    isTitle: false,
    isIndexed: false,
    ...(definition.options.length > 0 ? { options: definition.options } : {}),
    isLong: true,
    customKey: definition.key,
  };
}

/**
 * A custom field's value as JSON, which is what an index on it holds: values of one type compare as that type does. The
 * key is part of the text and not a parameter, since an expression index is matched by text; it comes from the
 * definition, which admits only `[a-z][a-z0-9_]*`.
 */
function customValue({ key }: CustomField): Pick<ListField, 'value' | 'isFilled'> {
  const value = sql`(r.custom_fields -> ${sql.raw(`'${key}'`)})`;
  return { value, isFilled: sql`(r.custom_fields ? ${sql.raw(`'${key}'`)} AND ${value} <> 'null')` };
}

function unknownField(object: RecordObject, name: string): SatchelError {
  return new SatchelError('invalid', say`There is no field "${name}" on ${term(object.name)}.`, {
    details: { field: name },
  });
}
