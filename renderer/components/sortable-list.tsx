import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import {
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable';
import { GripVertical } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from './class-names.ts';

export interface SortableListProps<Item> {
  items: readonly Item[];
  idOf: (item: Item) => string;
  labelOf: (item: Item) => string;
  onMove: (from: number, to: number) => void;
  /** Draws one item; `handle` is what it is picked up by, by mouse or keyboard. */
  children: (item: Item, handle: ReactNode) => ReactNode;
}

/** A vertical list that a person puts in order, told to assistive technology at every step. */
export function SortableList<Item>({ items, idOf, labelOf, onMove, children }: SortableListProps<Item>) {
  const { t } = useTranslation();
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const ids = items.map(idOf);
  const nameOf = (id: string | number) => {
    const item = items[ids.indexOf(String(id))];
    return item === undefined ? '' : labelOf(item);
  };
  const placeOf = (over: { id: string | number } | null) => (over ? ids.indexOf(String(over.id)) + 1 : 0);
  const onDragEnd = ({ active, over }: DragEndEvent) => {
    if (over && active.id !== over.id) onMove(ids.indexOf(String(active.id)), ids.indexOf(String(over.id)));
  };
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={onDragEnd}
      accessibility={{
        screenReaderInstructions: { draggable: t('common.ordering.howToMove') },
        announcements: {
          onDragStart: ({ active }) => t('common.ordering.lifted', { name: nameOf(active.id) }),
          onDragOver: ({ active, over }) =>
            t('common.ordering.over', { name: nameOf(active.id), place: placeOf(over) }),
          onDragEnd: ({ active, over }) =>
            t('common.ordering.dropped', { name: nameOf(active.id), place: placeOf(over) }),
          onDragCancel: ({ active }) => t('common.ordering.cancelled', { name: nameOf(active.id) }),
        },
      }}
    >
      <SortableContext items={ids} strategy={verticalListSortingStrategy}>
        {items.map((item) => (
          <SortableItem key={idOf(item)} id={idOf(item)} label={labelOf(item)}>
            {(handle) => children(item, handle)}
          </SortableItem>
        ))}
      </SortableContext>
    </DndContext>
  );
}

function SortableItem({
  id,
  label,
  children,
}: {
  id: string;
  label: string;
  children: (handle: ReactNode) => ReactNode;
}) {
  const { t } = useTranslation();
  const { attributes, listeners, setNodeRef, transform, transition, isDragging } = useSortable({ id });
  return (
    <div
      ref={setNodeRef}
      className={classNames('relative', isDragging && 'z-10')}
      style={{ transform: transform ? `translateY(${String(transform.y)}px)` : undefined, transition }}
    >
      {children(
        <button
          type="button"
          className="flex size-7 shrink-0 items-center justify-center rounded-sm text-ink-faint hover:text-ink"
          {...attributes}
          {...listeners}
          aria-roledescription={undefined}
          aria-label={t('common.ordering.move', { name: label })}
        >
          <GripVertical aria-hidden className="size-4" />
        </button>,
      )}
    </div>
  );
}
