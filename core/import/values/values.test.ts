import { describe, expect, test } from 'vitest';
import { inEnglish } from '#shared/message.ts';
import * as fc from '#tests/support/property.ts';
import { plainDecimal, scaleDecimal } from '../../data/decimals.ts';
import { type CellType, convertCell } from './convert.ts';
import { DateEvidence, parseDate } from './dates.ts';
import { NumberEvidence, parseNumber } from './numbers.ts';

const reading = { dateOrder: null, decimalSign: '.', multiplier: '1' } as const;

describe('dates', () => {
  test.each([
    ['2016-10-20', '2016-10-20'],
    ['2024-01-02T10:20:30.123Z', '2024-01-02'],
    ['2024/1/2 9:30 PM', '2024-01-02'],
    ['12 Mar 2024', '2024-03-12'],
    ['Mar 12, 2024', '2024-03-12'],
    ['12 de marzo de 2024', '2024-03-12'],
    ['15. Januar 2024', '2024-01-15'],
    ['12-Mar-24', '2024-03-12'],
    ['20240131', '2024-01-31'],
    ['31/31/2024', null],
    ['2023-02-29', null],
    ['May Day', null],
  ])('%s says its own order', (text, day) => {
    expect(parseDate(text, 'dmy')).toBe(day);
    expect(parseDate(text, 'mdy')).toBe(day);
  });

  test('all-digit dates depend on the order', () => {
    expect(parseDate('03/04/2026', 'dmy')).toBe('2026-04-03');
    expect(parseDate('03/04/2026', 'mdy')).toBe('2026-03-04');
    expect(parseDate('31-12-49', 'dmy')).toBe('2049-12-31');
    expect(parseDate('31-12-50', 'dmy')).toBe('1950-12-31');
  });

  const evidence = (...values: string[]) => {
    const dates = new DateEvidence();
    for (const value of values) dates.add(value);
    return dates;
  };

  test('one value that fits a single order settles the column; none, or two that contradict, do not', () => {
    expect(evidence('03/04/2026', '25/12/2026').order).toBe('dmy');
    expect(evidence('03/04/2026', '12/25/2026').order).toBe('mdy');
    expect(evidence('03/04/2026', '05/06/2026').order).toBeNull();
    expect(evidence('25/12/2026', '12/25/2026').order).toBeNull();
    expect(evidence('04/04/2026', '2026-01-02').order).toBe('ymd');
    expect(parseDate('04/04/2026', 'ymd')).toBe('2026-04-04');
  });

  test('a time of day beside them and years of two digits change nothing of that', () => {
    expect(evidence('03/04/2026 14:30', '05/06/2026 9:15 PM').order).toBeNull();
    expect(evidence('03/04/2026 14:30', '25/06/2026 9:15 PM').order).toBe('dmy');
    expect(evidence('03/04/26', '05/06/26').order).toBeNull();
    expect(evidence('03/04/26, 08:00', '04/28/26, 08:00').order).toBe('mdy');
    expect(evidence('20-10-16', '31-12-17', '25-10-16', '01-03-17').order).toBe('dmy');
  });

  test('a year of two digits may stand first', () => {
    expect(parseDate('99-12-31', 'ymd')).toBe('1999-12-31');
    expect(evidence('99-12-31', '24-03-05').order).toBe('ymd');
    // Days vary and years do not: here the year may well be the first part, so it is asked.
    expect(evidence('24-03-05', '24-11-30', '24-10-17', '23-02-14').order).toBeNull();
  });
});

