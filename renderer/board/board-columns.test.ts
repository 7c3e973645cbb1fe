import { describe, expect, test } from 'vitest';
import type { BoardColumn } from '#shared/contract/pipeline.ts';
import { opportunities } from '#shared/objects/opportunities.ts';
import { assert, bigInt, property } from '#tests/support/property.ts';
import { daysWithoutChange, withCardMoved } from './board-columns.ts';
import { addDecimals, negated } from './decimals.ts';

const id = (n: number) => `0190a0a0-0000-7000-8000-${String(n).padStart(12, '0')}`;
const at = '2026-03-01T00:00:00Z';
const card = (n: number, stage: string, amount: string | null) =>
  opportunities.row.parse({
    ...Object.fromEntries(
      opportunities.fieldList.flatMap(({ key, displayKey }) => [
        [key, null],
        [displayKey ?? key, null],
      ]),
    ),
    id: id(n),
    name: `Deal ${String(n)}`,
    stage,
    amount,
    customFields: {},
    importBatchId: null,
    deletedAt: null,
    createdAt: at,
    updatedAt: at,
  });
const moving = card(1, 'proposal', '100.25');
const columns: BoardColumn[] = [
  {
    stage: 'proposal',
    count: 120,
    totals: [{ currency: 'EUR', total: '1000.5', weightedTotal: '500' }],
    cards: [moving, card(2, 'proposal', null)],
  },
  {
    stage: 'negotiation',
    count: 1,
    totals: [{ currency: 'EUR', total: '7', weightedTotal: '5' }],
    cards: [card(3, 'negotiation', '7')],
  },
];

describe('a moved card', () => {
  test('leaves its column for the top of the other, and counts and totals follow', () => {
    const [from, to] = withCardMoved(columns, moving, 'negotiation', 'EUR');
    expect(from).toMatchObject({ count: 119, totals: [{ currency: 'EUR', total: '900.25' }] });
    expect(from?.cards.map((each) => each.id)).toEqual([id(2)]);
    expect(to).toMatchObject({ count: 2, totals: [{ currency: 'EUR', total: '107.25' }] });
    expect(to?.cards.map((each) => [each.id, each.stage])).toEqual([
      [id(1), 'negotiation'],
      [id(3), 'negotiation'],
    ]);
  });
  test('of another currency is added to that currency alone', () => {
    const dollars = { ...moving, currency: 'USD' };
    const [, to] = withCardMoved(columns, dollars, 'negotiation', 'EUR');
    expect(to?.totals).toEqual([
      { currency: 'EUR', total: '7', weightedTotal: '5' },
      { currency: 'USD', total: '100.25', weightedTotal: '0' },
    ]);
  });
  test('dropped where it was changes nothing', () => {
    expect(withCardMoved(columns, moving, 'proposal', 'EUR')).toEqual(columns);
  });
});

describe('exact sums', () => {
  const decimal = bigInt({ min: -(10n ** 18n), max: 10n ** 18n }).map((units) =>
    addDecimals('0', `${units < 0n ? '-' : ''}${withPoint(units < 0n ? -units : units)}`),
  );
  test('adding and taking away again gives the same amount', () => {
    assert(
      property(decimal, decimal, (one, other) => {
        expect(addDecimals(addDecimals(one, other), negated(other))).toBe(one);
      }),
    );
  });
  test('what floats get wrong', () => {
    expect(addDecimals('0.1', '0.2')).toBe('0.3');
    expect(addDecimals('999999999999999.9999', '0.0001')).toBe('1000000000000000');
  });
});

function withPoint(units: bigint): string {
  const digits = units.toString().padStart(5, '0');
  return `${digits.slice(0, -4)}.${digits.slice(-4)}`;
}

describe('a deal without change', () => {
  const after = (days: number) => new Date(at).getTime() + days * 86_400_000;
  test('is marked from the thirtieth day on, while it is open', () => {
    expect(daysWithoutChange(moving, after(29.9))).toBeNull();
    expect(daysWithoutChange(moving, after(30))).toBe(30);
    expect(daysWithoutChange({ ...moving, stage: 'closed_won' }, after(300))).toBeNull();
  });
});
