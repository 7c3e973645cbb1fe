import { describe, expect, test } from 'vitest';
import { ColumnEvidence } from './evidence.ts';

function evidenceOf(values: readonly (readonly [string, number])[]): ColumnEvidence {
  const evidence = new ColumnEvidence();
  for (const [value, count] of values) for (let row = 0; row < count; row += 1) evidence.add(value);
  return evidence;
}

describe('a column', () => {
  test.each([
    [
      'date',
      [
        ['2024-01-02', 5],
        ['2024-02-03', 14],
        ['31/31/2024', 1],
      ],
      '31/31/2024',
    ],
    [
      'date',
      [
        ['02.01.2024 08:00', 19],
        ['soon', 1],
      ],
      'soon',
    ],
    [
      'integer',
      [
        ['12', 10],
        ['7', 9],
        ['a dozen', 1],
      ],
      'a dozen',
    ],
    [
      'number',
      [
        ['1.5', 19],
        ['1.2.3', 1],
      ],
      '1.2.3',
    ],
    [
      'number',
      [
        ['€ 1,200.50', 18],
        ['€ 7.25', 1],
        ['ask Bo', 1],
      ],
      'ask Bo',
    ],
    [
      'percent',
      [
        ['12 %', 19],
        ['much', 1],
      ],
      'much',
    ],
    [
      'boolean',
      [
        ['yes', 12],
        ['no', 7],
        ['maybe', 1],
      ],
      'maybe',
    ],
  ] as const)('of mostly %s is one, whatever a few cells hold', (detected, values, sample) => {
    const evidence = evidenceOf(values);
    expect(evidence.detected).toBe(detected);
    expect(evidence.misfits).toEqual({ rows: 1, sample, isMixed: false });
  });

  test('with many other cells is asked about; with most of them it is text', () => {
    expect(
      evidenceOf([
        ['2024-01-02', 7],
        ['soon', 3],
      ]).misfits,
    ).toEqual({ rows: 3, sample: 'soon', isMixed: true });
    const text = evidenceOf([
      ['2024-01-02', 5],
      ['soon', 5],
    ]);
    expect([text.detected, text.misfits]).toEqual(['text', null]);
  });

  test('counts what says that there is no value neither way', () => {
    expect(
      evidenceOf([
        ['2024-01-02', 3],
        ['n/a', 9],
        ['-', 4],
        ['\u200b', 6],
      ]),
    ).toMatchObject({
      detected: 'date',
      misfits: null,
      filled: 16,
    });
  });

  test('whose numbers would lose digits, zeros or their currency is text', () => {
    expect(evidenceOf([['4111111111111111', 3]]).detected).not.toBe('integer');
    expect(evidenceOf([['00491', 3]]).detected).toBe('text');
    expect(
      evidenceOf([
        ['€ 5', 3],
        ['$ 6', 3],
      ]).detected,
    ).toBe('text');
  });
});
