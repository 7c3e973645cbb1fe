import type { DecimalSign } from '#shared/contract/imports.ts';

/** Currency signs that name one currency. `$` and `¥` do not. */
const currencyOfSign = new Map<string, string>([
  ['€', 'EUR'],
  ['£', 'GBP'],
  ['₹', 'INR'],
  ['₽', 'RUB'],
  ['₺', 'TRY'],
  ['₩', 'KRW'],
  ['₪', 'ILS'],
  ['zł', 'PLN'],
  ['Kč', 'CZK'],
  ['R$', 'BRL'],
  ['US$', 'USD'],
  ['CHF', 'CHF'],
]);
const aroundNumber = /^(\p{Sc}|R\$|US\$|[A-Z]{3}|zł|Kč)?\s*(.*?)\s*(\p{Sc}|[A-Z]{3}|zł|Kč)?$/u;

export interface ParsedNumber {
  /** Plain decimal: an optional minus, digits, a point where needed. */
  readonly value: string;
  /** ISO 4217, where the cell says so. */
  readonly currency: string | null;
  /** What stands beside the digits: a currency as it is written, `%`, or nothing. */
  readonly unit: string | null;
  readonly isPercent: boolean;
}

/** Reads `€ 1.234,50`, `(1,200)`, `12 %`, `1 234.5 USD`, `1'000-`; null for what is no number under this decimal sign. */
export function parseNumber(text: string, sign: DecimalSign): ParsedNumber | null {
  const stripped = stripNumber(text);
  if (!stripped) return null;
  const grouping = sign === '.' ? ',' : '.';
  const [whole = '', fraction, ...more] = stripped.digits.split(sign);
  if (more.length > 0 || fraction?.includes(grouping)) return null;
  const isGrouped = whole.includes(grouping);
  if (isGrouped && !/^\d{1,3}([.,]\d{2,3})*[.,]\d{3}$/.test(whole)) return null;
  const digits = whole.replaceAll(grouping, '').replace(/^0+(?=\d)/, '') || '0';
  const decimals = (fraction ?? '').replace(/0+$/, '');
  const plain = decimals === '' ? digits : `${digits}.${decimals}`;
  return {
    value: stripped.isNegative && /[1-9]/.test(plain) ? `-${plain}` : plain,
    currency: stripped.unit === null ? null : currencyOf(stripped.unit),
    unit: stripped.isPercent ? '%' : stripped.unit,
    isPercent: stripped.isPercent,
  };
}

/** The digits and separators of a number without signs, currency, spaces and percent; null for anything else. */
function stripNumber(
  text: string,
): { digits: string; isNegative: boolean; unit: string | null; isPercent: boolean } | null {
  let value = text.trim().replaceAll('\u2212', '-');
  let isNegative = false;
  if (/^\(.*\)$/.test(value)) {
    isNegative = true;
    value = value.slice(1, -1).trim();
  }
  if (value.startsWith('-') || value.startsWith('+')) {
    isNegative ||= value.startsWith('-');
    value = value.slice(1).trim();
  }
  const isPercent = value.endsWith('%');
  if (isPercent) value = value.slice(0, -1).trim();
  const match = aroundNumber.exec(value);
  if (!match) return null;
  const mark = match[1] ?? match[3] ?? null;
  let digits = match[2] ?? '';
  if (digits.startsWith('-') || digits.endsWith('-')) {
    isNegative = true;
    digits = digits.replace(/^-\s*|\s*-$/g, '');
  }
  digits = digits.replaceAll(/(?<=\d)[\s\u00a0\u202f'’](?=\d{3})/g, '');
  if (!/^\d[\d.,]*$|^[.,]\d+$/.test(digits) || digits.length > 40) return null;
  return { digits, isNegative, unit: mark, isPercent };
}

function currencyOf(mark: string): string | null {
  return currencyOfSign.get(mark) ?? (/^[A-Z]{3}$/.test(mark) ? mark : null);
}

/** Digits that a number in JavaScript and JSON keeps for sure. */
export const maxDigits = 15;

/** Which decimal signs the values of a column, or of a file, fit. */
export class NumberEvidence {
  #numbers = 0;
  #integers = 0;
  #percents = 0;
  #points = 0;
  #commas = 0;
  #unclear = 0;
  #long = 0;
  readonly #units = new Set<string | null>();

  /** `count`: how often the value stands in the column. Returns whether it is a number under either sign. */
  add(text: string, count = 1): boolean {
    const point = parseNumber(text, '.');
    const comma = parseNumber(text, ',');
    const either = point ?? comma;
    if (!either) return false;
    this.#numbers += count;
    this.#units.add(either.unit);
    if (either.isPercent) this.#percents += count;
    if (either.value.replaceAll(/\D/g, '').length > maxDigits) this.#long += count;
    if (point && comma && point.value === comma.value) {
      this.#integers += count;
    } else if (point && comma) {
      // `0.125` and `1234,567` cannot be groups of thousands: those have one to three digits, and no leading zero.
      const decisive = decisiveSign(text);
      if (decisive === '.') this.#points += count;
      else if (decisive === ',') this.#commas += count;
      else this.#unclear += count;
    } else if (point) this.#points += count;
    else this.#commas += count;
    return true;
  }

  /** Values that are numbers under either sign. */
  get numbers(): number {
    return this.#numbers;
  }
  get looksLikeIntegers(): boolean {
    return this.#integers === this.#numbers;
  }
  get looksLikePercents(): boolean {
    return this.#percents >= this.#numbers * 0.5;
  }
  /** Ids and card numbers, which would lose digits as numbers. */
  get hasLongNumbers(): boolean {
    return this.#long > 0;
  }
  /** More than one currency, or amounts beside percentages: without its unit a number means nothing. */
  get hasSeveralUnits(): boolean {
    return [...this.#units].filter((unit) => unit !== null).length > 1;
  }
  /** The one unit that stands beside numbers of the column. */
  get unit(): string | null {
    return this.hasSeveralUnits ? null : ([...this.#units].find((unit) => unit !== null) ?? null);
  }

  /** `any`: no value depends on it. Null: both fit or the values contradict each other. */
  get sign(): DecimalSign | 'any' | null {
    if (this.#points > 0 && this.#commas > 0) return null;
    if (this.#points > 0) return '.';
    if (this.#commas > 0) return ',';
    return this.#unclear > 0 ? null : 'any';
  }
}

function decisiveSign(text: string): DecimalSign | null {
  const match = /(\d*)([.,])\d{3}(?!\d)/.exec(text.replaceAll(/\s/g, ''));
  const [, whole = '', sign] = match ?? [];
  if (sign !== '.' && sign !== ',') return null;
  return whole === '' || whole.startsWith('0') || whole.length > 3 ? sign : null;
}
