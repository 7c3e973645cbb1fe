import {
  type ColumnSizingState,
  columnResizingFeature,
  columnSizingFeature,
  createColumnHelper,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useMemo } from 'react';
import { type AnyRecord, valueOf } from '../client/record-client.ts';
import { type ListColumn, narrowestColumn, widestColumn } from './list-definition.ts';

const features = tableFeatures({ columnSizingFeature, columnResizingFeature });
const helper = createColumnHelper<typeof features, AnyRecord>();
const noRows: AnyRecord[] = [];

/** The table model of a grid's columns: their headers and sizes. Rows are the virtual list's, not the model's. */
export function useGridColumns(
  columns: readonly ListColumn[],
  onResize: (widths: Readonly<Record<string, number>>) => void,
) {
  const definitions = useMemo(
    () =>
      columns.map(({ field }) =>
        helper.accessor((record) => valueOf(record, field.key), {
          id: field.key,
          header: field.label,
          minSize: narrowestColumn,
          maxSize: widestColumn,
        }),
      ),
    [columns],
  );
  const columnSizing = useMemo(
    (): ColumnSizingState => Object.fromEntries(columns.map(({ field, width }) => [field.key, width])),
    [columns],
  );
  return useTable({
    features,
    columns: definitions,
    data: noRows,
    columnResizeMode: 'onChange',
    state: { columnSizing },
    onColumnSizingChange: (updater) =>
      onResize(typeof updater === 'function' ? updater(columnSizing) : updater),
  });
}
