import { History } from 'lucide-react';
import { Fragment, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TimelineEntry, TimelineKind } from '#shared/contract/timeline.ts';
import type { ObjectName } from '#shared/objects/objects.ts';
import { Button } from '../components/button.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { ErrorState } from '../components/error-state.tsx';
import { Skeleton } from '../components/skeleton.tsx';
import { Spinner } from '../components/spinner.tsx';
import { useNow } from '../format/use-now.ts';
import { ActivityEntry } from './activity-entry.tsx';
import { ChangeEntry } from './change-entry.tsx';
import { dayHeading, dayOf } from './days.ts';
import { TimelineFilter } from './timeline-filter.tsx';
import { useTimeline } from './use-timeline.ts';

/** What happened around a record, newest first, filtered by kind. */
export function Timeline({ object, id, canEdit }: { object: ObjectName; id: string; canEdit: boolean }) {
  const [kinds, setKinds] = useState<readonly TimelineKind[]>([]);
  return (
    <div className="@container flex min-h-0 flex-1 flex-col">
      {object === 'products' ? null : <TimelineFilter kinds={kinds} onChange={setKinds} />}
      <Entries object={object} id={id} kinds={kinds} onShowAll={() => setKinds([])} canEdit={canEdit} />
    </div>
  );
}

interface EntriesProps {
  object: ObjectName;
  id: string;
  kinds: readonly TimelineKind[];
  onShowAll: () => void;
  canEdit: boolean;
}

function Entries({ object, id, kinds, onShowAll, canEdit }: EntriesProps) {
  const { t } = useTranslation();
  const timeline = useTimeline(object, id, kinds);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = timeline;
  const foot = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = foot.current;
    if (!element || !hasNextPage || isFetchingNextPage) return undefined;
    // Reading on begins a screen before the end shows, so that scrolling does not stop there.
    const observer = new IntersectionObserver(
      ([seen]) => {
        if (seen?.isIntersecting) void fetchNextPage();
      },
      { root: element.parentElement, rootMargin: '600px' },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  if (timeline.isPending) return <TimelineSkeleton />;
  if (timeline.data === undefined) {
    return <ErrorState error={timeline.error} onRetry={() => void timeline.refetch()} />;
  }
  const entries = timeline.data.pages.flatMap((page) => page.entries);
  if (entries.length === 0) {
    const key = kinds.length > 0 ? 'emptyFiltered' : 'empty';
    return (
      <EmptyState icon={History} title={t(`timeline.${key}.title`)} text={t(`timeline.${key}.text`)}>
        {kinds.length > 0 ? <Button onClick={onShowAll}>{t('timeline.showAll')}</Button> : null}
      </EmptyState>
    );
  }
  return (
    <div
      className="min-h-0 flex-1 overflow-auto px-4 pb-6"
      role="region"
      aria-label={t('timeline.label')}
      aria-busy={timeline.isFetching}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolled area must be reachable by keyboard
      tabIndex={0}
    >
      {entries.map((entry, index) => {
        const isNewDay = index === 0 || dayOf(entry.at) !== dayOf(entries[index - 1]?.at ?? '');
        return (
          <Fragment key={keyOf(entry)}>
            {isNewDay ? <DayHeading at={entry.at} /> : null}
            {entry.kind === 'activity' ? (
              <ActivityEntry activity={entry.activity} page={{ object, id }} canEdit={canEdit} />
            ) : (
              <ChangeEntry object={object} entry={entry} canEdit={canEdit} />
            )}
          </Fragment>
        );
      })}
      <div ref={foot} className="flex h-10 items-center justify-center gap-2 text-xs text-ink-faint">
        {isFetchingNextPage ? (
          <>
            <Spinner />
            {t('timeline.loadingMore')}
          </>
        ) : hasNextPage ? null : (
          t('timeline.end')
        )}
      </div>
    </div>
  );
}

function DayHeading({ at }: { at: string }) {
  const { t } = useTranslation();
  const day = dayHeading(at, useNow());
  return (
    <h3 className="sticky top-0 z-10 bg-surface py-2 text-xs font-medium text-ink-faint">
      {day.kind === 'date' ? <span data-content>{day.text}</span> : t(`timeline.${day.kind}`)}
    </h3>
  );
}

function keyOf(entry: TimelineEntry): string {
  return entry.kind === 'activity' ? entry.activity.id : `change-${entry.changeSetIds.join('-')}-${entry.at}`;
}

function TimelineSkeleton() {
  return (
    <div aria-busy="true" className="space-y-5 p-4">
      {[1, 2, 3, 4].map((row) => (
        <div key={row} className="flex gap-3">
          <Skeleton className="size-6 rounded-full" />
          <div className="flex-1 space-y-2">
            <Skeleton className="h-4 w-1/3" />
            <Skeleton className="h-4 w-2/3" />
          </div>
        </div>
      ))}
    </div>
  );
}
