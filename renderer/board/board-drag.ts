import {
  type Announcements,
  type DragEndEvent,
  type DragStartEvent,
  KeyboardCode,
  type KeyboardCoordinateGetter,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardColumn } from '#shared/contract/pipeline.ts';
import { type OpportunityStage, opportunityStageSchema } from '#shared/enums.ts';
import { opportunities } from '#shared/objects/opportunities.ts';
import { useStages } from '../pipeline/stages.ts';
import type { Card } from './board-columns.ts';

const directions: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 };

/** A card that is picked up by keyboard goes to the next column at the left or right. */
const toNextColumn: KeyboardCoordinateGetter = (event, { context, currentCoordinates }) => {
  const direction = directions[event.code];
  if (direction === undefined) return undefined;
  event.preventDefault();
  const lefts = Array.from(context.droppableRects.values(), (rect) => rect.left).sort((a, b) => a - b);
  const middle = currentCoordinates.x + (context.collisionRect?.width ?? 0) / 2;
  const at = lefts.findLastIndex((left) => left <= middle);
  const left = lefts[Math.max(0, at) + direction];
  return left === undefined ? undefined : { ...currentCoordinates, x: left + 8 };
};

/** Picking up, moving and dropping cards, told to assistive technology at every step. */
export function useBoardDrag(
  columns: readonly BoardColumn[],
  onMove: (card: Card, stage: OpportunityStage) => void,
) {
  const [dragged, setDragged] = useState<Card | null>(null);
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 6 } }),
    useSensor(KeyboardSensor, {
      coordinateGetter: toNextColumn,
      keyboardCodes: {
        start: [KeyboardCode.Space],
        cancel: [KeyboardCode.Esc],
        end: [KeyboardCode.Space, KeyboardCode.Enter],
      },
    }),
  );
  return {
    sensors,
    dragged,
    accessibility: useAnnouncements(columns),
    onDragStart: ({ active }: DragStartEvent) => setDragged(cardOf(active.data.current)),
    onDragCancel: () => setDragged(null),
    onDragEnd: ({ active, over }: DragEndEvent) => {
      setDragged(null);
      const card = cardOf(active.data.current);
      const stage = opportunityStageSchema.safeParse(over?.id).data;
      if (card && stage && stage !== card.stage) onMove(card, stage);
    },
  };
}

function cardOf(data: unknown): Card | null {
  if (typeof data !== 'object' || data === null || !('card' in data)) return null;
  return opportunities.row.safeParse(data.card).data ?? null;
}

function useAnnouncements(columns: readonly BoardColumn[]) {
  const { t } = useTranslation();
  const stages = useStages();
  return useMemo(() => {
    const label = (stage: unknown) => stages.find((each) => each.stage === stage)?.label ?? '';
    const cards = new Map(columns.flatMap((column) => column.cards.map((card) => [card.id as string, card])));
    const about = (id: unknown) => {
      const card = typeof id === 'string' ? cards.get(id) : undefined;
      return { name: card?.name ?? '', stage: label(card?.stage) };
    };
    const announcements: Announcements = {
      onDragStart: ({ active }) => t('board.drag.picked', about(active.id)),
      onDragOver: ({ active, over }) =>
        over
          ? t('board.drag.over', { ...about(active.id), stage: label(over.id) })
          : t('board.drag.outside', about(active.id)),
      onDragEnd: ({ active, over }) => {
        const from = about(active.id);
        const to = label(over?.id);
        return to === '' || to === from.stage
          ? t('board.drag.back', from)
          : t('board.drag.dropped', { ...from, stage: to });
      },
      onDragCancel: ({ active }) => t('board.drag.cancelled', about(active.id)),
    };
    return { announcements, screenReaderInstructions: { draggable: t('board.drag.instructions') } };
  }, [t, stages, columns]);
}