describe('numbers', () => {
  test.each([
    ['€ 1.234,50', ',', '1234.5'],
    ['(1,200)', '.', '-1200'],
    ['1 234.5 USD', '.', '1234.5'],
    ["1'000-", '.', '-1000'],
    ['12,34,567', '.', '1234567'],
    ['1.2.3', '.', null],
    ['12 apples', '.', null],
  ] as const)('%s with %s', (text, sign, value) => {
    expect(parseNumber(text, sign)?.value ?? null).toBe(value);
  });

  const sign = (...values: string[]) => {
    const numbers = new NumberEvidence();
    for (const value of values) numbers.add(value);
    return numbers.sign;
  };

  test('the decimal sign is told from what no grouping can be', () => {
    expect(sign('1,234', '1.5')).toBe('.');
    expect(sign('1.234', '1,5')).toBe(',');
    expect(sign('1.234', '2.500')).toBeNull();
    expect(sign('0.125')).toBe('.');
    expect(sign('1.5', '1,5')).toBeNull();
    expect(sign('12', '7')).toBe('any');
  });

  test('any amount written in either way comes back exactly', () => {
    const amount = fc.tuple(
      fc.bigInt({ min: 0n, max: 999_999_999_999n }),
      fc.integer({ min: 0, max: 9_999 }),
    );
    fc.assert(
      fc.property(amount, fc.constantFrom('.', ','), ([whole, fraction], decimal) => {
        const grouped = whole.toString().replaceAll(/\B(?=(\d{3})+$)/g, decimal === '.' ? ',' : '.');
        const text = `${grouped}${decimal}${String(fraction).padStart(4, '0')}`;
        expect(parseNumber(text, decimal)?.value).toBe(
          plainDecimal(`${whole}.${String(fraction).padStart(4, '0')}`),
        );
      }),
    );
  });

  test('units are told apart', () => {
    const unit = (...values: string[]) => {
      const numbers = new NumberEvidence();
      for (const value of values) numbers.add(value);
      return [numbers.unit, numbers.hasSeveralUnits];
    };
    expect(unit('12 %', '13 %')).toEqual(['%', false]);
    expect(unit('€ 12', '13')).toEqual(['€', false]);
    expect(unit('€ 12', '$ 13')).toEqual([null, true]);
    expect(unit('12')).toEqual([null, false]);
  });

  test('scaling is exact', () => {
    expect(scaleDecimal('1100.04', '1000000')).toBe('1100040000');
    expect(scaleDecimal('-0.1', '0.01')).toBe('-0.001');
  });
});

function issueOf(type: CellType, cell: string): string | null {
  const { issue } = convertCell(type, cell, reading);
  return issue ? inEnglish(issue) : null;
}

describe('cells', () => {
  test('what cannot be kept says why', () => {
    expect(issueOf('email', 'nobody')).toBe('“nobody” is no email address.');
    for (const several of [
      'a@x.org; b@x.org',
      '* a@x.org ::: b@x.org',
      'Ada <a@x.org>;b@x.org',
      'a@x.org;nobody',
    ])
      expect(issueOf('email', several)).toContain(`“${several}” holds more than one email address.`);
    for (const number of ['2', '-1,200', '12.5'])
      expect(issueOf('url', number)).toBe(`“${number}” is a number and no web address.`);
    for (const address of ['10.0.0.1', '4.example', '1und1.de'])
      expect(convertCell('url', address, reading)).toEqual({ value: address });
    expect(issueOf('date', '03/04/2026')).toContain('can be read two ways');
    expect(issueOf('date', 'soon')).toBe('“soon” is no date.');
    expect(issueOf('text', 'a\u0000b')).toContain('NUL');
    expect(issueOf('text', 'x'.repeat(1_001))).toContain('1,001');
    expect(issueOf('integer', '2.5')).toBe('“2.5” is no whole number.');
  });

  test('what cannot be seen is nothing, and is not kept around a text', () => {
    for (const nothing of ['\u200b', '\u00a0\u200b\ufeff', '\u2060 \u00ad', '\u3164', '\ufe0f']) {
      expect(convertCell('text', nothing, reading)).toEqual({ value: null });
    }
    expect(convertCell('text', '\ufeff\u200bAcme\u00a0Corp\u200b\u00a0', reading)).toEqual({
      value: 'Acme Corp',
    });
    expect(convertCell('text', 'می‌خواهم', reading)).toEqual({ value: 'می‌خواهم' });
    for (const emoji of ['❤️', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '👩‍🚀'])
      expect(convertCell('text', emoji, reading)).toEqual({ value: emoji });
  });

  test('a dash among values is no value, and a text among texts', () => {
    for (const type of ['date', 'money', 'boolean', 'number', 'percent'] as const) {
      expect(convertCell(type, 'N/A', reading)).toEqual({ value: null });
    }
    expect(convertCell('text', 'N/A', reading)).toEqual({ value: 'N/A' });
  });

  test('numbers of custom fields are kept exactly or not at all', () => {
    expect(convertCell('number', '40.712776', reading)).toEqual({ value: '40.712776' });
    expect(issueOf('number', '4111111111111111')).toContain('15 digits');
  });

  test('an address written twice in a cell is one', () => {
    expect(convertCell('email', '* a@x.org ::: A@x.org', reading)).toEqual({ value: 'a@x.org' });
    expect(convertCell('email', 'Ada <ada@x.org>;', reading)).toEqual({ value: 'ada@x.org' });
  });

  test('percentages become shares', () => {
    expect(convertCell('percent', '50%', reading)).toEqual({ value: '0.5' });
    expect(convertCell('percent', '0.25', reading)).toEqual({ value: '0.25' });
    expect(convertCell('percent', '80', reading)).toEqual({ value: '0.8' });
  });
});
