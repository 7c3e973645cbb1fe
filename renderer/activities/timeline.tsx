import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { History } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TimelineEntry, TimelineKind } from '#shared/contract/timeline.ts';
import { term } from '#shared/message.ts';
import { definitionOf, type ObjectName } from '#shared/objects/objects.ts';
import { Button } from '../components/button.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { ErrorState } from '../components/error-state.tsx';
import { Skeleton } from '../components/skeleton.tsx';
import { Spinner } from '../components/spinner.tsx';
import { useNow } from '../format/use-now.ts';
import { messageText } from '../i18n/message.ts';
import { ActivityEntry } from './activity-entry.tsx';
import { ChangeEntry } from './change-entry.tsx';
import { dayHeading } from './days.ts';
import { TimelineFilter } from './timeline-filter.tsx';
import type { TimelinePlace } from './timeline-pages.ts';
import { type ShownPages, type TimelineRows, useTimeline } from './use-timeline.ts';

/** What happened around a record, newest first, filtered by kind. */
export function Timeline({ object, id, canEdit }: { object: ObjectName; id: string; canEdit: boolean }) {
  const [kinds, setKinds] = useState<readonly TimelineKind[]>([]);
  return (
    <div className="@container flex min-h-0 flex-1 flex-col">
      {definitionOf(object).hasActivities ? <TimelineFilter kinds={kinds} onChange={setKinds} /> : null}
      <Entries
        key={kinds.join(' ')}
        object={object}
        id={id}
        kinds={kinds}
        onShowAll={() => setKinds([])}
        canEdit={canEdit}
      />
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

function Entries(props: EntriesProps) {
  const { object, id, kinds, onShowAll } = props;
  const { t } = useTranslation();
  const [shown, setShown] = useState<ShownPages>({ first: 0, last: 0 });
  const timeline = useTimeline(object, id, kinds, shown);

  if (timeline.isPending) {
    if (timeline.error === null) return <TimelineSkeleton />;
    return <ErrorState error={timeline.error} onRetry={timeline.retry} />;
  }
  if (timeline.places.length === 0) {
    const { hasActivities, singular } = definitionOf(object);
    const key = !hasActivities ? 'emptyChanges' : kinds.length > 0 ? 'emptyFiltered' : 'empty';
    const one = messageText(t, term(singular));
    return (
      <EmptyState icon={History} title={t(`timeline.${key}.title`)} text={t(`timeline.${key}.text`, { one })}>
        {kinds.length > 0 ? <Button onClick={onShowAll}>{t('timeline.showAll')}</Button> : null}
      </EmptyState>
    );
  }
  return <EntryList {...props} timeline={timeline} onShown={setShown} />;
}

/** About what an entry of some lines and a heading take, until they were drawn and measured. */
const usualHeights = { entry: 96, day: 32 } as const;
const footHeight = 40;

interface EntryListProps extends EntriesProps {
  timeline: TimelineRows;
  onShown: (pages: ShownPages) => void;
}

/** The entries, of which only those are drawn that show; the heading of the day that is read stays at the top. */
function EntryList({ object, id, canEdit, timeline, onShown }: EntryListProps) {
  const { t } = useTranslation();
  const { places } = timeline;
  const scroller = useRef<HTMLDivElement>(null);
  const [editing, setEditing] = useState<string | null>(null);
  const drawn = useDrawnPlaces(places, editing);

  // oxlint-disable-next-line react/incompatible-library -- a note for a compiler that this build does not use
  const virtual = useVirtualizer({
    count: places.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => usualHeights[places[index]?.kind ?? 'entry'],
    getItemKey: (index) => `${places[index]?.kind ?? ''} ${places[index]?.key ?? index}`,
    overscan: 6,
    paddingEnd: footHeight,
    rangeExtractor: drawn.extract,
  });
  const items = virtual.getVirtualItems();
  useShownPages(
    places[items[0]?.index ?? 0]?.page ?? 0,
    places[items.at(-1)?.index ?? 0]?.page ?? 0,
    onShown,
  );

  return (
    <div
      ref={scroller}
      className="min-h-0 flex-1 overflow-auto px-4 [overflow-anchor:none]"
      role="region"
      aria-label={t('timeline.label')}
      aria-busy={timeline.isFetching}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolled area must be reachable by keyboard
      tabIndex={0}
    >
      <div className="relative" style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, key, start }) => {
          const place = places[index];
          if (!place) return null;
          const isStuck = index === drawn.heading();
          return (
            <div
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              className={isStuck ? 'sticky top-0 z-10' : 'absolute top-0 left-0 w-full'}
              style={isStuck ? undefined : { transform: `translateY(${String(start)}px)` }}
            >
              {place.kind === 'day' ? (
                <DayHeading at={place.at} />
              ) : (
                <Entry
                  object={object}
                  id={id}
                  entry={timeline.entryAt(place)}
                  canEdit={canEdit}
                  isEditing={editing === place.key}
                  onEdit={(isEditing) => setEditing(isEditing ? place.key : null)}
                />
              )}
            </div>
          );
        })}
        <Foot timeline={timeline} />
      </div>
    </div>
  );
}

