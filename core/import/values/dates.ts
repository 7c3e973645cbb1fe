import type { DateOrder } from '#shared/contract/imports.ts';
import { fold } from '#shared/text/fold.ts';

/** Languages whose month names are understood. */
const monthLocales = ['en', 'es', 'fr', 'de', 'pt', 'it', 'nl'];

const monthNumbers = new Map<string, number>();
for (const locale of monthLocales) {
  for (const style of ['long', 'short'] as const) {
    const format = new Intl.DateTimeFormat(locale, { month: style, timeZone: 'UTC' });
    for (let month = 0; month < 12; month += 1) {
      const name = monthKey(format.format(Date.UTC(2024, month, 15)));
      if (!monthNumbers.has(name)) monthNumbers.set(name, month + 1);
    }
  }
}
// Spoken forms that the locale data does not have.
monthNumbers.set('sept', 9);

function monthKey(name: string): string {
  return fold(name).replaceAll(/[^\p{L}]/gu, '');
}

/** A time of day after the date: `T09:30:00.000Z`, ` 9:30 PM`, `, 09:30 +02:00`. */
const timeOfDay =
  /^(?:[T\s,]\s*|\s+at\s+)\d{1,2}[:.h]\d{2}(?:[:.]\d{2}(?:[.,]\d{1,9})?)?\s*(?:[ap]\.?m\.?)?\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/i;
const yearFirst = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})/;
const numeric = /^(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})(?!\d)/;
const dayMonthName =
  /^(?:\p{L}+\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th|\.|º)?[-\s/]+(?:de\s+)?(\p{L}+)\.?[-\s/,]+(?:de\s+)?(\d{4}|\d{2})(?!\d)/u;
const monthNameDay = /^(?:\p{L}+\.?,\s+)?(\p{L}+)\.?[-\s]+(\d{1,2})(?:st|nd|rd|th)?,?[-\s]+(\d{4})(?!\d)/u;

/**
 * The calendar day that a text means under an order of its parts, as `YYYY-MM-DD`, or null. A time of day is left out.
 * Month names and years of four digits that stand first say their order themselves; other all-digit forms depend on
 * `order`. Two-digit years are 1950 to 2049.
 */
export function parseDate(text: string, order: DateOrder): string | null {
  const value = text.trim();
  if (value.length < 6 || value.length > 60) return null;
  const plain = plainDate(value);
  if (plain !== undefined) return plain;
  const match = numeric.exec(value);
  if (!match || !isTimeOrNothing(value, match[0])) return null;
  const [, first, , second, year] = match;
  if (order === 'mdy') return calendarDay(year, first, second);
  if (order === 'dmy') return calendarDay(year, second, first);
  // `24-03-05` has its year first too; `04/04/2026` is the same day in every order.
  if (year?.length === 2) return first?.length === 2 ? calendarDay(first, second, year) : null;
  return first === second ? calendarDay(year, first, second) : null;
}

/** A date that says its own order; undefined when the text has no such form, null when it is no real day. */
function plainDate(value: string): string | null | undefined {
  const iso = yearFirst.exec(value);
  if (iso) return isTimeOrNothing(value, iso[0]) ? calendarDay(iso[1], iso[3], iso[4]) : null;
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(value);
  if (compact) return calendarDay(compact[1], compact[2], compact[3]);
  // Milliseconds since 1970, as HubSpot's interface exports them.
  if (/^\d{13}$/.test(value)) return new Date(Number(value)).toISOString().slice(0, 10);
  const named = dayMonthName.exec(value);
  if (named && isTimeOrNothing(value, named[0])) {
    const month = monthNumbers.get(monthKey(named[2] ?? ''));
    return month === undefined ? undefined : calendarDay(named[3], String(month), named[1]);
  }
  const american = monthNameDay.exec(value);
  if (american && isTimeOrNothing(value, american[0])) {
    const month = monthNumbers.get(monthKey(american[1] ?? ''));
    return month === undefined ? undefined : calendarDay(american[3], String(month), american[2]);
  }
  return undefined;
}

function isTimeOrNothing(value: string, date: string): boolean {
  const rest = value.slice(date.length);
  return rest === '' || timeOfDay.test(rest);
}

function calendarDay(year = '', month = '', day = ''): string | null {
  const fullYear = year.length === 2 ? Number(year) + (Number(year) >= 50 ? 1900 : 2000) : Number(year);
  const date = new Date(Date.UTC(fullYear, Number(month) - 1, Number(day)));
  if (fullYear < 1000 || date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day))
    return null;
  return date.toISOString().slice(0, 10);
}

const orders = ['ymd', 'dmy', 'mdy'] as const;

/** Which orders the values of a column fit. */
export class DateEvidence {
  #dated = 0;
  #fits = { ymd: 0, dmy: 0, mdy: 0 };
  /** Values that are different days under two orders. */
  #differ = { 'ymd dmy': 0, 'ymd mdy': 0, 'dmy mdy': 0 };
  /** The first and last parts of values that have two digits in both: days vary more than years. */
  readonly #firsts = new Set<string>();
  readonly #lasts = new Set<string>();

  /** `count`: how often the value stands in the column. Returns whether it is a date in any order. */
  add(text: string, count = 1): boolean {
    const days = { ymd: parseDate(text, 'ymd'), dmy: parseDate(text, 'dmy'), mdy: parseDate(text, 'mdy') };
    const isDate = orders.some((order) => days[order] !== null);
    if (!isDate) return false;
    this.#dated += count;
    for (const order of orders) if (days[order] !== null) this.#fits[order] += count;
    if (days.ymd !== days.dmy) this.#differ['ymd dmy'] += count;
    if (days.ymd !== days.mdy) this.#differ['ymd mdy'] += count;
    if (days.dmy !== days.mdy) this.#differ['dmy mdy'] += count;
    const short = /^(\d{1,2})\D\d{1,2}\D(\d{2})(?!\d)/.exec(text);
    if (short) {
      this.#firsts.add(short[1] ?? '');
      this.#lasts.add(short[2] ?? '');
    }
    return true;
  }

  /** Values that are dates in some order. */
  get dated(): number {
    return this.#dated;
  }

  /** Null when more than one order fits, or the values contradict each other: a person has to say. */
  get order(): DateOrder | null {
    const fitting = orders.filter((order) => this.#fits[order] === this.#dated);
    if (fitting.length === 1) return fitting[0] ?? null;
    if (fitting.includes('dmy') && fitting.includes('mdy') && this.#differ['dmy mdy'] > 0) return null;
    if (!fitting.includes('ymd')) return null;
    if (fitting.includes('dmy') && this.#differ['ymd dmy'] > 0)
      return this.#firsts.size >= this.#lasts.size ? 'dmy' : null;
    return fitting.includes('mdy') && this.#differ['ymd mdy'] > 0 ? null : 'ymd';
  }
}
