import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type CSSProperties,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { Sort } from '#shared/contract/list.ts';
import type { ObjectName } from '#shared/objects/objects.ts';
import { type AnyRecord, valueOf } from '../client/record-client.ts';
import { fieldsWithCents } from '../fields/cents.ts';
import { lockOf } from '../fields/locked.ts';
import { useShortcut } from '../shortcuts/use-shortcut.ts';
import type { CellResult } from './cell-editor.tsx';
import { useGridColumns } from './grid-columns.ts';
import { GridHeader } from './grid-header.tsx';
import { type GridCommand, gridCommand } from './grid-keyboard.ts';
import { cellId, gridWidths, headerHeight, rowHeight, rowsOfSlots } from './grid-layout.ts';
import { GridRow, type RowActions } from './grid-row.tsx';
import type { ListColumn } from './list-definition.ts';
import type { ListRows, VisibleRange } from './list-rows.ts';
import { type Chosen, chosenCount, isChosen } from './selection.ts';

/** The rows that show are told in steps, so that scrolling one row does not ask for anything. */
const rangeStep = 20;

/** Pixels that the bar of chosen rows takes at the foot. */
const barRoom = 64;

/** Rows drawn above and below what shows. */
const rowsBeyond = 10;

export interface RecordGridProps {
  object: ObjectName;
  label: string;
  columns: readonly ListColumn[];
  rows: ListRows;
  currency: string;
  sort: readonly Sort[];
  onSort: (sort: Sort[]) => void;
  onResize: (widths: Readonly<Record<string, number>>) => void;
  onRange: (range: VisibleRange) => void;
  chosen: Chosen;
  onChoose: {
    toggle(record: AnyRecord): void;
    /** Every row between the two, loaded or not. */
    range(from: number, to: number): void;
    all(): void;
    clear(): void;
  };
  /** Null where the person may not edit. */
  onEdit: ((record: AnyRecord, column: ListColumn, value: unknown, display: string | null) => void) | null;
  /** Null where records have no page (the trash). */
  onOpen: ((record: AnyRecord) => void) | null;
  onTrash: (record: AnyRecord) => void;
}

interface Cursor {
  row: number;
  column: number;
}

