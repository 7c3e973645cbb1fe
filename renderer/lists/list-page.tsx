import { useRouter } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListScope } from '#shared/contract/list.ts';
import type { ObjectName } from '#shared/objects/objects.ts';
import { useCan, useWorkspace } from '../client/queries.ts';
import type { AnyRecord } from '../client/record-client.ts';
import { Button } from '../components/button.tsx';
import { ErrorState } from '../components/error-state.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { Tooltip } from '../components/tooltip.tsx';
import { useUpdateField } from '../edits/changes.ts';
import { useFields } from '../fields/fields.ts';
import { useBulkChanges } from '../grid/bulk-changes.ts';
import { columnsOf, keptColumn, type ListColumn } from '../grid/list-definition.ts';
import { useListRows } from '../grid/list-rows.ts';
import { RecordGrid } from '../grid/record-grid.tsx';
import { RowCount } from '../grid/row-count.tsx';
import { chosenCount, toSelection } from '../grid/selection.ts';
import { useChoice } from '../grid/use-choice.ts';
import { asSatchelError } from '../i18n/errors.ts';
import { openCreate } from '../navigation/create-state.ts';
import { leaveTrail } from '../navigation/list-trail.ts';
import { useScreenObject } from '../objects/define.ts';
import { keysOf } from '../shortcuts/registry.ts';
import { useShortcut } from '../shortcuts/use-shortcut.ts';
import { ColumnsButton } from './columns-button.tsx';
import { FilterButton } from './filters/filter-button.tsx';
import { LayoutSwitch } from './layout-switch.tsx';
import { EmptyList } from './list-empty.tsx';
import { ListSearch } from './list-search.tsx';
import { useListState } from './list-state.ts';
import { SelectionActions } from './selection-actions.tsx';
import { ViewsBar } from './views-bar.tsx';

/** The list of one object's records. */
export function ListPage({ object }: { object: ObjectName }) {
  const { t } = useTranslation();
  const router = useRouter();
  const { workspace } = useWorkspace();
  const can = useCan();
  const screen = useScreenObject(object);
  const fields = useFields(object);
  const state = useListState(object);
  const { definition, change } = state;
  const [search, setSearch] = useState('');
  const [range, setRange] = useState({ start: 0, end: 40 });

  const scope = useListScope(definition.filter, search);
  const source = { object, scope, sort: definition.sort };
  const rows = useListRows(source, range);
  const columns = useMemo(() => columnsOf(screen, definition, fields), [screen, definition, fields]);
  const { chosen, onChoose } = useChoice(source);
  const { trash } = useBulkChanges(object);
  const updateField = useUpdateField(object);

  // What may not even be seen is not offered to be made.
  const isForbidden = rows.error !== null && asSatchelError(rows.error).code === 'forbidden';
  const mayCreate = can(object, 'create') && !isForbidden;
  const create = () => openCreate({ object });
  useShortcut('create', create, mayCreate);
  const count = chosenCount(chosen, rows.rowCount);
  const Layout = screen.layouts.find(({ name }) => name === definition.layout)?.view;
  const open = (record: AnyRecord) => {
    const index = rowOf(rows, range, record);
    leaveTrail(index === null ? null : { ...source, index });
    router.history.push(`/${object}/${record.id}`);
  };
  const edit = (record: AnyRecord, { field }: ListColumn, value: unknown, display: string | null) =>
    void updateField({
      record,
      field: field.key,
      value,
      ...(field.displayKey ? { display: { key: field.displayKey, name: display } } : {}),
    });
  const trashOne = (record: AnyRecord) => {
    if (!can(object, 'delete')) return;
    void trash(count > 0 ? toSelection(chosen, scope) : { ids: [record.id] });
    onChoose.clear();
  };

  return (
    <>
      <PageHeader title={t(`objects.${object}.many`)} meta={<RowCount rows={rows} />}>
        <ListSearch value={search} onChange={setSearch} />
        {mayCreate ? (
          <Tooltip label={t(`objects.${object}.create`)} keys={keysOf('create')}>
            <Button kind="primary" size="small" onClick={create}>
              <Plus aria-hidden />
              {t('lists.new')}
            </Button>
          </Tooltip>
        ) : null}
      </PageHeader>
      <div className="flex h-10 shrink-0 items-center gap-2 border-b border-line px-3">
        <ViewsBar object={object} state={state} />
        <FilterButton
          key={state.view?.id ?? ''}
          filter={definition.filter}
          fields={fields}
          onChange={(filter) => change({ filter })}
        />
        {Layout ? null : (
          <ColumnsButton columns={columns} fields={fields} onChange={(next) => change({ columns: next })} />
        )}
        {screen.layouts.length > 0 ? (
          <LayoutSwitch screen={screen} value={definition.layout} onChange={(layout) => change({ layout })} />
        ) : null}
      </div>
      <div className="relative flex min-h-0 flex-1 flex-col">
        {rows.error ? (
          <ErrorState error={rows.error} onRetry={rows.retry} />
        ) : rows.rowCount === 0 ? (
          <EmptyList
            object={object}
            isNarrowed={search.trim() !== '' || definition.filter !== undefined}
            onWiden={() => {
              setSearch('');
              change({ filter: null });
            }}
            onCreate={mayCreate ? create : null}
          />
        ) : Layout ? (
          <Layout scope={scope} canEdit={can(object, 'update')} />
        ) : (
          <RecordGrid
            // Another order or selection of records begins at its top.
            key={JSON.stringify([scope, definition.sort])}
            object={object}
            label={t(`objects.${object}.many`)}
            columns={columns}
            rows={rows}
            currency={workspace.currency}
            sort={definition.sort}
            onSort={(sort) => change({ sort })}
            onResize={(widths) =>
              change({
                columns: columns.map((column) => {
                  const width = Math.round(widths[column.field.key] ?? column.width);
                  return keptColumn(
                    width === column.width ? column : { ...column, width, isChosenWidth: true },
                  );
                }),
              })
            }
            onRange={setRange}
            chosen={chosen}
            onChoose={onChoose}
            onEdit={can(object, 'update') ? edit : null}
            onOpen={open}
            onTrash={trashOne}
          />
        )}
        <SelectionActions
          object={object}
          fields={fields}
          count={count}
          isEstimate={chosen.kind === 'all' && rows.isEstimate}
          selection={() => toSelection(chosen, scope)}
          onClear={onChoose.clear}
        />
      </div>
    </>
  );
}

/** Where a record that shows stands in the list, so that its page can lead on to the next one. */
function rowOf(
  rows: ReturnType<typeof useListRows>,
  { start, end }: { start: number; end: number },
  record: AnyRecord,
): number | null {
  for (let index = start; index <= end; index += 1) {
    if (rows.rowAt(index)?.id === record.id) return index;
  }
  return null;
}

/** The list's filter and search words, the same object while they are the same. */
function useListScope(filter: ListScope['filter'], search: string): ListScope {
  const words = useDeferredValue(search.trim());
  return useMemo(
    () => ({ ...(filter ? { filter } : {}), ...(words ? { search: words } : {}) }),
    [filter, words],
  );
}
