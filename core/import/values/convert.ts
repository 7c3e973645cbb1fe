import type { ImportField } from '#shared/contract/import-targets.ts';
import type { ColumnPlan } from '#shared/contract/imports.ts';
import { type Message, say } from '#shared/message.ts';
import { isEmailAddress } from '#shared/values.ts';
import { scaleDecimal } from '../../data/decimals.ts';
import { shown } from '../../data/shown.ts';
import { parseDate } from './dates.ts';
import { maxDigits, parseNumber } from './numbers.ts';
import { isPlaceholder, trimInvisible } from './text.ts';

const maxLine = 1_000;
const maxText = 100_000;

/** What a cell becomes: a value in its plain form (null when empty), or why it cannot be kept. */
export type Converted =
  | { readonly value: string | null; readonly currency?: string | null; readonly issue?: undefined }
  | { readonly issue: Message };

/** How the numbers and dates of a column are written. */
export type CellReading = Pick<ColumnPlan, 'dateOrder' | 'decimalSign' | 'multiplier'>;

/** `number`: any number, as custom fields hold it. */
export type CellType = ImportField['type'] | 'number';

const empty: Converted = { value: null };
/** Types whose cells are values, so that `n/a` in one of them says that there is none. */
const valueTypes: ReadonlySet<CellType> = new Set([
  'integer',
  'money',
  'percent',
  'date',
  'boolean',
  'number',
]);
/** Several values of one cell, as HubSpot (`;`) and Google (` ::: `) write them. */
const valueSeparator = / ::: |;/;
// biome-ignore format: one list
const truthy = new Set(['true', 't', 'yes', 'y', '1', 'on', 'ja', 'si', 'sí', 'oui', 'x', 'active', 'activo', 'wahr', 'verdadero']);
// biome-ignore format: one list
const falsy = new Set(['false', 'f', 'no', 'n', '0', 'off', 'nein', 'non', 'inactive', 'inactivo', 'falsch', 'falso']);

/** Converts the text of a cell for a field of a type. Messages complete the sentence "<column>: ...". */
export function convertCell(type: CellType, cell: string, reading: CellReading): Converted {
  const text = trimInvisible(cell);
  if (text === '' || (valueTypes.has(type) && isPlaceholder(text))) return empty;
  if (text.includes('\u0000')) return { issue: say`holds a NUL character, which is no text. Remove it.` };
  switch (type) {
    case 'text':
    case 'phone':
    case 'select':
      return line(text);
    case 'long_text':
      if (text.length > maxText) return { issue: tooLong(text.length, maxText) };
      return { value: text.replaceAll('\r\n', '\n').replaceAll('\r', '\n') };
    case 'url':
      return url(text);
    case 'email':
      return email(text);
    case 'integer':
      return integer(text, reading);
    case 'money':
      return money(text, reading);
    case 'number':
      return plainNumber(text, reading);
    case 'percent':
      return percent(text, reading);
    case 'date':
      return date(text, reading);
    case 'boolean':
      return boolean(text);
    default:
      return type satisfies never;
  }
}

function tooLong(length: number, limit: number): Message {
  return say`is ${length.toLocaleString('en')} characters long; at most ${limit.toLocaleString('en')} can be kept. Shorten it.`;
}

/** Text on one line: line breaks and tabs become spaces, as in an address written over several lines. */
function line(text: string): Converted {
  // Most cells are plain; the pattern below is only run on the others.
  const value = /[\s\p{Cc}]{2}|[^\S ]|\p{Cc}/u.test(text)
    ? text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim()
    : text;
  return value.length > maxLine
    ? { issue: tooLong(value.length, maxLine) }
    : { value: value === '' ? null : value };
}

/** A number under a heading of addresses is a sign of columns that were moved. */
function url(text: string): Converted {
  return /^[-+]?\d+(?:[.,]\d+)?$/.test(text)
    ? { issue: say`“${shown(text)}” is a number and no web address.` }
    : line(text);
}

/** A record has one address: none of several is left out without a word. */
function email(text: string): Converted {
  const [address, ...others] = addressesIn(text);
  if (address === undefined) return empty;
  if (others.length > 0) {
    return {
      issue: say`“${shown(text)}” holds more than one email address. Keep one and put the others into a column of their own.`,
    };
  }
  if (address.length > maxLine || !isEmailAddress(address)) {
    return { issue: say`“${shown(text)}” is no email address.` };
  }
  return { value: address };
}

