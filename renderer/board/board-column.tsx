import { useDroppable } from '@dnd-kit/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListScope } from '#shared/contract/list.ts';
import type { BoardColumn as Column } from '#shared/contract/pipeline.ts';
import { Spinner } from '../components/spinner.tsx';
import { useErrorToast } from '../edits/toasts.tsx';
import { leaveTrail } from '../navigation/list-trail.ts';
import type { Stage } from '../pipeline/stages.ts';
import { BoardCard } from './board-card.tsx';
import { ColumnHead } from './column-head.tsx';
import { listOfStage, useMoreCards } from './use-board.ts';

export interface BoardColumnProps {
  stage: Stage;
  column: Column;
  scope: ListScope;
  canMove: boolean;
  /** Whether a column of the board has amounts in other currencies: then every head keeps a line for them. */
  hasOtherCurrencies: boolean;
}

/** A stage with its cards: the first ones at once, further ones as they are scrolled to. */
export function BoardColumn({ stage, column, scope, canMove, hasOtherCurrencies }: BoardColumnProps) {
  const { t } = useTranslation();
  const { setNodeRef, isOver } = useDroppable({ id: stage.stage, disabled: !canMove });
  const [wantsMore, setWantsMore] = useState(false);
  const more = useMoreCards(scope, stage.stage, wantsMore);
  const showError = useErrorToast();

  const first = new Set(column.cards.map(({ id }) => id));
  const further = (more.data?.pages ?? []).flatMap(({ rows }) => rows).filter(({ id }) => !first.has(id));
  const cards = [...column.cards, ...further];
  const rest = column.count - cards.length;
  const readMore = () => {
    if (!wantsMore) setWantsMore(true);
    else void more.fetchNextPage().catch((error: unknown) => showError(t('common.loading'), error));
  };
  const { scope: ofStage, sort } = listOfStage(scope, stage.stage);

  return (
    <div
      role="group"
      aria-label={t('board.column', { stage: stage.label, count: column.count })}
      data-stage={stage.stage}
      className="flex w-64 shrink-0 flex-col"
    >
      <ColumnHead stage={stage} column={column} hasOtherCurrencies={hasOtherCurrencies} />
      <div
        ref={setNodeRef}
        data-over={isOver ? '' : undefined}
        className="flex min-h-0 flex-1 flex-col gap-1.5 overflow-y-auto rounded-md p-1 data-over:bg-accent-soft data-over:ring-1 data-over:ring-accent data-over:ring-inset"
      >
        {cards.map((card, index) => (
          <BoardCard
            key={card.id}
            card={card}
            canMove={canMove}
            onOpen={() => leaveTrail({ object: 'opportunities', scope: ofStage, sort, index })}
          />
        ))}
        {cards.length === 0 ? (
          <p className="px-2 py-6 text-center text-xs text-ink-faint">{t('board.emptyColumn')}</p>
        ) : null}
        {rest > 0 ? <MoreCards count={rest} isReading={more.isFetching} onWanted={readMore} /> : null}
      </div>
    </div>
  );
}

/** The foot of a column that goes on: reads further cards shortly before it shows, or when it is pressed. */
function MoreCards({
  count,
  isReading,
  onWanted,
}: {
  count: number;
  isReading: boolean;
  onWanted: () => void;
}) {
  const { t } = useTranslation();
  const foot = useRef<HTMLButtonElement>(null);
  const want = useRef(onWanted);
  useEffect(() => {
    want.current = onWanted;
  });
  useEffect(() => {
    const element = foot.current;
    if (!element || isReading) return undefined;
    const observer = new IntersectionObserver(([seen]) => seen?.isIntersecting && want.current(), {
      root: element.parentElement,
      rootMargin: '300px',
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [isReading]);
  return (
    <button
      ref={foot}
      type="button"
      disabled={isReading}
      onClick={onWanted}
      className="flex h-8 shrink-0 items-center justify-center gap-2 rounded-md text-xs text-ink-muted hover:bg-hover hover:text-ink"
    >
      {isReading ? <Spinner /> : null}
      {t('board.showMore', { count })}
    </button>
  );
}
