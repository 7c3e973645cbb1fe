import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { definitionOf, type ObjectName } from '#shared/objects/objects.ts';
import { Composer } from '../activities/composer.tsx';
import { Timeline } from '../activities/timeline.tsx';
import { useClient } from '../client/client-context.tsx';
import { queryKeys } from '../client/query-keys.ts';
import { type AnyRecord, recordClient } from '../client/record-client.ts';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '../components/tabs.tsx';
import { formatInteger } from '../format/format.ts';
import { useScreenObjects } from '../objects/define.ts';
import { type Relation, relationsOf, scopeOf } from '../objects/relations.ts';
import { useShortcut } from '../shortcuts/use-shortcut.ts';
import { RelatedRecords } from './related-records.tsx';

export interface RecordTabsProps {
  object: ObjectName;
  record: AnyRecord;
  canEdit: boolean;
}

/** What happened around a record, and what belongs to it. */
export function RecordTabs({ object, record, canEdit }: RecordTabsProps) {
  const { t } = useTranslation();
  const relations = relationsOf(useScreenObjects(), object, record);
  const names = ['activity', ...relations.map(({ key }) => key)];
  const [tab, setTab] = useState('activity');
  useShortcut('recordTab', (event) => {
    const name = names[Number(event.key) - 1];
    if (name) setTab(name);
  });

  return (
    <Tabs value={tab} onValueChange={setTab} className="flex min-w-0 flex-1 flex-col">
      <TabsList
        aria-label={t('record.tabList')}
        className="h-11 shrink-0 overflow-x-auto border-b border-line px-3"
      >
        <TabsTrigger value="activity">{t('record.tabs.activity')}</TabsTrigger>
        {relations.map((relation) => (
          <TabsTrigger key={relation.key} value={relation.key}>
            {t(`${relation.texts}.label`)}
            <RelationCount relation={relation} />
          </TabsTrigger>
        ))}
      </TabsList>
      <TabsContent value="activity" className="flex min-h-0 flex-1 flex-col outline-none">
        {definitionOf(object).hasActivities ? (
          <Composer object={object} record={record} canLog={record.deletedAt === null} />
        ) : null}
        <Timeline object={object} id={record.id} canEdit={record.deletedAt === null} />
      </TabsContent>
      {relations.map((relation) => (
        <TabsContent
          key={relation.key}
          value={relation.key}
          className="flex min-h-0 flex-1 flex-col outline-none"
        >
          <RelatedRecords relation={relation} record={record} canEdit={canEdit} />
        </TabsContent>
      ))}
    </Tabs>
  );
}

function RelationCount({ relation }: { relation: Relation }) {
  const client = useClient();
  const { target } = relation;
  const scope = target ? scopeOf(relation, target.id) : {};
  const { data } = useQuery({
    queryKey: queryKeys.count(relation.object, scope),
    queryFn: ({ signal }) => recordClient(client, relation.object).count(scope, { signal }),
    enabled: target !== null,
  });
  if (!data || data.count === 0) return null;
  return (
    <span className="text-xs text-ink-muted tabular-nums" data-content>
      {formatInteger(data.count)}
    </span>
  );
}
