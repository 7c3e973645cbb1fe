import { z } from 'zod';
import { type IdOf, type ImportBatchId, idOf, importBatchIdSchema } from '../ids.ts';
import { type CustomFields, customFieldsSchema, timestampSchema } from '../values.ts';
import type { AnyField, Fields, FieldType, ReferenceField, Section } from './field.ts';

/** A field without its literal types, for code that treats all objects alike. */
export interface FieldDefinition {
  /** The record's property, camelCase. Its English label is the i18n key `fields.<object>.<key>`. */
  readonly key: string;
  /** The column it is stored in. */
  readonly column: string;
  readonly type: FieldType;
  /** PostgreSQL's type of the column. */
  readonly sqlType: string;
  /** For `select`: the values, in order, and the name of their set. */
  readonly options?: readonly string[];
  readonly optionsName?: string;
  /** For `reference`: what it points at, and the record's property that carries the target's display name. */
  readonly target?: string;
  readonly displayKey?: string;
  readonly section: Section;
  readonly isRequired?: boolean;
  readonly isReadOnly?: boolean;
  readonly isSortable?: boolean;
  readonly isDefaultColumn?: boolean;
}

type Flat<Type> = { [Key in keyof Type]: Type[Key] };
type KeyOf<Type> = keyof Type & string;

/** The property beside a reference that carries the target's name: `accountId` → `accountName`. */
export type DisplayKey<Key extends string> = Key extends `${infer Base}Id` ? `${Base}Name` : never;

export type ReferenceKey<F, Target extends string = string> = {
  [Key in KeyOf<F>]: F[Key] extends { readonly target: Target } ? Key : never;
}[KeyOf<F>];

type IsReadOnly<Field> = Field extends { readonly options: { readonly isReadOnly: true } } ? true : false;
export type WritableKey<F> = {
  [Key in KeyOf<F>]: IsReadOnly<F[Key]> extends true ? never : Key;
}[KeyOf<F>];

type StoredOf<Field> = Field extends { readonly stored: z.ZodType<infer Value> } ? Value : never;
type GivenOf<Field> = Field extends { readonly given: z.ZodType<infer Value> } ? Value : never;

/** Fields of text that always have a value: what can be a record's title. */
export type TitleKey<F> = {
  [Key in KeyOf<F>]: F[Key] extends { readonly type: 'text' }
    ? null extends StoredOf<F[Key]>
      ? never
      : Key
    : never;
}[KeyOf<F>];

/** What every record has beside its fields. */
interface SystemValues<Name extends string> {
  readonly id: IdOf<Name>;
  readonly customFields: CustomFields;
  readonly importBatchId: ImportBatchId | null;
  readonly deletedAt: string | null;
}

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** A row of a list. */
export type RowType<Name extends string, F> = Flat<
  { -readonly [Key in KeyOf<F>]: StoredOf<F[Key]> } & {
    [Key in ReferenceKey<F> as DisplayKey<Key>]: string | null;
  } & Mutable<SystemValues<Name>>
>;

/** Rows that belong to a record and are edited with it, in an order: the addresses of a contact, the lines of a quote. */
export interface Child<F extends Fields> {
  readonly table: string;
  /** The column that names the record they belong to. */
  readonly parentColumn: string;
  /** The column of their order, from 0. */
  readonly positionColumn: string;
  readonly fields: F;
  readonly fieldList: readonly FieldDefinition[];
}
export type Children = Readonly<Record<string, Child<Fields>>>;

type ChildRow<F> = Flat<
  { id: string } & { -readonly [Key in KeyOf<F>]: StoredOf<F[Key]> } & {
    [Key in ReferenceKey<F> as DisplayKey<Key>]: string | null;
  }
>;
/** A child as a person gives it: with the id of the row it stays, or without one where it is new. */
type ChildInput<F> = Flat<
  { id?: string | undefined } & { [Key in WritableKey<F>]?: GivenOf<F[Key]> | undefined }
