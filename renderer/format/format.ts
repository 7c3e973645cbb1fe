import { machineRegion, type Region } from '#shared/time-zones.ts';

/** Numbers, dates and times as the workspace writes and counts them, whatever the interface's language. */
let region: Region = machineRegion();

const cache = new Map<string, Intl.NumberFormat>();
const momentFormats = new Map<string, Intl.DateTimeFormat>();

/** Takes the workspace's region; until there is one, this machine's holds. */
export function setRegion({ timezone, locale }: Region): void {
  if (timezone === region.timezone && locale === region.locale) return;
  region = { timezone, locale };
  cache.clear();
  momentFormats.clear();
}

/** The zone in which moments are shown, entered and compared by day. */
export function shownTimeZone(): string {
  return region.timezone;
}

function numberFormat(key: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const known = cache.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(region.locale, options);
  cache.set(key, made);
  return made;
}

function isDecimal(text: string): text is `${number}` {
  return /^-?\d+(\.\d+)?$/.test(text);
}

export function formatInteger(value: number): string {
  return numberFormat('integer', { maximumFractionDigits: 0 }).format(value);
}

/** A plain decimal, e.g. a custom field's number. */
export function formatNumber(value: number | string): string {
  const exact = typeof value === 'number' || isDecimal(value) ? value : null;
  return exact === null ? String(value) : numberFormat('number', { maximumFractionDigits: 10 }).format(exact);
}

/** Whole amounts stand without decimals, or with them where another amount of their column has some. */
export type MoneyDecimals = 'asNeeded' | 'always';

/** Whether an amount has cents, so that its column shows them. */
export function hasCents(amount: string): boolean {
  return /\.\d*[1-9]/.test(amount);
}

/**
 * An exact amount with its currency.
 * @param amount decimal text, as the contract carries it
 */
export function formatMoney(amount: string, currency: string, decimals: MoneyDecimals = 'asNeeded'): string {
  if (!isDecimal(amount)) return amount;
  try {
    return numberFormat(`money-${decimals}-${currency}`, {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
      trailingZeroDisplay: decimals === 'always' ? 'auto' : 'stripIfInteger',
    }).format(amount);
  } catch {
    // An unknown code of three letters is kept as it was given.
    return `${formatNumber(amount)} ${currency}`;
  }
}

/**
 * A large amount in few characters, e.g. $1.2M, for totals.
 * @param display `code` where several currencies stand side by side: dollars of two countries have the same sign
 */
export function formatMoneyShort(
  amount: string,
  currency: string,
  display: 'narrowSymbol' | 'code' = 'narrowSymbol',
): string {
  if (!isDecimal(amount)) return amount;
  try {
    return numberFormat(`short-${display}-${currency}`, {
      style: 'currency',
      currency,
      currencyDisplay: display,
      notation: 'compact',
      maximumFractionDigits: 1,
    }).format(amount);
  } catch {
    return formatMoney(amount, currency);
  }
}

/** @param ratio 0 to 1 as decimal text */
export function formatPercent(ratio: string): string {
  if (!isDecimal(ratio)) return ratio;
  return numberFormat('percent', { style: 'percent', maximumFractionDigits: 2 }).format(ratio);
}

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** The size of a file, e.g. 638 kB. */
export function formatBytes(bytes: number): string {
  const power = Math.min(byteUnits.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(bytes, 1)) / 3)));
  return numberFormat(`bytes-${String(power)}`, {
    style: 'unit',
    unit: byteUnits[power] ?? 'byte',
    // The short form has no plural of the byte.
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: power === 0 ? 0 : 1,
  }).format(bytes / 1_000 ** power);
}

function formatMoment(moment: Date, options: Intl.DateTimeFormatOptions): string {
  const key = JSON.stringify(options);
  const format = momentFormats.get(key) ?? new Intl.DateTimeFormat(region.locale, options);
  momentFormats.set(key, format);
  return format.format(moment);
}

/** @param day `YYYY-MM-DD`: a calendar day, the same in every time zone */
export function formatDate(day: string): string {
  const parsed = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(parsed.getTime())
    ? day
    : formatMoment(parsed, { dateStyle: 'medium', timeZone: 'UTC' });
}

/** @param timestamp ISO 8601 */
export function formatDateTime(timestamp: string): string {
  const parsed = new Date(timestamp);
  return Number.isNaN(parsed.getTime())
    ? timestamp
    : formatMoment(parsed, { dateStyle: 'medium', timeStyle: 'short', timeZone: region.timezone });
}

/** The day of a moment, in the workspace's time zone. */
export function formatDayOf(timestamp: string): string {
  const parsed = new Date(timestamp);
  return Number.isNaN(parsed.getTime())
    ? timestamp
    : formatMoment(parsed, { dateStyle: 'medium', timeZone: region.timezone });
}

export function formatTime(timestamp: string): string {
  const parsed = new Date(timestamp);
  return Number.isNaN(parsed.getTime())
    ? timestamp
    : formatMoment(parsed, { timeStyle: 'short', timeZone: region.timezone });
}

/** The decimal and group signs of the reader's region, for reading typed numbers. */
export function numberSigns(): { decimal: string; group: string } {
  const parts = new Intl.NumberFormat(region.locale).formatToParts(12_345.6);
  const sign = (type: string, otherwise: string) =>
    parts.find((part) => part.type === type)?.value ?? otherwise;
  return { decimal: sign('decimal', '.'), group: sign('group', ',') };
}
