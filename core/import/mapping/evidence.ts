import type { ColumnPlan } from '#shared/contract/imports.ts';
import { excerpt } from '../values/convert.ts';
import { DateEvidence } from '../values/dates.ts';
import { NumberEvidence } from '../values/numbers.ts';

const maxSamples = 5;
const sampleLength = 200;
/** Different values remembered of a column, to see whether it is a small set of names. */
const maxDistinct = 2_000;
/** Costly looks (dates, numbers) are taken at this many values, and then at each value not seen before. */
const maxLooks = 20_000;

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

/** What the values of one column look like, gathered while the file is read once. */
export class ColumnEvidence {
  readonly dates = new DateEvidence();
  readonly numbers = new NumberEvidence();
  readonly samples: string[] = [];
  readonly #seen = new Set<string>();
  #filled = 0;
  #looked = 0;
  #emails = 0;
  #urls = 0;
  #phones = 0;
  #booleans = 0;
  #long = 0;
  #leadingZeros = 0;
  #plusSigns = 0;

  add(cell: string): void {
    const value = cell.trim();
    if (value === '') return;
    this.#filled += 1;
    if (this.#seen.has(value)) return;
    if (this.#seen.size < maxDistinct) this.#seen.add(value);
    if (this.samples.length < maxSamples) this.samples.push(excerpt(value, sampleLength));
    if (this.#looked >= maxLooks) return;
    this.#looked += 1;
    if (value.length > 250 || value.includes('\n')) {
      this.#long += 1;
      return;
    }
    const hasDigit = /\d/.test(value);
    if (hasDigit) {
      this.dates.add(value);
      this.numbers.add(value);
    } else {
      this.dates.addOther();
      this.numbers.addOther();
    }
    if (value.includes('@') && email.test(value)) this.#emails += 1;
    else if (url.test(value)) this.#urls += 1;
    else if (hasDigit && phone.test(value) && value.replaceAll(/\D/g, '').length >= 7) this.#phones += 1;
    else if (booleanWords.has(value.toLowerCase())) this.#booleans += 1;
    if (/^0\d/.test(value)) this.#leadingZeros += 1;
    if (/^\+\d[\d\s().-]{6,}$/.test(value)) this.#plusSigns += 1;
  }

  get filled(): number {
    return this.#filled;
  }

  get distinct(): ReadonlySet<string> {
    return this.#seen;
  }

  get detected(): ColumnPlan['detected'] {
    if (this.#looked === 0) return 'empty';
    const most = (count: number) => count >= this.#looked * 0.9;
    if (most(this.#emails)) return 'email';
    if (most(this.#urls)) return 'url';
    if (most(this.#booleans)) return 'boolean';
    if (this.dates.looksLikeDates) return 'date';
    if (most(this.#plusSigns)) return 'phone';
    // `0049 30 1234` and `08123` lose their zeros as numbers.
    if (this.numbers.looksLikePercents) return 'percent';
    if (this.numbers.looksLikeNumbers && this.#leadingZeros === 0) {
      return this.numbers.looksLikeIntegers ? 'integer' : 'number';
    }
    if (most(this.#phones)) return 'phone';
    return this.#long > this.#looked * 0.1 ? 'long_text' : 'text';
  }
}