>;
/** Of an object without children, nothing: an intersection with `unknown` changes no type. */
type ChildRows<C> = C extends Children
  ? { -readonly [Key in keyof C]: C[Key] extends Child<infer F> ? ChildRow<F>[] : never }
  : unknown;
type ChildInputs<C> = C extends Children
  ? { -readonly [Key in keyof C]: C[Key] extends Child<infer F> ? ChildInput<F>[] : never }
  : unknown;

type InputType<F, C> = Flat<
  { [Key in WritableKey<F>]: GivenOf<F[Key]> } & { customFields: CustomFields } & ChildInputs<C>
>;
/** What a person sets: any of the writable fields, custom fields by key, children as a whole. */
type ChangesType<F, C> = { [Key in keyof InputType<F, C>]?: InputType<F, C>[Key] | undefined };

export type Access = 'owned' | 'about' | 'shared';

export interface ObjectDefinition<
  Name extends string = string,
  Singular extends string = string,
  F = Fields,
  C extends Children | undefined = Children | undefined,
  Extra extends string = string,
> {
  /** The object's name: its table, its part of the contract, its address in the interface. */
  readonly name: Name;
  /** What one of them is called, in messages and in the names of permissions. */
  readonly singular: Singular;
  readonly fields: F;
  readonly children: Children;
  readonly fieldList: readonly FieldDefinition[];
  readonly row: z.ZodType<RowType<Name, F>>;
  /** A whole record: its row and its children. */
  readonly record: z.ZodType<Flat<RowType<Name, F> & ChildRows<C>>>;
  readonly changes: z.ZodType<ChangesType<F, C>>;
  /** The field that names a record. */
  readonly title: string;
  /** The field of its owner, or null where nobody owns one. */
  readonly owner: string | null;
  /** Fields that are part of the column `search_text`. */
  readonly searched: readonly string[];
  /** Properties that tell records of one title apart. */
  readonly tellsApart: readonly string[];
  /** Who may see one: by its owner, by what it is about, or everybody who may read the object. */
  readonly access: Access;
  /** Activities can be linked to it, and its page has a timeline of them. */
  readonly hasActivities: boolean;
  readonly activitiesAlsoOn: readonly string[];
  /** Few records that many others refer to: a list sorted by their names reads them first. */
  readonly isFew: boolean;
  readonly importing: Importing<F, Extra>;
}

/** What a file may say of a record beside its fields. */
export interface Importing<F, Extra extends string> {
  /**
   * Columns of text that exist only while importing. `sourceId` is the record's id in the system that the file came
   * from, kept to find the record again and to resolve links by id.
   */
  readonly extra: readonly Extra[];
  /** References of which a row needs one; without any it is rejected, or goes to a placeholder of the first one's kind. */
  readonly needsOneOf: readonly ReferenceKey<F>[];
}

const columnTypes: Readonly<Record<Exclude<FieldType, 'select'>, string>> = {
  text: 'text',
  long_text: 'text',
  email: 'text',
  phone: 'text',
  url: 'text',
  integer: 'integer',
  money: 'numeric',
  percent: 'numeric',
  date: 'date',
  datetime: 'timestamptz',
  boolean: 'boolean',
  reference: 'uuid',
  tags: 'text[]',
};

