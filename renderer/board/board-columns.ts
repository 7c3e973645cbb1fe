import type { BoardColumn, StageTotal } from '#shared/contract/pipeline.ts';
import type { OpportunityStage } from '#shared/enums.ts';
import { addDecimals, negated } from './decimals.ts';

export type Card = BoardColumn['cards'][number];

/**
 * The board as it looks once a card was moved: at the top of its new column, so that the eye finds it, with counts and
 * totals that follow at once. The weighted totals follow with the answer, because only the application knows the
 * weights.
 */
export function withCardMoved(
  columns: readonly BoardColumn[],
  card: Card,
  stage: OpportunityStage,
  workspaceCurrency: string,
): BoardColumn[] {
  if (card.stage === stage) return [...columns];
  const amount = card.amount ?? '0';
  const currency = card.currency ?? workspaceCurrency;
  return columns.map((column) => {
    if (column.stage === card.stage) {
      return {
        ...column,
        count: Math.max(0, column.count - 1),
        totals: withAdded(column.totals, currency, negated(amount)),
        cards: column.cards.filter(({ id }) => id !== card.id),
      };
    }
    if (column.stage === stage) {
      return {
        ...column,
        count: column.count + 1,
        totals: withAdded(column.totals, currency, amount),
        cards: [{ ...card, stage }, ...column.cards.filter(({ id }) => id !== card.id)],
      };
    }
    return column;
  });
}

function withAdded(totals: readonly StageTotal[], currency: string, amount: string): StageTotal[] {
  const known = totals.some((total) => total.currency === currency)
    ? totals
    : [...totals, { currency, total: '0', weightedTotal: '0' }];
  return known.map((total) =>
    total.currency === currency ? { ...total, total: addDecimals(total.total, amount) } : total,
  );
}

const dayMilliseconds = 86_400_000;
const staleDays = 30;

/** Full days for which an open deal saw no change, where that is long enough to worry; else null. */
export function daysWithoutChange(card: Pick<Card, 'updatedAt' | 'stage'>, now: number): number | null {
  if (card.stage === 'closed_won' || card.stage === 'closed_lost') return null;
  const days = Math.floor((now - new Date(card.updatedAt).getTime()) / dayMilliseconds);
  return days >= staleDays ? days : null;
}
