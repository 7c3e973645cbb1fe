import type { ColumnPlan } from '#shared/contract/imports.ts';
import { excerpt } from '../../data/shown.ts';
import { DateEvidence } from '../values/dates.ts';
import { NumberEvidence } from '../values/numbers.ts';
import { isPlaceholder, trimInvisible } from '../values/text.ts';

const maxSamples = 5;
const sampleLength = 200;
/** Different values remembered of a column, to see whether it is a small set of names. */
const maxDistinct = 2_000;
/** A column with more different values than this is none of choices, such as stages. */
const maxFew = 50;
/** Costly looks (dates, numbers) are taken at this many values beyond those remembered. */
const maxLooks = 20_000;
/** A column is of a type when this share of its cells is; the others are told of, and go into the error file. */
const clearShare = 0.9;
/** With a smaller share than this it is text. In between a person is asked. */
const mixedShare = 0.6;

const email = /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]{2,}$/;
const url = /^(https?:\/\/|www\.)\S+$/i;
const phone = /^\+?[\d\s().\-/]{6,}(\s*(x|ext\.?|extension)\s*\d+)?$/i;
const booleanWords = new Set([
  'yes',
  'no',
  'true',
  'false',
  'y',
  'n',
  'ja',
  'nein',
  'si',
  'sí',
  'oui',
  'non',
]);

/** Cells of a column that are not of the type which the others have. */
export interface Misfits {
  readonly rows: number;
  readonly sample: string;
  /** So many that a person has to say whether the column is of that type at all. */
  readonly isMixed: boolean;
}

/** What the values of one column look like, gathered while the file is read once; each counts as often as it stands there. */
export class ColumnEvidence {
  readonly #dates = new DateEvidence();
  readonly #numbers = new NumberEvidence();
  readonly samples: string[] = [];
  /** Different values and how often each was met since it was last looked at. */
  readonly #seen = new Map<string, number>();
  /** How often each value stands in a column of few. */
  readonly #counts = new Map<string, number>();
  /** Values that are no date, no number, no yes or no, for the question. */
  readonly #otherThan = new Map<'date' | 'number' | 'boolean', string>();
  #filled = 0;
  #others = 0;
  #looked = 0;
  #typed = 0;
  #emails = 0;
  #urls = 0;
  #phones = 0;
  #booleans = 0;
  #long = 0;
  #leadingZeros = 0;
  #plusSigns = 0;

  add(cell: string): void {
    const value = trimInvisible(cell);
    if (value === '') return;
    this.#filled += 1;
    const met = this.#seen.get(value);
    if (met !== undefined) {
      this.#seen.set(value, met + 1);
      return;
    }
    if (this.samples.length < maxSamples) this.samples.push(excerpt(value, sampleLength));
    if (this.#seen.size < maxDistinct) this.#seen.set(value, 1);
    else if (this.#others < maxLooks) {
      this.#others += 1;
      this.#look(value, 1);
    }
  }

  get dates(): DateEvidence {
    this.#settle();
    return this.#dates;
  }

  get numbers(): NumberEvidence {
    this.#settle();
    return this.#numbers;
  }

  get filled(): number {
    return this.#filled;
  }

  get distinct(): Iterable<string> {
    return this.#seen.keys();
  }

  /** The different values and their rows, the most frequent first, where they are few and short; null otherwise. */
  get few(): ColumnPlan['distinct'] {
    this.#settle();
    if (this.#seen.size === 0 || this.#seen.size > maxFew) return null;
    const few = [...this.#counts].map(([value, rows]) => ({ value, rows })).sort((a, b) => b.rows - a.rows);
    return few.every(({ value }) => value.length <= sampleLength && excerpt(value, sampleLength) === value)
      ? few
      : null;
  }

  get detected(): ColumnPlan['detected'] {
    this.#settle();
    if (this.#looked === 0) return 'empty';
    const most = (count: number) => count >= this.#looked * clearShare;
    if (most(this.#emails)) return 'email';
    if (most(this.#urls)) return 'url';
    if (this.#isMostly(this.#booleans)) return 'boolean';
    if (this.#isMostly(this.#dates.dated)) return 'date';
    if (most(this.#plusSigns)) return 'phone';
    // `0049 30 1234` and `08123` lose their zeros as numbers, and the amounts of two currencies their meaning.
    const isNumber = this.#isMostly(this.#numbers.numbers) && !this.#numbers.hasSeveralUnits;
    if (isNumber && this.#numbers.looksLikePercents) return 'percent';
    if (isNumber && this.#leadingZeros === 0 && !this.#numbers.hasLongNumbers) {
      return this.#numbers.looksLikeIntegers ? 'integer' : 'number';
    }
    if (most(this.#phones)) return 'phone';
    return this.#long > this.#looked * 0.1 ? 'long_text' : 'text';
  }

  /** What does not fit the type that was detected; null when all does, or the type takes everything. */
  get misfits(): Misfits | null {
    const { detected } = this;
    const kind = detected === 'integer' || detected === 'percent' ? 'number' : detected;
    if (kind !== 'date' && kind !== 'number' && kind !== 'boolean') return null;
    const fitting = { date: this.#dates.dated, number: this.#numbers.numbers, boolean: this.#booleans }[kind];
    const rows = this.#typed - fitting;
    if (rows <= 0) return null;
    return { rows, sample: this.#otherThan.get(kind) ?? '', isMixed: fitting < this.#typed * clearShare };
  }

  #isMostly(count: number): boolean {
    return this.#typed > 0 && count >= this.#typed * mixedShare;
  }

  #settle(): void {
    for (const [value, count] of this.#seen) {
      if (count === 0) continue;
      this.#look(value, count);
      if (this.#seen.size <= maxFew) this.#counts.set(value, (this.#counts.get(value) ?? 0) + count);
      this.#seen.set(value, 0);
    }
  }

  #look(value: string, count: number): void {
    this.#looked += count;
    if (isPlaceholder(value)) return;
    this.#typed += count;
    if (value.length > 250 || value.includes('\n')) {
      this.#long += count;
      for (const kind of ['date', 'number', 'boolean'] as const) this.#note(kind, value);
      return;
    }
    const hasDigit = /\d/.test(value);
    if (!hasDigit || !this.#dates.add(value, count)) this.#note('date', value);
    if (!hasDigit || !this.#numbers.add(value, count)) this.#note('number', value);
    const isBoolean = booleanWords.has(value.toLowerCase());
    if (isBoolean) this.#booleans += count;
    else this.#note('boolean', value);
    if (value.includes('@') && email.test(value)) this.#emails += count;
    else if (url.test(value)) this.#urls += count;
    else if (hasDigit && phone.test(value) && value.replaceAll(/\D/g, '').length >= 7) this.#phones += count;
    if (/^0\d/.test(value)) this.#leadingZeros += count;
    if (/^\+\d[\d\s().-]{6,}$/.test(value)) this.#plusSigns += count;
  }

  #note(kind: 'date' | 'number' | 'boolean', value: string): void {
    if (!this.#otherThan.has(kind)) this.#otherThan.set(kind, excerpt(value, sampleLength));
  }
}
