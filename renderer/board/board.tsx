import { DndContext, DragOverlay, pointerWithin, rectIntersection } from '@dnd-kit/core';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListScope } from '#shared/contract/list.ts';
import { useWorkspace } from '../client/queries.ts';
import { Button } from '../components/button.tsx';
import { ErrorState } from '../components/error-state.tsx';
import { useStages } from '../pipeline/stages.ts';
import { CardFace } from './board-card.tsx';
import { BoardColumn } from './board-column.tsx';
import { useBoardDrag } from './board-drag.ts';
import { BoardSkeleton } from './board-skeleton.tsx';
import { moveCardFocus } from './card-focus.ts';
import { useBoard, useMoveCard } from './use-board.ts';

/** The opportunities of a list by stage, to be moved by mouse or keyboard. */
export function Board({ scope, canEdit }: { scope: ListScope; canEdit: boolean }) {
  const { t } = useTranslation();
  const { currency } = useWorkspace().workspace;
  const board = useBoard(scope);
  const stages = useStages();
  const [showsHidden, setShowsHidden] = useState(false);
  const move = useMoveCard(scope);
  const drag = useBoardDrag(board.data ?? [], (card, stage) => void move(card, stage));

  if (board.isPending) return <BoardSkeleton />;
  if (board.data === undefined) {
    return <ErrorState error={board.error} onRetry={() => void board.refetch()} />;
  }
  const currencies = new Set(board.data.flatMap(({ totals }) => totals.map((total) => total.currency)));
  currencies.delete(currency);
  const hidden = stages.filter(({ isHidden }) => isHidden);
  const shown = stages.filter(({ isHidden }) => !isHidden || showsHidden);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (!drag.dragged) moveCardFocus(event);
  };

  return (
    <DndContext
      sensors={drag.sensors}
      accessibility={drag.accessibility}
      // By mouse the column under the pointer counts; the keyboard moves the card itself.
      collisionDetection={(input) =>
        input.pointerCoordinates ? pointerWithin(input) : rectIntersection(input)
      }
      onDragStart={drag.onDragStart}
      onDragEnd={drag.onDragEnd}
      onDragCancel={drag.onDragCancel}
    >
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrows move between the cards */}
      <section
        aria-label={t('board.label')}
        data-scroll-x
        onKeyDown={onKeyDown}
        className="flex min-h-0 flex-1 gap-2 overflow-x-auto bg-canvas p-2"
      >
        {shown.map((stage) => {
          const column = board.data.find((each) => each.stage === stage.stage);
          return column ? (
            <BoardColumn
              key={stage.stage}
              stage={stage}
              column={column}
              scope={scope}
              canMove={canEdit}
              hasOtherCurrencies={currencies.size > 0}
            />
          ) : null;
        })}
        {hidden.length > 0 ? (
          <Button
            kind="quiet"
            size="small"
            className="mt-1 self-start"
            aria-expanded={showsHidden}
            onClick={() => setShowsHidden(!showsHidden)}
          >
            {showsHidden ? t('board.hideHidden') : t('board.showHidden', { count: hidden.length })}
          </Button>
        ) : null}
      </section>
      <DragOverlay dropAnimation={null}>
        {drag.dragged ? (
          <div className="w-60 rotate-1 rounded-md border border-accent bg-raised p-2.5 shadow-window">
            <CardFace card={drag.dragged} />
          </div>
        ) : null}
      </DragOverlay>
    </DndContext>
  );
}