/** The different parts of a cell, in the order in which they stand; an address written twice is one. */
function addressesIn(text: string): string[] {
  const byKey = new Map<string, string>();
  for (const part of text.split(valueSeparator)) {
    const plain = part.trim().replace(/^\* /, '').trim();
    const address = /<([^<>]+)>$/.exec(plain)?.[1] ?? plain.replace(/^mailto:/i, '');
    const key = address.toLowerCase();
    if (key !== '' && !byKey.has(key)) byKey.set(key, address);
  }
  return [...byKey.values()];
}

function number(text: string, reading: CellReading) {
  return parseNumber(text, reading.decimalSign ?? '.');
}

function integer(text: string, reading: CellReading): Converted {
  const parsed = number(text, reading);
  const scaled = parsed ? scaleDecimal(parsed.value, reading.multiplier) : null;
  if (scaled === null) return { issue: say`“${shown(text)}” is no number.` };
  if (scaled.includes('.')) return { issue: say`“${shown(text)}” is no whole number.` };
  if (scaled.length > 9) return { issue: say`“${shown(text)}” is too large a number.` };
  return { value: scaled };
}

function money(text: string, reading: CellReading): Converted {
  const parsed = number(text, reading);
  const scaled = parsed ? scaleDecimal(parsed.value, reading.multiplier) : null;
  if (!parsed || scaled === null) return { issue: say`“${shown(text)}” is no amount.` };
  const [whole = '', fraction = ''] = scaled.replace('-', '').split('.');
  if (whole.length > 15) return { issue: say`“${shown(text)}” is too large an amount.` };
  if (fraction.length > 4) return { issue: say`“${shown(text)}” has more than four decimals.` };
  return { value: scaled, currency: parsed.currency };
}

function plainNumber(text: string, reading: CellReading): Converted {
  const parsed = number(text, reading);
  const scaled = parsed ? scaleDecimal(parsed.value, reading.multiplier) : null;
  if (scaled === null) return { issue: say`“${shown(text)}” is no number.` };
  if (scaled.replaceAll(/\D/g, '').length > maxDigits) {
    return { issue: say`“${shown(text)}” has more than ${maxDigits} digits and would not be kept exactly.` };
  }
  return { value: scaled };
}

/** As a share from 0 to 1. Above 1, or with a percent sign, it is meant in hundredths. */
function percent(text: string, reading: CellReading): Converted {
  const parsed = number(text, reading);
  if (!parsed) return { issue: say`“${shown(text)}” is no percentage.` };
  const isHundredths = parsed.isPercent || Number(parsed.value) > 1;
  const share = isHundredths ? scaleDecimal(parsed.value, '0.01') : parsed.value;
  if (share === null || Number(share) < 0 || Number(share) > 1) {
    return { issue: say`“${shown(text)}” is not between 0 and 100 %.` };
  }
  return { value: String(Math.round(Number(share) * 10_000) / 10_000) };
}

function date(text: string, reading: CellReading): Converted {
  const day = parseDate(text, reading.dateOrder ?? 'ymd');
  if (day !== null) return { value: day };
  return isDateInSomeOrder(text) && reading.dateOrder === null
    ? { issue: say`“${shown(text)}” can be read two ways until the order of day and month is chosen.` }
    : { issue: noDate(text, reading) };
}

function isDateInSomeOrder(text: string): boolean {
  return parseDate(text, 'dmy') !== null || parseDate(text, 'mdy') !== null;
}

function noDate(text: string, { dateOrder }: CellReading): Message {
  if (dateOrder === 'mdy') return say`“${shown(text)}” is no date with the month first.`;
  if (dateOrder === 'dmy') return say`“${shown(text)}” is no date with the day first.`;
  return say`“${shown(text)}” is no date.`;
}

function boolean(text: string): Converted {
  const word = text.toLowerCase();
  if (truthy.has(word)) return { value: 'true' };
  if (falsy.has(word)) return { value: 'false' };
  return { issue: say`“${shown(text)}” is neither yes nor no.` };
}
