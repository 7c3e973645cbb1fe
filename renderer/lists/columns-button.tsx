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
  arrayMove,
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable';
import { Columns3, GripVertical } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ViewDefinition } from '#shared/contract/workspace.ts';
import { Button } from '../components/button.tsx';
import { Popover, PopoverContent, PopoverTrigger } from '../components/popover.tsx';
import type { DisplayField } from '../fields/fields.ts';
import type { ListColumn } from './list-definition.ts';

export interface ColumnsButtonProps {
  columns: readonly ListColumn[];
  fields: readonly DisplayField[];
  onChange: (columns: ViewDefinition['columns']) => void;
}

/** Which columns a list shows, and in what order. The name is always the first. */
export function ColumnsButton({ columns, fields, onChange }: ColumnsButtonProps) {
  const { t } = useTranslation();
  const shown = columns.map(({ field, width }) => ({ field: field.key, width }));
  const movable = columns.slice(1);
  const hidden = fields.filter(({ key }) => !columns.some(({ field }) => field.key === key));
  return (
    <Popover>
      <PopoverTrigger asChild>
        <Button kind="quiet" size="small">
          <Columns3 aria-hidden />
          {t('lists.columns.title')}
        </Button>
      </PopoverTrigger>
      <PopoverContent className="w-64 p-1" aria-label={t('lists.columns.title')} align="end">
        <ColumnOrder
          columns={movable}
          onMove={(from, to) => onChange([...shown.slice(0, 1), ...arrayMove(shown.slice(1), from, to)])}
          onHide={(key) => onChange(shown.filter(({ field }) => field !== key))}
        />
        {hidden.length > 0 ? (
          <>
            <p className="mt-1 border-t border-line px-2 pt-2 pb-1 text-xs font-medium text-ink-faint">
              {t('lists.columns.hidden')}
            </p>
            {hidden.map((field) => (
              <ColumnToggle
                key={field.key}
                field={field}
                isShown={false}
                onToggle={() => onChange([...shown, { field: field.key }])}
              />
            ))}
          </>
        ) : null}
      </PopoverContent>
    </Popover>
  );
}

interface ColumnOrderProps {
  columns: readonly ListColumn[];
  onMove: (from: number, to: number) => void;
  onHide: (key: string) => void;
}

function ColumnOrder({ columns, onMove, onHide }: ColumnOrderProps) {
  const { t } = useTranslation();
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const keys = columns.map(({ field }) => field.key);
  const labelOf = (key: string | number) => columns.find(({ field }) => field.key === key)?.field.label ?? '';
  const onDragEnd = ({ active, over }: DragEndEvent) => {
    if (over && active.id !== over.id) onMove(keys.indexOf(String(active.id)), keys.indexOf(String(over.id)));
  };
  const place = (over: { id: string | number } | null) => (over ? keys.indexOf(String(over.id)) + 1 : 0);
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={onDragEnd}
      accessibility={{
        screenReaderInstructions: { draggable: t('lists.columns.howToMove') },
        announcements: {
          onDragStart: ({ active }) => t('lists.columns.lifted', { name: labelOf(active.id) }),
          onDragOver: ({ active, over }) =>
            t('lists.columns.over', { name: labelOf(active.id), place: place(over) }),
          onDragEnd: ({ active, over }) =>
            t('lists.columns.dropped', { name: labelOf(active.id), place: place(over) }),
          onDragCancel: ({ active }) => t('lists.columns.cancelled', { name: labelOf(active.id) }),
        },
      }}
    >
      <SortableContext items={keys} strategy={verticalListSortingStrategy}>
        {columns.map(({ field }) => (
          <SortableColumn key={field.key} field={field} onHide={() => onHide(field.key)} />
        ))}
      </SortableContext>
    </DndContext>
  );
}

function SortableColumn({ field, onHide }: { field: DisplayField; onHide: () => void }) {
  const { t } = useTranslation();
  const { attributes, listeners, setNodeRef, transform, transition } = useSortable({ id: field.key });
  return (
    <div
      ref={setNodeRef}
      className="flex items-center bg-raised"
      style={{ transform: transform ? `translateY(${String(transform.y)}px)` : undefined, transition }}
    >
      <ColumnToggle field={field} isShown onToggle={onHide} />
      <button
        type="button"
        className="flex size-7 items-center justify-center rounded-sm text-ink-faint hover:text-ink"
        {...attributes}
        {...listeners}
        aria-roledescription={undefined}
        aria-label={t('lists.columns.move', { name: field.label })}
      >
        <GripVertical aria-hidden className="size-4" />
      </button>
    </div>
  );
}

function ColumnToggle({
  field,
  isShown,
  onToggle,
}: {
  field: DisplayField;
  isShown: boolean;
  onToggle: () => void;
}) {
  return (
    <label className="flex h-7 min-w-0 flex-1 items-center gap-2 rounded-sm px-2 hover:bg-hover">
      <input type="checkbox" className="size-3.5 accent-accent" checked={isShown} onChange={onToggle} />
      <span className="truncate" data-content={field.isCustom ? '' : undefined}>
        {field.label}
      </span>
    </label>
  );
}