/** `addressPostalCode` → `address_postal_code`. */
function snakeCase(key: string): string {
  return key.replaceAll(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`);
}

export function listOf(fields: Fields): FieldDefinition[] {
  return Object.entries(fields).map(([key, field]) => definitionOf(key, field));
}

function definitionOf(key: string, { type, options, set, target }: AnyField): FieldDefinition {
  const { column = snakeCase(key), isNeverNull: _, ...rest } = options;
  return {
    key,
    column,
    type,
    sqlType: type === 'select' ? (set?.sqlType ?? 'text') : columnTypes[type],
    ...(set === undefined ? {} : { options: set.values, optionsName: set.name }),
    ...(target === undefined ? {} : { target, displayKey: key.replace(/Id$/u, 'Name') }),
    ...rest,
  };
}

function displayNames(fields: Fields): Record<string, z.ZodType> {
  const references = Object.entries(fields).filter(([, field]) => field.target !== undefined);
  return Object.fromEntries(references.map(([key]) => [key.replace(/Id$/u, 'Name'), z.string().nullable()]));
}

const storedShape = (fields: Fields) =>
  Object.fromEntries(Object.entries(fields).map(([key, { stored }]) => [key, stored]));

/** What a person may set of the fields; a field left out is not touched. */
const givenShape = (fields: Fields) =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([, { options }]) => options.isReadOnly !== true)
      .map(([key, { given }]) => [key, given]),
  );

/** The rows of a child, at most 500 of one record. */
function childShapes(children: Children, shapeOf: (fields: Fields) => z.ZodObject) {
  return Object.fromEntries(
    Object.entries(children).map(([key, { fields }]) => [key, z.array(shapeOf(fields)).max(500)]),
  );
}

const childRow = (fields: Fields) =>
  z.object({ id: z.guid(), ...storedShape(fields), ...displayNames(fields) });
const childInput = (fields: Fields) =>
  z.object(givenShape(fields)).partial().extend({ id: z.guid().optional() });

/** Rows of another table that belong to a record and are edited with it. */
export function child<const F extends Fields>(given: {
  readonly table: string;
  readonly parentColumn: string;
  readonly fields: F;
}): Child<F> {
  return { positionColumn: 'position', fieldList: listOf(given.fields), ...given };
}

/**
 * Defines an object. Its parts of the contract, of lists, forms, imports, history and permissions are derived from this;
 * rules and import are added in `core/objects/<object>`, looks in `renderer/objects/<object>`.
 */
export function defineObject<
  const Name extends string,
  const Singular extends string,
  const F extends Fields,
  const C extends Children | undefined = undefined,
  const Extra extends string = never,
>(given: {
  readonly name: Name;
  readonly singular: Singular;
  readonly fields: F;
  readonly title: TitleKey<F>;
  readonly access: Access;
  readonly owner?: ReferenceKey<F, 'users'>;
  readonly searched: readonly KeyOf<F>[];
  readonly tellsApart: readonly (KeyOf<F> | DisplayKey<ReferenceKey<F>>)[];
  readonly children?: C;
  readonly hasActivities?: boolean;
  /** References whose targets show its activities too: a contact's call is also a call to the contact's account. */
  readonly activitiesAlsoOn?: readonly ReferenceKey<F>[];
  readonly isFew?: boolean;
  readonly importing?: Partial<Importing<F, Extra>>;
}): ObjectDefinition<Name, Singular, F, C, Extra> {
  const { fields } = given;
  const children: Children = given.children ?? {};
  const row = z.object({
    ...storedShape(fields),
    ...displayNames(fields),
    id: idOf<Name>(),
    customFields: customFieldsSchema,
    importBatchId: importBatchIdSchema.nullable(),
    deletedAt: timestampSchema.nullable(),
  });
  const record = row.extend(childShapes(children, childRow));
  const changes = z
    .object({
      ...givenShape(fields),
      customFields: customFieldsSchema,
      ...childShapes(children, childInput),
    })
    .partial();
  return {
    name: given.name,
    singular: given.singular,
    fields,
    children,
    fieldList: listOf(fields),
    // The three schemas are built from the fields; the mapped types above say the same of them.
    row: row as unknown as z.ZodType<RowType<Name, F>>,
    record: record as unknown as z.ZodType<Flat<RowType<Name, F> & ChildRows<C>>>,
    changes: changes as unknown as z.ZodType<ChangesType<F, C>>,
    title: given.title,
    access: given.access,
    owner: given.owner ?? null,
    searched: given.searched,
    tellsApart: given.tellsApart,
    hasActivities: given.hasActivities ?? false,
    activitiesAlsoOn: given.activitiesAlsoOn ?? [],
    isFew: given.isFew ?? false,
    importing: { extra: [], needsOneOf: [], ...given.importing },
  };
}

/** The targets that an object's fields name. */
export type TargetOf<F> = {
  [Key in KeyOf<F>]: F[Key] extends ReferenceField<infer Target, infer _> ? Target : never;
}[KeyOf<F>];
