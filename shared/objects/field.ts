import { z } from 'zod';
import type { OptionSet } from '../enums.ts';
import { type IdOf, idOf } from '../ids.ts';
import {
  currencyInputSchema,
  currencySchema,
  dateSchema,
  decimalSchema,
  emailInputSchema,
  lineSchema,
  probabilitySchema,
  textSchema,
  timestampSchema,
} from '../values.ts';

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

/** Headings of the record page. */
export type Section = 'main' | 'reach' | 'address' | 'deal' | 'about' | 'system';

export interface FieldOptions {
  readonly section: Section;
  /** The column it is stored in, where that is not the key in snake case. */
  readonly column?: string;
  /** A person has to give it. */
  readonly isRequired?: boolean;
  /** It always has a value, though nobody has to give it: a default or the database sees to that. */
  readonly isNeverNull?: boolean;
  /** Set by the database or by an action of its own, not by editing. */
  readonly isReadOnly?: boolean;
  /** Lists may be sorted by it at 100,000 rows (an index serves it). */
  readonly isSortable?: boolean;
  /** Shown in a list until the person chooses otherwise. */
  readonly isDefaultColumn?: boolean;
}

/** A field of an object, with its two forms. */
export interface Field<Type extends FieldType, Stored, Given, Options extends FieldOptions> {
  readonly type: Type;
  readonly options: Options;
  /** What a record has: lenient, since other programs may have written it. */
  readonly stored: z.ZodType<Stored>;
  /** What a person may set. */
  readonly given: z.ZodType<Given>;
  readonly set?: OptionSet<string>;
}

export interface ReferenceField<Target extends string, Options extends FieldOptions>
  extends Field<'reference', Maybe<IdOf<Target>, Options>, Maybe<IdOf<Target>, Options>, Options> {
  readonly target: Target;
}

/** Any field, with or without a target. */
export type AnyField = Field<FieldType, unknown, unknown, FieldOptions> & { readonly target?: string };
export type Fields = Readonly<Record<string, AnyField>>;

type Maybe<Value, Options> = Options extends { isRequired: true } | { isNeverNull: true }
  ? Value
  : Value | null;

/** The one place that joins a field's schemas to its options; whether null is admitted is decided here. */
function make<Type extends FieldType, Stored, Given, const Options extends FieldOptions>(
  type: Type,
  options: Options,
  stored: z.ZodType<Stored>,
  given: z.ZodType<Given>,
): Field<Type, Maybe<Stored, Options>, Maybe<Given, Options>, Options> {
  const isNeverNull = options.isRequired === true || options.isNeverNull === true;
  return {
    type,
    options,
    // `Maybe` says in types what `isNeverNull` says at run time.
    stored: (isNeverNull ? stored : stored.nullable()) as z.ZodType<Maybe<Stored, Options>>,
    given: (isNeverNull ? given : given.nullable()) as z.ZodType<Maybe<Given, Options>>,
  };
}

/** A line of text that a record cannot be without; the message asks for it. */
export function title<const Options extends FieldOptions>(message: string, options: Options) {
  const line = lineSchema.min(1, message);
  return make('text', { ...options, isRequired: true } as const, line, line);
}

/** A line of text. */
export function text<const Options extends FieldOptions>(options: Options) {
  return make('text', options, lineSchema, lineSchema);
}

/** Text of several lines. */
export function longText<const Options extends FieldOptions>(options: Options) {
  return make('long_text', options, textSchema, textSchema);
}

/** What is stored may be any line; what a person gives is an address. */
export function email<const Options extends FieldOptions>(options: Options) {
  return make('email', options, lineSchema, emailInputSchema);
}

export function phone<const Options extends FieldOptions>(options: Options) {
  return make('phone', options, lineSchema, lineSchema);
}

export function url<const Options extends FieldOptions>(options: Options) {
  return make('url', options, lineSchema, lineSchema);
}

/** A whole number within the given limits, both included. */
export function integer<const Options extends FieldOptions>(
  limits: { readonly min: number; readonly max: number },
  options: Options,
) {
  const schema = z.int().min(limits.min).max(limits.max);
  return make('integer', options, schema, schema);
}

/** An exact decimal as text. */
export function money<const Options extends FieldOptions>(options: Options) {
  return make('money', options, decimalSchema, decimalSchema);
}

/** What came from elsewhere may have any code; a person gives that of a currency in use. */
export function currency<const Options extends FieldOptions>(options: Options) {
  return make('text', options, currencySchema, currencyInputSchema);
}

/** A share from 0 to 1 as decimal text. */
export function percent<const Options extends FieldOptions>(options: Options) {
  return make('percent', options, probabilitySchema, probabilitySchema);
}

/** A calendar day. */
export function date<const Options extends FieldOptions>(options: Options) {
  return make('date', options, dateSchema, dateSchema);
}

/** A moment. */
export function moment<const Options extends FieldOptions>(options: Options) {
  return make('datetime', options, timestampSchema, timestampSchema);
}

/** Yes or no. */
export function flag<const Options extends FieldOptions>(options: Options) {
  return make('boolean', { ...options, isNeverNull: true } as const, z.boolean(), z.boolean());
}

/** One of a closed set. */
export function select<Value extends string, const Options extends FieldOptions>(
  set: OptionSet<Value>,
  options: Options,
) {
  const schema = z.enum(set.values);
  return { ...make('select', options, schema, schema), set };
}

/**
 * Another record, or a user. The target is a text here and checked in the catalogue: a type of all objects would refer to
 * itself.
 */
export function reference<const Target extends string, const Options extends FieldOptions>(
  target: Target,
  options: Options,
): ReferenceField<Target, Options> {
  const id = idOf<Target>();
  return { ...make('reference', options, id, id), target };
}
