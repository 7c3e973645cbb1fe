import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { FilterGroup, ListScope, Sort } from '#shared/contract/list.ts';
import { type BoardColumn, boardOrder } from '#shared/contract/pipeline.ts';
import type { OpportunityStage } from '#shared/enums.ts';
import { useClient } from '../client/client-context.tsx';
import { useWorkspace } from '../client/queries.ts';
import { queryKeys } from '../client/query-keys.ts';
import { useMoveToStage } from '../edits/move-to-stage.ts';
import { type Card, withCardMoved } from './board-columns.ts';

/** Cards of a column before more are asked for: more than a window shows, and a board of few is a quick one. */
export const cardsPerStage = 20;

/** Cards read at a time below the first ones. */
const furtherCards = 50;

function boardKey(scope: ListScope) {
  return [...queryKeys.pipeline(), 'board', scope] as const;
}

/** Every stage with its first cards and totals, in the application's order. */
export function useBoard(scope: ListScope) {
  const client = useClient();
  return useQuery({
    queryKey: boardKey(scope),
    queryFn: ({ signal }) => client.pipeline.board({ ...scope, cardsPerStage }, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** The opportunities of one stage, as a list asks for them in the board's order. */
export function listOfStage(scope: ListScope, stage: OpportunityStage): { scope: ListScope; sort: Sort[] } {
  const filter: FilterGroup = {
    join: 'and',
    conditions: [
      { field: 'stage', operator: 'is', values: [stage] },
      ...(scope.filter ? [scope.filter] : []),
    ],
  };
  return { scope: { ...scope, filter }, sort: boardOrder(stage) };
}

/** The cards of one stage below the first ones, once they are wanted. */
export function useMoreCards(scope: ListScope, stage: OpportunityStage, isWanted: boolean) {
  const client = useClient();
  const list = listOfStage(scope, stage);
  return useInfiniteQuery({
    queryKey: [...queryKeys.pipeline(), 'cards', scope, stage],
    queryFn: ({ pageParam, signal }) =>
      client.opportunities.list(
        { ...list.scope, sort: list.sort, offset: pageParam, limit: furtherCards },
        { signal },
      ),
    initialPageParam: cardsPerStage,
    getNextPageParam: (page, pages) =>
      page.rows.length < furtherCards ? null : cardsPerStage + furtherCards * pages.length,
    enabled: isWanted,
  });
}

/** Moves a card on the board: shown at once, put back when it could not be saved. */
export function useMoveCard(scope: ListScope): (card: Card, stage: OpportunityStage) => Promise<void> {
  const queries = useQueryClient();
  const move = useMoveToStage();
  const { currency } = useWorkspace().workspace;
  return useCallback(
    async (card, stage) => {
      const key = boardKey(scope);
      await queries.cancelQueries({ queryKey: key });
      queries.setQueryData<BoardColumn[]>(
        key,
        (columns) => columns && withCardMoved(columns, card, stage, currency),
      );
      await move(card, stage);
      await queries.invalidateQueries({ queryKey: queryKeys.pipeline() });
    },
    [queries, scope, move, currency],
  );
}
