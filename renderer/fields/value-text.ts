import { type AnyRecord, valueOf } from '../client/record-client.ts';
import {
  formatDate,
  formatDayOf,
  formatMoney,
  formatNumber,
  formatPercent,
  type MoneyDecimals,
} from '../format/format.ts';
import type { DisplayField } from './fields.ts';

/** The currency of a record's amounts: its own, else the workspace's. */
export function currencyOf(record: AnyRecord | undefined, workspaceCurrency: string): string {
  const own = record ? valueOf(record, 'currency') : null;
  return typeof own === 'string' && own !== '' ? own : workspaceCurrency;
}

/**
 * A field's value as it reads everywhere: in lists, in the history, in an import's preview. Choices and yes or no have words
 * of their own, which only the reader's language knows.
 * @param value as the contract carries it; amounts and ratios are decimal text, or numbers in the history
 */
export function valueText(
  field: Pick<DisplayField, 'key' | 'type'>,
  value: unknown,
  currency: string,
  decimals: MoneyDecimals = 'asNeeded',
): string {
  if (Array.isArray(value)) return value.map(String).join(', ');
  if (typeof value !== 'string' && typeof value !== 'number') return JSON.stringify(value);
  const text = String(value);
  switch (field.type) {
    case 'integer':
      // A year is a number without groups.
      return field.key === 'yearEstablished' ? text : formatNumber(text);
    case 'number':
      return formatNumber(value);
    case 'money':
      return formatMoney(text, currency, decimals);
    case 'percent':
      return formatPercent(text);
    case 'date':
      return formatDate(text);
    case 'datetime':
      return formatDayOf(text);
    default:
      return text;
  }
}
