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
    currency: stripped.currency,
    isPercent: stripped.isPercent,
  };
}

/** The digits and separators of a number without signs, currency, spaces and percent; null for anything else. */
function stripNumber(
  text: string,
): { digits: string; isNegative: boolean; currency: string | null; isPercent: boolean } | null {
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
  return { digits, isNegative, currency: currencyOf(mark), isPercent };
}

function currencyOf(mark: string | null): string | null {
  if (mark === null) return null;
  return currencyOfSign.get(mark) ?? (/^[A-Z]{3}$/.test(mark) ? mark : null);
}

/** Which decimal signs the values of a column, or of a file, fit. */
export class NumberEvidence {
  #values = 0;
  #numbers = 0;
  #integers = 0;
  #percents = 0;
  #points = 0;
  #commas = 0;
  #unclear = 0;
  /** A value that reads differently under the two signs, for the question. */
  example: string | null = null;

  add(text: string): void {
    this.#values += 1;
    const point = parseNumber(text, '.');
    const comma = parseNumber(text, ',');
    if (!point && !comma) return;
    this.#numbers += 1;
    if (point?.isPercent ?? comma?.isPercent) this.#percents += 1;
    if (point && comma && point.value === comma.value) {
      this.#integers += 1;
    } else if (point && comma) {
      // `0.125` and `1234,567` cannot be groups of thousands: those have one to three digits, and no leading zero.
      const decisive = decisiveSign(text);
      if (decisive === '.') this.#points += 1;
      else if (decisive === ',') this.#commas += 1;
      else {
        this.#unclear += 1;
        this.example ??= text;
      }
    } else if (point) this.#points += 1;
    else this.#commas += 1;
  }

  /** A value that is no number on sight. */
  addOther(): void {
    this.#values += 1;
  }

  get looksLikeNumbers(): boolean {
    return this.#values > 0 && this.#numbers >= this.#values * 0.9;
  }
  get looksLikeIntegers(): boolean {
    return this.looksLikeNumbers && this.#integers === this.#numbers;
  }
  get looksLikePercents(): boolean {
    return this.looksLikeNumbers && this.#percents >= this.#numbers * 0.5;
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
