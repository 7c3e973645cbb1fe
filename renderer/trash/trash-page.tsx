import { Trash2, Undo2 } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ObjectName, objectNames } from '#shared/objects/objects.ts';
import { useCan, useWorkspace } from '../client/queries.ts';
import { Button } from '../components/button.tsx';
import { Dialog, DialogActions, DialogContent } from '../components/dialog.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { ErrorState } from '../components/error-state.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { Tabs, TabsList, TabsTrigger } from '../components/tabs.tsx';
import { type DisplayField, useFields } from '../fields/fields.ts';
import { BulkBar } from '../grid/bulk-bar.tsx';
import { useBulkChanges } from '../grid/bulk-changes.ts';
import { columnsOf } from '../grid/list-definition.ts';
import { useListRows } from '../grid/list-rows.ts';
import { RecordGrid } from '../grid/record-grid.tsx';
import { RowCount } from '../grid/row-count.tsx';
import { chosenCount, toSelection } from '../grid/selection.ts';
import { useChoice } from '../grid/use-choice.ts';
import { useScreenObject } from '../objects/define.ts';

const scope = { trashed: true };

/** Trashed records of one object at a time: restore them, or remove them for good. */
export function TrashPage() {
  const { t } = useTranslation();
  const can = useCan();
  const shown = objectNames.filter((name) => can(name, 'read'));
  const [chosen, setChosen] = useState(shown[0]);
  const object = chosen ?? objectNames[0];
  return (
    <Tabs
      value={object}
      onValueChange={(next) => setChosen(shown.find((name) => name === next))}
      className="flex min-h-0 flex-1 flex-col"
    >
      <TrashOf
        key={object}
        object={object}
        tabs={
          <TabsList aria-label={t('trash.title')}>
            {shown.map((name) => (
              <TabsTrigger key={name} value={name} aria-controls={undefined}>
                {t(`objects.${name}.many`)}
              </TabsTrigger>
            ))}
          </TabsList>
        }
      />
    </Tabs>
  );
}

function TrashOf({ object, tabs }: { object: ObjectName; tabs: ReactNode }) {
  const { t } = useTranslation();
  const { workspace, permissions } = useWorkspace();
  const screen = useScreenObject(object);
  const fields = useFields(object);
  const [range, setRange] = useState({ start: 0, end: 40 });
  const [isPurging, setPurging] = useState(false);
  const source = { object, scope, sort: [] };
  const rows = useListRows(source, range);
  const { chosen, onChoose } = useChoice(source);
  const { restore, purge } = useBulkChanges(object);
  const columns = useMemo(() => {
    const trashedOn: DisplayField = {
      key: 'deletedAt',
      label: t('trash.trashedOn'),
      type: 'datetime',
      section: 'system',
      isReadOnly: true,
      isCustom: false,
    };
    const definition = {
      columns: [...screen.trashColumns, 'deletedAt'].map((field) => ({ field })),
      sort: [],
      layout: 'list' as const,
    };
    // Nothing is sorted or edited in the trash.
    const plain = fields.map((field) => ({ ...field, isSortable: false, isReadOnly: true }));
    return columnsOf(screen, definition, [...plain, trashedOn]);
  }, [fields, screen, t]);

  const count = chosenCount(chosen, rows.rowCount);
  const run = (action: typeof restore) => {
    void action(toSelection(chosen, scope));
    onChoose.clear();
  };
  return (
    <>
      <PageHeader title={t('trash.title')} meta={<RowCount rows={rows} />} />
      <div className="flex h-10 shrink-0 items-center border-b border-line px-3">{tabs}</div>
      <div className="relative flex min-h-0 flex-1 flex-col">
        {rows.error ? (
          <ErrorState error={rows.error} onRetry={rows.retry} />
        ) : rows.rowCount === 0 ? (
          <EmptyState icon={Trash2} title={t('trash.emptyTitle')} text={t('trash.emptyText')} />
        ) : (
          <RecordGrid
            object={object}
            label={t('trash.title')}
            columns={columns}
            rows={rows}
            currency={workspace.currency}
            sort={[]}
            onSort={() => undefined}
            onResize={() => undefined}
            onRange={setRange}
            chosen={chosen}
            onChoose={onChoose}
            onEdit={null}
            onOpen={null}
            onTrash={() => undefined}
          />
        )}
        {count > 0 ? (
          <BulkBar
            count={count}
            isEstimate={chosen.kind === 'all' && rows.isEstimate}
            onClear={onChoose.clear}
          >
            <Button kind="quiet" size="small" onClick={() => run(restore)}>
              <Undo2 aria-hidden />
              {t('trash.restore')}
            </Button>
            {permissions['record:purge'] ? (
              <Button kind="quiet" size="small" className="text-danger!" onClick={() => setPurging(true)}>
                <Trash2 aria-hidden />
                {t('trash.purge')}
              </Button>
            ) : null}
          </BulkBar>
        ) : null}
      </div>
      <Dialog open={isPurging} onOpenChange={setPurging}>
        <DialogContent
          title={t('trash.purgeTitle', { count })}
          description={t('trash.purgeText')}
          width="small"
        >
          <div className="h-3" />
          <DialogActions>
            <Button onClick={() => setPurging(false)}>{t('common.cancel')}</Button>
            <Button
              kind="danger"
              onClick={() => {
                setPurging(false);
                run(purge);
              }}
            >
              {t('trash.purge')}
            </Button>
          </DialogActions>
        </DialogContent>
      </Dialog>
    </>
  );
}
