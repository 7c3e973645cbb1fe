import { arrayMove } from '@dnd-kit/sortable';
import { Columns3 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ViewDefinition } from '#shared/contract/views.ts';
import { Button } from '../components/button.tsx';
import { Checkbox } from '../components/checkbox.tsx';
import { Popover, PopoverContent, PopoverTrigger } from '../components/popover.tsx';
import { SortableList } from '../components/sortable-list.tsx';
import type { DisplayField } from '../fields/fields.ts';
import { keptColumn, type ListColumn } from '../grid/list-definition.ts';

export interface ColumnsButtonProps {
  columns: readonly ListColumn[];
  fields: readonly DisplayField[];
  onChange: (columns: ViewDefinition['columns']) => void;
}

/** Which columns a list shows, and in what order. The name is always the first. */
export function ColumnsButton({ columns, fields, onChange }: ColumnsButtonProps) {
  const { t } = useTranslation();
  const shown = columns.map(keptColumn);
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
        <SortableList
          items={movable}
          idOf={({ field }) => field.key}
          labelOf={({ field }) => field.label}
          onMove={(from, to) => onChange([...shown.slice(0, 1), ...arrayMove(shown.slice(1), from, to)])}
        >
          {({ field }, handle) => (
            <div className="flex items-center bg-raised">
              <ColumnToggle
                field={field}
                isShown
                onToggle={() => onChange(shown.filter((column) => column.field !== field.key))}
              />
              {handle}
            </div>
          )}
        </SortableList>
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
      <Checkbox checked={isShown} onCheckedChange={onToggle} />
      <span className="truncate" data-content={field.isCustom ? '' : undefined}>
        {field.label}
      </span>
    </label>
  );
}
