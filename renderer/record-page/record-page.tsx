import { useRouter } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ObjectName } from '#shared/objects/objects.ts';
import { useCan, useRecordQuery } from '../client/queries.ts';
import { type AnyRecord, titleOf } from '../client/record-client.ts';
import { Button } from '../components/button.tsx';
import { ErrorState } from '../components/error-state.tsx';
import { tellingText } from '../fields/telling-values.ts';
import { formatDayOf } from '../format/format.ts';
import { type Neighbour, useNeighbours } from '../navigation/list-trail.ts';
import { rememberRecord } from '../navigation/recent-records.ts';
import { useScreenObject } from '../objects/define.ts';
import { useShortcut } from '../shortcuts/use-shortcut.ts';
import { noFieldFocus, RecordFields } from './record-fields.tsx';
import { RecordHeader } from './record-header.tsx';
import { RecordSkeleton } from './record-skeleton.tsx';
import { RecordTabs } from './record-tabs.tsx';
import { useTrashing } from './use-trashing.ts';

/** The page of one record of any object. */
export function RecordPage({ object, id }: { object: ObjectName; id: string }) {
  const { t } = useTranslation();
  const router = useRouter();
  const record = useRecordQuery(object, id);
  const toList = () => router.history.push(`/${object}`);
  useShortcut('recordBack', toList);

  if (record.isPending) return <RecordSkeleton />;
  if (record.data === undefined) {
    return (
      <ErrorState error={record.error} onRetry={() => void record.refetch()}>
        <Button onClick={toList}>{t('record.backToList')}</Button>
      </ErrorState>
    );
  }
  return <LoadedRecord key={id} object={object} record={record.data} />;
}

function LoadedRecord({ object, record }: { object: ObjectName; record: AnyRecord }) {
  const router = useRouter();
  const can = useCan();
  const { header: Header } = useScreenObject(object);
  const [focus, setFocus] = useState(noFieldFocus);
  const neighbours = useNeighbours(object, record.id);
  const { trash, restore } = useTrashing(object, record);
  const isTrashed = record.deletedAt !== null;
  const canEdit = !isTrashed && can(object, 'update');
  const canTrash = !isTrashed && can(object, 'delete');
  const open = ({ id, follow }: Neighbour) => {
    follow();
    router.history.push(`/${object}/${id}`);
  };

  const title = titleOf(object, record);
  const hint = tellingText(object, record);
  useEffect(() => rememberRecord({ object, id: record.id, title, hint }), [object, record.id, title, hint]);
  useShortcut('recordNext', () => neighbours?.next && open(neighbours.next));
  useShortcut('recordPrevious', () => neighbours?.previous && open(neighbours.previous));
  useShortcut('trash', () => void trash(), canTrash);
  const edit = (field: string) => setFocus({ editing: field, returning: null });

  return (
    <div className="flex min-h-0 flex-1 flex-col">
      {isTrashed ? (
        <TrashBanner record={record} onRestore={restore} canRestore={can(object, 'delete')} />
      ) : null}
      <RecordHeader
        object={object}
        record={record}
        neighbours={neighbours}
        onOpen={open}
        onEdit={edit}
        canEdit={canEdit}
        onTrash={canTrash ? () => void trash() : null}
        onRestore={isTrashed && can(object, 'delete') ? () => void restore() : null}
      >
        {Header ? <Header record={record} canEdit={canEdit} /> : null}
      </RecordHeader>
      <div className="flex min-h-0 flex-1">
        <RecordTabs object={object} record={record} canEdit={canEdit} />
        <FieldsPanel>
          <RecordFields object={object} record={record} canEdit={canEdit} focus={focus} onFocus={setFocus} />
        </FieldsPanel>
      </div>
    </div>
  );
}

function FieldsPanel({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <aside
      aria-label={t('record.details')}
      className="w-80 shrink-0 overflow-x-hidden overflow-y-auto border-l border-line xl:w-96"
    >
      {children}
    </aside>
  );
}

function TrashBanner({
  record,
  onRestore,
  canRestore,
}: {
  record: AnyRecord;
  onRestore: () => Promise<void>;
  canRestore: boolean;
}) {
  const { t } = useTranslation();
  return (
    <div
      role="status"
      className="flex min-h-9 shrink-0 items-center justify-center gap-3 border-b border-line bg-warning-soft px-4 text-warning"
    >
      {t('record.inTrash', { date: formatDayOf(record.deletedAt ?? '') })}
      {canRestore ? (
        <Button size="small" onClick={() => void onRestore()}>
          {t('record.restore')}
        </Button>
      ) : null}
    </div>
  );
}
