import type { DateOrder } from '#shared/contract/imports.ts';

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
  return name
    .normalize('NFD')
    .replaceAll(/[^\p{L}]/gu, '')
    .toLowerCase();
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
 * Years first and month names say their order themselves; only all-digit forms depend on `order`. Two-digit years are
 * 1950 to 2049.
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
  return null;
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

/** Which orders the values of a column fit. */
export class DateEvidence {
  #values = 0;
  #dated = 0;
  #monthFirst = 0;
  #dayFirst = 0;
  #differ = 0;
  /** A value that reads differently under the two orders, for the question. */
  example: string | null = null;

  add(text: string): void {
    this.#values += 1;
    const monthFirst = parseDate(text, 'mdy');
    const dayFirst = parseDate(text, 'dmy');
    if (monthFirst !== null || dayFirst !== null) this.#dated += 1;
    if (monthFirst === dayFirst) return;
    this.#differ += 1;
    if (monthFirst !== null) this.#monthFirst += 1;
    if (dayFirst !== null) this.#dayFirst += 1;
    if (monthFirst !== null && dayFirst !== null) this.example ??= text;
  }

  /** A value that is no date on sight. */
  addOther(): void {
    this.#values += 1;
  }

  get looksLikeDates(): boolean {
    return this.#values > 0 && this.#dated >= this.#values * 0.9;
  }

  /** Null when more than one order fits, or the values contradict each other: a person has to say. */
  get order(): DateOrder | null {
    if (this.#differ === 0) return 'ymd';
    const isMonthFirst = this.#monthFirst === this.#differ;
    const isDayFirst = this.#dayFirst === this.#differ;
    if (isMonthFirst === isDayFirst) return null;
    return isMonthFirst ? 'mdy' : 'dmy';
  }
}
