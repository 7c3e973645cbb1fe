import { ArrowDown, ArrowUp } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Sort } from '#shared/contract/list.ts';
import { Checkbox } from '../components/checkbox.tsx';
import { classNames } from '../components/class-names.ts';
import { isRightAligned } from '../fields/field-value.tsx';
import type { useGridColumns } from './grid-columns.ts';
import { stickyClass } from './grid-layout.ts';
import type { ListColumn } from './list-definition.ts';

export interface GridHeaderProps {
  table: ReturnType<typeof useGridColumns>;
  columns: readonly ListColumn[];
  sort: readonly Sort[];
  onSort: (sort: Sort[]) => void;
  allChosen: 'all' | 'some' | 'none';
  onToggleAll: () => void;
}

export function GridHeader({ table, columns, sort, onSort, allChosen, onToggleAll }: GridHeaderProps) {
  const { t } = useTranslation();
  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  return (
    <div role="rowgroup" className="sticky top-0 z-20">
      <div
        role="row"
        aria-rowindex={1}
        className="grid h-8 min-w-full border-b border-line bg-surface text-xs font-medium text-ink-muted"
        style={{ gridTemplateColumns: 'var(--grid-columns)' }}
      >
        <div
          role="columnheader"
          aria-colindex={1}
          className={classNames('flex items-center pl-4', stickyClass(-1))}
        >
          <Checkbox
            tabIndex={-1}
            aria-label={t('lists.selectAll')}
            checked={allChosen === 'some' ? 'indeterminate' : allChosen === 'all'}
            onCheckedChange={onToggleAll}
          />
        </div>
        {headers.map((header, index) => {
          const field = columns[index]?.field;
          if (!field) return null;
          const sorted = sort.find((one) => one.field === field.key)?.direction;
          const content = (
            <>
              <span className="truncate" data-content={field.isCustom ? '' : undefined}>
                {field.label}
              </span>
              {sorted === 'asc' ? <ArrowUp aria-hidden className="size-3.5 shrink-0" /> : null}
              {sorted === 'desc' ? <ArrowDown aria-hidden className="size-3.5 shrink-0" /> : null}
            </>
          );
          const alignment = isRightAligned(field) ? 'justify-end' : '';
          return (
            <div
              key={header.id}
              role="columnheader"
              aria-colindex={index + 2}
              aria-sort={sorted ? (sorted === 'asc' ? 'ascending' : 'descending') : undefined}
              className={classNames('relative flex min-w-0', stickyClass(index))}
            >
              {field.isSortable ? (
                <button
                  type="button"
                  onClick={() => onSort(nextSort(field.key, sorted))}
                  className={classNames(
                    'flex min-w-0 flex-1 items-center gap-1 px-3 hover:bg-hover hover:text-ink focus-visible:-outline-offset-2',
                    alignment,
                    sorted && 'text-ink',
                  )}
                >
                  {content}
                </button>
              ) : (
                <span className={classNames('flex min-w-0 flex-1 items-center gap-1 px-3', alignment)}>
                  {content}
                </span>
              )}
              <span
                aria-hidden
                onMouseDown={header.getResizeHandler()}
                onTouchStart={header.getResizeHandler()}
                className={classNames(
                  'absolute top-1.5 bottom-1.5 z-10 w-2 cursor-col-resize touch-none before:absolute before:inset-y-0 before:w-px before:bg-transparent hover:before:bg-accent',
                  // Beyond the last column it would make the grid wider than it is.
                  index === headers.length - 1 ? 'right-0 before:right-0' : '-right-1 before:left-[3px]',
                )}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** Ascending, descending, then the list's own order again. */
function nextSort(field: string, direction: Sort['direction'] | undefined): Sort[] {
  if (direction === undefined) return [{ field, direction: 'asc' }];
  return direction === 'asc' ? [{ field, direction: 'desc' }] : [];
}
