import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ObjectName } from '#shared/objects/objects.ts';
import { type AnyRecord, titleOf } from '../client/record-client.ts';
import { Checkbox } from '../components/checkbox.tsx';
import { classNames } from '../components/class-names.ts';
import { Skeleton } from '../components/skeleton.tsx';
import { FieldValue, isRightAligned } from '../fields/field-value.tsx';
import { CellEditor, type CellResult } from './cell-editor.tsx';
import { cellId, rowHeight, stickyClass } from './grid-layout.ts';
import type { ListColumn } from './list-definition.ts';

/** What a row asks of the grid. Must stay the same object from render to render, so that rows are not drawn again. */
export interface RowActions {
  focusCell(row: number, column: number): void;
  editCell(row: number, column: number): void;
  finishEdit(record: AnyRecord, column: ListColumn, result: CellResult): void;
  toggle(row: number, isRange: boolean): void;
  open(record: AnyRecord): void;
}

export interface GridRowProps {
  object: ObjectName;
  index: number;
  top: number;
  record: AnyRecord | undefined;
  columns: readonly ListColumn[];
  currency: string;
  /** The money columns that show decimals. */
  withCents: readonly string[];
  isChosen: boolean;
  /** Which of its cells has the cursor, or -1. */
  cursorColumn: number;
  isEditing: boolean;
  /** Whether the title leads to the record's page. */
  isLinked: boolean;
  actions: RowActions;
}

export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { t } = useTranslation();
  const { object, index, top, record, columns, isChosen, cursorColumn, isEditing, actions } = props;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isChosen}
      className={classNames(
        'group/row absolute left-0 grid w-full border-b border-line',
        isChosen ? 'bg-accent-soft' : 'bg-surface hover:bg-hover',
        isEditing && 'z-10',
      )}
      style={{
        height: rowHeight,
        transform: `translateY(${String(top)}px)`,
        gridTemplateColumns: 'var(--grid-columns)',
      }}
    >
      <div
        role="gridcell"
        aria-colindex={1}
        className={classNames('flex items-center pl-4', stickyClass(-1))}
      >
        <Checkbox
          tabIndex={-1}
          aria-label={record ? t('lists.selectRow', { name: titleOf(object, record) }) : t('common.loading')}
          disabled={!record}
          checked={isChosen}
          onCheckedChange={(_, { nativeEvent }) =>
            actions.toggle(index, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)
          }
        />
      </div>
      {columns.map((column, columnIndex) => (
        <Cell
          key={column.field.key}
          {...props}
          column={column}
          columnIndex={columnIndex}
          hasCursor={cursorColumn === columnIndex}
        />
      ))}
    </div>
  );
});

interface CellProps extends GridRowProps {
  column: ListColumn;
  columnIndex: number;
  hasCursor: boolean;
}

function Cell({
  object,
  index,
  record,
  column,
  columnIndex,
  hasCursor,
  isEditing,
  isLinked,
  currency,
  withCents,
  actions,
}: CellProps) {
  const { field } = column;
  const isTitle = columnIndex === 0;
  return (
    // The grid has the focus and its keys, and names the active cell.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      role="gridcell"
      id={cellId(index, columnIndex)}
      aria-colindex={columnIndex + 2}
      onMouseDown={(event) => {
        if (event.detail === 1 && !isEditing) actions.focusCell(index, columnIndex);
      }}
      onClick={(event) => {
        if (event.shiftKey) actions.toggle(index, true);
      }}
      onDoubleClick={() => actions.editCell(index, columnIndex)}
      className={classNames(
        'relative flex min-w-0 items-center px-3 outline-none',
        isRightAligned(field) && 'justify-end',
        stickyClass(columnIndex),
        isTitle && 'font-medium',
        hasCursor && 'group-focus/grid:shadow-[inset_0_0_0_2px_var(--accent)]',
      )}
    >
      {record === undefined ? (
        <Skeleton className={isTitle ? 'h-3 w-40' : 'h-3 w-20'} />
      ) : hasCursor && isEditing ? (
        <CellEditor
          object={object}
          field={field}
          record={record}
          onDone={(result, edited) => actions.finishEdit(edited, column, result)}
        />
      ) : isTitle && isLinked ? (
        <a
          href={`#/${object}/${record.id}`}
          tabIndex={-1}
          draggable={false}
          dir="auto"
          data-content
          className="truncate hover:underline"
          onClick={(event) => {
            // With Ctrl/Cmd the browser opens a tab of its own; Shift extends the selection.
            if (event.metaKey || event.ctrlKey) return;
            event.preventDefault();
            if (!event.shiftKey) actions.open(record);
          }}
        >
          {titleOf(object, record)}
        </a>
      ) : (
        <FieldValue
          field={field}
          record={record}
          currency={currency}
          moneyDecimals={withCents.includes(field.key) ? 'always' : 'asNeeded'}
        />
      )}
    </div>
  );
}