/** A grid of any number of rows: virtual, keyboard first, with cells edited in place. */
export function RecordGrid(props: RecordGridProps) {
  const { object, columns, rows, chosen } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [cursor, setCursor] = useState<Cursor>({ row: 0, column: 0 });
  const [editing, setEditing] = useState<Cursor | null>(null);
  const anchor = useRef(0);
  const waiting = useRef<GridCommand>(null);
  const table = useGridColumns(columns, props.onResize);

  // oxlint-disable-next-line react/incompatible-library -- a note for a compiler that this build does not use
  const virtual = useVirtualizer({
    count: rows.rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: rowsBeyond,
    scrollPaddingStart: headerHeight,
    // The last row can be scrolled clear of the bar that floats over the foot while rows are chosen.
    paddingEnd: chosenCount(chosen, rows.rowCount) > 0 ? barRoom : 0,
  });
  const items = virtual.getVirtualItems();
  const slots = Math.ceil((virtual.scrollRect?.height ?? 0) / rowHeight) + 1 + 2 * rowsBeyond;
  const shown = items.map(({ index }) => rows.rowAt(index)).filter((record) => record !== undefined);
  const withCents = useColumnsWithCents(columns, shown);
  useReportedRange(items[0]?.index ?? 0, items.at(-1)?.index ?? 0, props.onRange);

  const moveTo = (row: number, column: number) => {
    const next = {
      row: Math.min(Math.max(row, 0), Math.max(rows.rowCount - 1, 0)),
      column: Math.min(Math.max(column, 0), columns.length - 1),
    };
    setCursor(next);
    virtual.scrollToIndex(next.row);
    return next;
  };
  const edit = (at: Cursor) => {
    const field = columns[at.column]?.field;
    const record = rows.rowAt(at.row);
    if (!props.onEdit || !field || !record || field.isReadOnly) return;
    if (lockOf(valueOf(record, field.key))) return;
    const column = columns[at.column];
    // A yes or no needs no editor.
    if (field.type === 'boolean' && column)
      props.onEdit(record, column, valueOf(record, field.key) !== true, null);
    else setEditing(at);
  };
  const run = (command: GridCommand) => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2);
    const record = rows.rowAt(cursor.row);
    waiting.current = !record && waitsForRow.has(command.do) ? command : null;
    switch (command.do) {
      case 'move': {
        const next = moveTo(cursor.row + command.rows, cursor.column + command.columns);
        if (command.extend) props.onChoose.range(anchor.current, next.row);
        else anchor.current = next.row;
        break;
      }
      case 'first':
        moveTo(0, cursor.column);
        break;
      case 'last':
        moveTo(rows.rowCount - 1, cursor.column);
        break;
      case 'pageDown':
        moveTo(cursor.row + page, cursor.column);
        break;
      case 'pageUp':
        moveTo(cursor.row - page, cursor.column);
        break;
      case 'open':
        if (cursor.column === 0 && props.onOpen) {
          if (record) props.onOpen(record);
        } else edit(cursor);
        break;
      case 'edit':
        edit(cursor);
        break;
      case 'toggle':
        anchor.current = cursor.row;
        if (record) props.onChoose.toggle(record);
        break;
      case 'all':
        props.onChoose.all();
        break;
      case 'clear':
        props.onChoose.clear();
        break;
      case 'trash':
        if (record) props.onTrash(record);
        break;
    }
  };

  const actions = useRowActions({
    focusCell: (row, column) => {
      waiting.current = null;
      anchor.current = row;
      setCursor({ row, column });
      setEditing(null);
      scroller.current?.focus({ preventScroll: true });
    },
    editCell: (row, column) => edit({ row, column }),
    finishEdit: (record, column, result) => {
      setEditing(null);
      if (result.change) props.onEdit?.(record, column, result.change.value, result.change.display);
      if (result.move === 'none') return;
      scroller.current?.focus({ preventScroll: true });
      if (result.move !== 'stay') moveTo(cursor.row, cursor.column + movement[result.move]);
    },
    toggle: (row, isRange) => {
      scroller.current?.focus({ preventScroll: true });
      if (isRange) props.onChoose.range(anchor.current, row);
      else {
        anchor.current = row;
        const record = rows.rowAt(row);
        if (record) props.onChoose.toggle(record);
      }
    },
    open: (record) => props.onOpen?.(record),
  });

  useGridFocus(scroller, (command) => {
    scroller.current?.focus({ preventScroll: true });
    run(command);
  });
  useLayoutEffect(() => {
    const command = waiting.current;
    // Whoever turned to something else meanwhile is not called back.
    if (command && rows.rowAt(cursor.row) && document.activeElement === scroller.current) run(command);
  });

  const count = chosenCount(chosen, rows.rowCount);
  const widths = gridWidths(columns, virtual.scrollRect?.width ?? 0);
  const style: CSSProperties & Record<`--${string}`, string> = { '--grid-columns': widths.template };
  return (
    // oxlint-disable-next-line jsx-a11y/aria-activedescendant-has-tabindex -- has it
    <div
      ref={scroller}
      role="grid"
      tabIndex={0}
      aria-label={props.label}
      aria-rowcount={rows.rowCount + 1}
      aria-colcount={columns.length + 1}
      aria-multiselectable
      aria-activedescendant={rows.rowCount > 0 ? cellId(cursor.row, cursor.column) : undefined}
      className="group/grid relative min-h-0 flex-1 overflow-auto outline-none"
      style={style}
      onKeyDown={(event) => {
        if (event.target !== scroller.current) return;
        const command = gridCommand(event);
        if (!command) return;
        event.preventDefault();
        run(command);
      }}
    >
      <div style={{ minWidth: widths.least }}>
        <GridHeader
          table={table}
          columns={columns}
          sort={props.sort}
          onSort={props.onSort}
          allChosen={count === 0 ? 'none' : count >= rows.rowCount ? 'all' : 'some'}
          onToggleAll={() => (count > 0 ? props.onChoose.clear() : props.onChoose.all())}
        />
        <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
          {rowsOfSlots(items[0]?.index ?? 0, slots, rows.rowCount).map((index, slot) => {
            const record = rows.rowAt(index);
            return (
              <GridRow
                // Rows that leave lend their elements to those that come: scrolling fast makes no new ones.
                // oxlint-disable-next-line react/no-array-index-key -- it is the element's place, whatever row it shows
                key={slot}
                object={object}
                index={index}
                top={index * rowHeight}
                record={record}
                columns={columns}
                currency={props.currency}
                withCents={withCents}
                isChosen={record !== undefined && isChosen(chosen, record.id)}
                cursorColumn={cursor.row === index ? cursor.column : -1}
                isEditing={editing?.row === index}
                isLinked={props.onOpen !== null}
                actions={actions}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

/**
 * What is asked of a row that is still being read is done when it is there, unless the person goes on before. Moving a
 * record to the trash is not: nobody has seen yet which one it is.
 */
const waitsForRow: ReadonlySet<GridCommand['do']> = new Set(['open', 'edit', 'toggle']);

const movement = { next: 1, previous: -1, down: 0 } as const;

/** The same object from render to render, calling the newest functions. */
function useRowActions(latest: RowActions): RowActions {
  const current = useRef(latest);
  useLayoutEffect(() => {
    current.current = latest;
  });
  return useMemo(
    (): RowActions => ({
      focusCell: (row, column) => current.current.focusCell(row, column),
      editCell: (row, column) => current.current.editCell(row, column),
      finishEdit: (record, column, result: CellResult) => current.current.finishEdit(record, column, result),
      toggle: (row, isRange) => current.current.toggle(row, isRange),
      open: (record) => current.current.open(record),
    }),
    [],
  );
}

/** Once an amount with cents came into sight, its column keeps showing decimals. */
function useColumnsWithCents(columns: readonly ListColumn[], shown: readonly AnyRecord[]): readonly string[] {
  const [known, setKnown] = useState<readonly string[]>([]);
  const unknown = columns.map(({ field }) => field).filter(({ key }) => !known.includes(key));
  const found = fieldsWithCents(unknown, shown);
  if (found.length > 0) setKnown([...known, ...found]);
  return known;
}

function useReportedRange(first: number, last: number, onRange: (range: VisibleRange) => void): void {
  const start = Math.floor(first / rangeStep) * rangeStep;
  const end = Math.ceil((last + 1) / rangeStep) * rangeStep;
  useEffect(() => onRange({ start, end }), [start, end, onRange]);
}

/** Takes the focus when the list shows, and the list's keys while nothing else has the focus. */
function useGridFocus(scroller: RefObject<HTMLDivElement | null>, run: (command: GridCommand) => void): void {
  // Before it is seen: a key pressed earlier than a passive effect runs would be lost.
  useLayoutEffect(() => {
    // The list is drawn anew while a person types in its search box or sets up its filter: the focus must stay there.
    const focused = document.activeElement;
    if (focused instanceof HTMLInputElement || focused?.closest('[role="dialog"], [role="menu"]')) return;
    scroller.current?.focus({ preventScroll: true });
  }, [scroller]);
  useShortcut('listDown', () => run({ do: 'move', rows: 1, columns: 0, extend: false }));
  useShortcut('listUp', () => run({ do: 'move', rows: -1, columns: 0, extend: false }));
  useShortcut('listSelectAll', () => run({ do: 'all' }));
  useShortcut('listClear', () => run({ do: 'clear' }));
}
