import { expect, test } from 'vitest';
import { formatMoney } from '../format/format.ts';
import { fieldsWithCents } from './cents.ts';
import { valueText } from './value-text.ts';

const amount = { key: 'amount', type: 'money' } as const;

test('amounts read the same from the contract’s text and from the history’s numbers', () => {
  expect(valueText(amount, 8800, 'USD')).toBe(formatMoney('8800', 'USD'));
  expect(valueText(amount, '8800.0000', 'USD')).toBe(formatMoney('8800', 'USD'));
  expect(valueText(amount, '8800.5', 'USD')).toMatch(/50/);
  expect(valueText({ key: 'probability', type: 'percent' }, 0.25, 'USD')).toMatch(/25/);
  expect(valueText({ key: 'employeeCount', type: 'integer' }, 8800, 'USD')).not.toBe('8800');
  expect(valueText({ key: 'yearEstablished', type: 'integer' }, 1965, 'USD')).toBe('1965');
});

test('a column shows decimals as soon as one of its amounts has cents', () => {
  const record = (unitPrice: string | null) => ({ unitPrice, customFields: {} });
  const price = [{ key: 'unitPrice', type: 'money' }] as const;
  const known = (...amounts: (string | null)[]) => fieldsWithCents(price, amounts.map(record));
  expect(known('55', '1096.0000', null)).toEqual([]);
  expect(known('55', '1096.5')).toEqual(['unitPrice']);
  expect(formatMoney('55', 'USD', 'always')).toMatch(/00/);
});
