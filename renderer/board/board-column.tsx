import { useDroppable } from '@dnd-kit/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListScope } from '#shared/contract/list.ts';
import type { BoardColumn as Column } from '#shared/contract/pipeline.ts';
import { useWorkspace } from '../client/queries.ts';
import { Badge, Dot } from '../components/badge.tsx';
import { Button } from '../components/button.tsx';
import { classNames } from '../components/class-names.ts';
import { toneOfOption } from '../fields/option-tones.ts';
import { formatInteger, formatMoney, formatMoneyShort } from '../format/format.ts';
import type { Stage } from '../pipeline/stages.ts';
import { useErrorToast } from '../toasts/toasts.tsx';
import { BoardCard } from './board-card.tsx';
import { useMoreCards } from './use-board.ts';

export interface BoardColumnProps {
  stage: Stage;
  column: Column;
  scope: ListScope;
  canMove: boolean;
}

export function BoardColumn({ stage, column, scope, canMove }: BoardColumnProps) {
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

  return (
    <div
      role="group"
      aria-label={t('board.column', { stage: stage.label, count: column.count })}
      data-stage={stage.stage}
      className="flex w-64 shrink-0 flex-col"
    >
      <ColumnHead stage={stage} column={column} />
      <div
        ref={setNodeRef}
        className={classNames(
          'flex min-h-0 flex-1 flex-col gap-1.5 overflow-y-auto rounded-md p-1',
          isOver && 'bg-accent-soft ring-1 ring-inset ring-accent',
        )}
      >
        {cards.map((card) => (
          <BoardCard key={card.id} card={card} canMove={canMove} />
        ))}
        {cards.length === 0 ? (
          <p className="px-2 py-6 text-center text-xs text-ink-faint">{t('board.emptyColumn')}</p>
        ) : null}
        {rest > 0 ? (
          <Button kind="quiet" size="small" disabled={more.isFetching} onClick={readMore}>
            {t('board.showMore', { count: rest })}
          </Button>
        ) : null}
      </div>
    </div>
  );
}

function ColumnHead({ stage, column }: { stage: Stage; column: Column }) {
  const { t } = useTranslation();
  const { currency } = useWorkspace().workspace;
  return (
    <div className="px-2 pt-1 pb-2">
      <h2 className="flex h-6 items-center gap-2 font-medium">
        <Dot tone={toneOfOption('opportunityStage', stage.stage)} />
        <span className="truncate" title={stage.label}>
          {stage.label}
        </span>
        <span className="text-ink-faint tabular-nums">{formatInteger(column.count)}</span>
        {stage.isHidden ? <Badge>{t('board.hidden')}</Badge> : null}
      </h2>
      <p
        className="flex gap-2 text-xs tabular-nums"
        title={t('board.totals', {
          total: formatMoney(column.total, currency),
          weighted: formatMoney(column.weightedTotal, currency),
        })}
      >
        <span className="font-medium">{formatMoneyShort(column.total, currency)}</span>
        <span className="truncate text-ink-muted">
          {t('board.weighted', { amount: formatMoneyShort(column.weightedTotal, currency) })}
        </span>
      </p>
    </div>
  );
}
