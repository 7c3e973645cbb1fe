import { useDraggable } from '@dnd-kit/core';
import { CalendarX2, Clock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { closedStages } from '#shared/enums.ts';
import { dayOf } from '#shared/time-zones.ts';
import { useWorkspace } from '../client/queries.ts';
import { Avatar } from '../components/avatar.tsx';
import { classNames } from '../components/class-names.ts';
import { formatDate, formatMoney, shownTimeZone } from '../format/format.ts';
import { useNow } from '../format/use-now.ts';
import { RecordLink } from '../navigation/record-link.tsx';
import { type Card, daysWithoutChange } from './board-columns.ts';

/** A card: a link to the opportunity that can also be picked up. */
export function BoardCard({
  card,
  canMove,
  onOpen,
}: {
  card: Card;
  canMove: boolean;
  /** Before its page opens. */
  onOpen: () => void;
}) {
  const { t } = useTranslation();
  const { attributes, listeners, setNodeRef, isDragging } = useDraggable({
    id: card.id,
    data: { card },
    disabled: !canMove,
    attributes: { role: 'link', roleDescription: t('board.drag.role') },
  });
  return (
    <RecordLink
      ref={setNodeRef}
      object="opportunities"
      id={card.id}
      {...attributes}
      {...listeners}
      onClick={onOpen}
      // The browser's own dragging of links would take over.
      draggable={false}
      data-card={card.id}
      className={classNames(
        'block shrink-0 rounded-md border border-line bg-surface p-2.5 select-none hover:border-line-strong',
        'focus-visible:-outline-offset-1 [contain-intrinsic-size:auto_84px] [content-visibility:auto]',
        isDragging && 'border-dashed bg-transparent *:opacity-0',
      )}
    >
      <CardFace card={card} />
    </RecordLink>
  );
}

/** What a card shows. */
export function CardFace({ card }: { card: Card }) {
  const { t } = useTranslation();
  const { currency } = useWorkspace().workspace;
  return (
    <span className="block">
      <span dir="auto" className="line-clamp-2 text-left font-medium break-words" data-content>
        {card.name}
      </span>
      {card.accountName ? (
        <span dir="auto" className="block truncate text-left text-xs text-ink-muted" data-content>
          {card.accountName}
        </span>
      ) : null}
      <span className="mt-1.5 flex items-center gap-2 text-xs whitespace-nowrap">
        {card.amount === null ? (
          <span className="truncate text-ink-faint">{t('board.noAmount')}</span>
        ) : (
          <span className="min-w-0 truncate font-medium tabular-nums" data-content>
            {formatMoney(card.amount, card.currency ?? currency)}
          </span>
        )}
        <CloseDate card={card} />
        <span className="flex-1" />
        <Stale card={card} />
        {card.ownerName ? (
          <span title={card.ownerName} className="shrink-0" data-content>
            <Avatar name={card.ownerName} />
          </span>
        ) : null}
      </span>
    </span>
  );
}

function CloseDate({ card }: { card: Card }) {
  const { t } = useTranslation();
  const now = useNow();
  if (card.closeDate === null) return null;
  const isPast = !closedStages.includes(card.stage) && card.closeDate < dayOf(now, shownTimeZone());
  return (
    <span
      className={classNames(
        'flex shrink-0 items-center gap-1 tabular-nums',
        isPast ? 'text-danger' : 'text-ink-muted',
      )}
      title={isPast ? t('board.overdue') : undefined}
    >
      {isPast ? <CalendarX2 aria-label={t('board.overdue')} className="size-3" /> : null}
      <span data-content>{formatDate(card.closeDate)}</span>
    </span>
  );
}

function Stale({ card }: { card: Card }) {
  const { t } = useTranslation();
  const days = daysWithoutChange(card, useNow());
  if (days === null) return null;
  const text = t('board.stale', { count: days });
  return (
    <span title={text} className="flex shrink-0 items-center gap-1 text-warning tabular-nums">
      <Clock aria-label={text} className="size-3" />
      <span aria-hidden>{t('board.staleShort', { days })}</span>
    </span>
  );
}
