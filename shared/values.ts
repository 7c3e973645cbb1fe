import { z } from 'zod';
import { ask } from './message.ts';
import { isLocale, isTimeZone } from './time-zones.ts';

/** `YYYY-MM-DD`, a calendar day without a time zone. */
export const dateSchema = z.iso.date();

/** ISO 8601 with a zone, up to microseconds: `2026-03-01T09:30:00.123456Z`. */
export const timestampSchema = z.iso.datetime({ offset: true });

/** An exact decimal as text, up to 15 digits before and 4 after the point, as `numeric(19,4)` holds. Never a float. */
export const decimalSchema = z
  .string()
  .regex(/^-?\d{1,15}(\.\d{1,4})?$/, ask`Use a number with up to 15 digits and 4 decimals.`);

/** ISO 4217, e.g. `EUR`. */
export const currencySchema = z
  .string()
  .regex(/^[A-Z]{3}$/, ask`Use a three-letter currency code such as EUR.`);

const currencies = new Set(Intl.supportedValuesOf('currency'));

/** Whether a code is that of a currency in use, as ISO 4217 lists them. */
export function isCurrency(code: string): boolean {
  return currencies.has(code);
}

/** A currency as a person sets it: `ZZZ` looks like one and is none. */
export const currencyInputSchema = currencySchema.refine(
  isCurrency,
  ask`Use the code of a currency, such as EUR.`,
);

/** A time zone as a person sets it. */
export const timezoneInputSchema = z
  .string()
  .refine(isTimeZone, ask`Use the name of a time zone, such as Europe/Berlin.`);

/** A language and region as a person sets it. */
export const localeInputSchema = z
  .string()
  .refine(isLocale, ask`Use a language with its region, such as en-GB.`);

/** A probability from 0 to 1 as decimal text. */
export const probabilitySchema = z
  .string()
  .regex(/^(0(\.\d{1,4})?|1(\.0{1,4})?)$/, ask`Use a number from 0 to 1.`);

/** One line of text: trimmed, no control characters, at most 1,000 characters. */
export const lineSchema = z
  .string()
  .trim()
  .max(1_000, ask`Use at most 1,000 characters.`)
  .refine((text) => !hasControlCharacters(text), ask`Remove line breaks and control characters.`);

const emailForm = /^[^\s\u0085@<>,]+@[^\s\u0085@<>,]+$/;

/** Whether a text can be the address of a mailbox: what an import takes and what a person may type. */
export function isEmailAddress(text: string): boolean {
  return emailForm.test(text);
}

/** An email address as a person sets it; what is already stored may be any line. */
export const emailInputSchema = lineSchema.regex(
  emailForm,
  ask`Use an email address such as name@example.com.`,
);

/** Text of several lines, at most 100,000 characters; PostgreSQL cannot store NUL. */
export const textSchema = z
  .string()
  .max(100_000, ask`Use at most 100,000 characters.`)
  .refine((text) => !text.includes('\u0000'), ask`Remove NUL characters.`);

/**
 * The key of a custom field, as the database admits it. `constructor` is none: every object seems to have a value of that
 * name.
 */
export const customFieldKeySchema = z.string().regex(/^(?!constructor$)[a-z][a-z0-9_]{0,62}$/);

/** Values of custom fields by key; the database validates them against their definitions. */
export const customFieldsSchema = z.record(z.string(), z.json());
export type CustomFields = z.infer<typeof customFieldsSchema>;

function hasControlCharacters(text: string): boolean {
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 32 || code === 127) return true;
  }
  return false;
}