/** Which places are drawn beyond those that show: the heading of the first one's day, and the entry that is edited. */
function useDrawnPlaces(places: readonly TimelinePlace[], editing: string | null) {
  const heading = useRef(0);
  const edited = places.findIndex(({ kind, key }) => kind === 'entry' && key === editing);
  return {
    heading: () => heading.current,
    extract: (range: Range): number[] => {
      heading.current = Math.max(
        0,
        places.findLastIndex(({ kind }, index) => kind === 'day' && index <= range.startIndex),
      );
      const indexes = new Set([heading.current, ...defaultRangeExtractor(range)]);
      if (edited >= 0) indexes.add(edited);
      return [...indexes].sort((one, other) => one - other);
    },
  };
}

function useShownPages(first: number, last: number, onShown: (pages: ShownPages) => void): void {
  useEffect(() => onShown({ first, last }), [first, last, onShown]);
}

function Entry({
  object,
  id,
  entry,
  canEdit,
  isEditing,
  onEdit,
}: {
  object: ObjectName;
  id: string;
  entry: TimelineEntry | undefined;
  canEdit: boolean;
  isEditing: boolean;
  onEdit: (isEditing: boolean) => void;
}) {
  if (!entry) return <EntrySkeleton />;
  if (entry.kind === 'change') return <ChangeEntry object={object} id={id} entry={entry} canEdit={canEdit} />;
  return (
    <ActivityEntry
      activity={entry.activity}
      page={{ object, id }}
      canEdit={canEdit}
      isEditing={isEditing}
      onEdit={onEdit}
    />
  );
}

function Foot({ timeline }: { timeline: TimelineRows }) {
  const { t } = useTranslation();
  return (
    <div className="absolute bottom-0 flex h-10 w-full items-center justify-center gap-2 text-xs text-ink-faint">
      {timeline.error !== null ? (
        <Button kind="quiet" size="small" onClick={timeline.retry}>
          {t('timeline.retry')}
        </Button>
      ) : timeline.hasMore ? (
        <>
          <Spinner />
          {t('timeline.loadingMore')}
        </>
      ) : (
        t('timeline.end')
      )}
    </div>
  );
}

function DayHeading({ at }: { at: string }) {
  const { t } = useTranslation();
  const day = dayHeading(at, useNow());
  return (
    <h3 className="bg-surface py-2 text-xs font-medium text-ink-faint">
      {day.kind === 'date' ? <span data-content>{day.text}</span> : t(`timeline.${day.kind}`)}
    </h3>
  );
}

function EntrySkeleton() {
  return (
    <div aria-busy="true" className="flex h-24 gap-3 py-2">
      <Skeleton className="size-6 rounded-full" />
      <div className="flex-1 space-y-2">
        <Skeleton className="h-4 w-1/3" />
        <Skeleton className="h-4 w-2/3" />
      </div>
    </div>
  );
}

function TimelineSkeleton() {
  return (
    <div aria-busy="true" className="p-4">
      {[1, 2, 3, 4].map((row) => (
        <EntrySkeleton key={row} />
      ))}
    </div>
  );
}
