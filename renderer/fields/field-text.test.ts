import { describe, expect, test } from 'vitest';
import { objects } from '#shared/objects/objects.ts';
import { assert, bigInt, integer, property } from '#tests/support/property.ts';
import { decimalFromText, invalidReason, percentToRatio, ratioToPercent, valueOfText } from './field-text.ts';
import type { DisplayField } from './fields.ts';

const german = { decimal: ',', group: '.' };
const us = { decimal: '.', group: ',' };

const field = (part: Partial<DisplayField>): DisplayField => ({
  key: 'amount',
  label: 'Amount',
  type: 'money',
  section: 'deal',
  isCustom: false,
  ...part,
});

describe('typed numbers', () => {
  test('are read in the region’s signs', () => {
    expect(decimalFromText('1,234.50', us)).toBe('1234.5');
    expect(decimalFromText('1.234,50', german)).toBe('1234.5');
    expect(decimalFromText(' -0012 ', us)).toBe('-12');
    expect(decimalFromText('.5', us)).toBe('0.5');
  });
  test('are refused when they are none', () => {
    for (const text of ['abc', '', '.', '1e5', '--1', '1.2.3']) expect(decimalFromText(text, us)).toBeNull();
  });
  test('keep every digit', () => {
    assert(
      property(bigInt({ min: 0n, max: 10n ** 15n - 1n }), integer({ min: 0, max: 9_999 }), (whole, part) => {
        const decimals = String(part).padStart(4, '0').replace(/0+$/, '');
        const text = `${String(whole)}${decimals ? `.${decimals}` : ''}`;
        expect(decimalFromText(text, us)).toBe(text);
      }),
    );
  });
});

describe('percent', () => {
  test('and ratio turn into each other exactly', () => {
    assert(
      property(integer({ min: 0, max: 10_000 }), (n) => {
        const ratio = decimalFromText((n / 10_000).toFixed(4), us) ?? '';
        expect(percentToRatio(ratioToPercent(ratio))).toBe(ratio);
      }),
    );
    expect(percentToRatio('62.5')).toBe('0.625');
    expect(ratioToPercent('0.05')).toBe('5');
  });
});

describe('valueOfText', () => {
  test('reads each type', () => {
    expect(valueOfText(field({ type: 'integer' }), '12')).toEqual({ ok: true, value: 12 });
    expect(valueOfText(field({ type: 'integer' }), '1.5')).toEqual({ ok: false, reason: 'integer' });
    expect(valueOfText(field({ type: 'percent' }), '25%')).toEqual({ ok: true, value: '0.25' });
    expect(valueOfText(field({ type: 'text' }), '   ')).toEqual({ ok: true, value: null });
    expect(valueOfText(field({ type: 'tags' }), 'a, b,,')).toEqual({ ok: true, value: ['a', 'b'] });
  });
});

describe('invalidReason', () => {
  test('takes what the schema takes and names what it refuses', () => {
    expect(invalidReason('opportunities', field({}), '12.5')).toBeNull();
    expect(invalidReason('opportunities', field({}), '12.123456')).toBe('decimal');
    expect(invalidReason('accounts', field({ key: 'name', type: 'text' }), null)).toBe('required');
    expect(invalidReason('accounts', field({ key: 'currency', type: 'text' }), 'EURO')).toBe('currency');
    expect(invalidReason('accounts', field({ key: 'yearEstablished', type: 'integer' }), 20)).toBe(
      'tooSmall',
    );
  });
  test('refuses an email address that an import would refuse', () => {
    const email = field({ key: 'email', type: 'email' });
    expect(invalidReason('contacts', email, 'ann@example.com')).toBeNull();
    for (const text of ['bad', 'a b@example.com', '@example.com', 'a@b,c@d', 'ann@'])
      expect(invalidReason('contacts', email, text)).toBe('email');
    expect(invalidReason('contacts', email, `${'a'.repeat(1_000)}@example.com`)).toBe('tooLong');
    expect(objects.contacts.fields.email.stored.safeParse('bad').success).toBe(true);
  });
});
