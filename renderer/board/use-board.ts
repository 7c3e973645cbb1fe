import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { FilterGroup, ListScope } from '#shared/contract/list.ts';
import { type BoardColumn, boardOrder } from '#shared/contract/pipeline.ts';
import type { OpportunityStage } from '#shared/enums.ts';
import { useClient } from '../client/client-context.tsx';
import { queryKeys } from '../client/query-keys.ts';
import { useMoveToStage } from '../pipeline/move-to-stage.ts';
import { type Card, withCardMoved } from './board-columns.ts';

/** Cards of a column before more are asked for: more than a window shows, and a board of few is a quick one. */
export const cardsPerStage = 20;

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

/** The cards of one stage below the first ones, once a person asks for them. */
export function useMoreCards(scope: ListScope, stage: OpportunityStage, isWanted: boolean) {
  const client = useClient();
  const inStage: FilterGroup = {
    join: 'and',
    conditions: [
      { field: 'stage', operator: 'is', values: [stage] },
      ...(scope.filter ? [scope.filter] : []),
    ],
  };
  return useInfiniteQuery({
    queryKey: [...queryKeys.pipeline(), 'cards', scope, stage],
    queryFn: ({ pageParam, signal }) =>
      client.opportunities.list(
        {
          ...scope,
          filter: inStage,
          sort: boardOrder(stage),
          offset: pageParam,
          limit: cardsPerStage,
        },
        { signal },
      ),
    initialPageParam: cardsPerStage,
    getNextPageParam: (page, pages) =>
      page.rows.length < cardsPerStage ? null : cardsPerStage * (pages.length + 1),
    enabled: isWanted,
  });
}

/** Moves a card on the board: shown at once, put back when it could not be saved. */
export function useMoveCard(scope: ListScope): (card: Card, stage: OpportunityStage) => Promise<void> {
  const queries = useQueryClient();
  const move = useMoveToStage();
  return useCallback(
    async (card, stage) => {
      const key = boardKey(scope);
      await queries.cancelQueries({ queryKey: key });
      queries.setQueryData<BoardColumn[]>(key, (columns) => columns && withCardMoved(columns, card, stage));
      await move(card, stage);
      await queries.invalidateQueries({ queryKey: queryKeys.pipeline() });
    },
    [queries, scope, move],
  );
}
