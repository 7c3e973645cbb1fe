import { useTranslation } from 'react-i18next';
import type { BoardColumn, StageTotal } from '#shared/contract/pipeline.ts';
import { useWorkspace } from '../client/queries.ts';
import { Badge, Dot } from '../components/badge.tsx';
import { toneOfOption } from '../fields/option-tones.ts';
import { formatInteger, formatMoney, formatMoneyShort } from '../format/format.ts';
import type { Stage } from '../pipeline/stages.ts';

export interface ColumnHeadProps {
  stage: Stage;
  column: BoardColumn;
  hasOtherCurrencies: boolean;
}

/** The name of a stage, how many deals it holds, and what they come to in each currency. */
export function ColumnHead({ stage, column, hasOtherCurrencies }: ColumnHeadProps) {
  const { currency } = useWorkspace().workspace;
  const { t } = useTranslation();
  const own = column.totals.find((total) => total.currency === currency);
  const others = column.totals.filter((total) => total.currency !== currency);
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
      <Total total={own ?? { currency, total: '0', weightedTotal: '0' }} />
      {hasOtherCurrencies ? <OtherTotals totals={others} /> : null}
    </div>
  );
}

function Total({ total }: { total: StageTotal }) {
  const { t } = useTranslation();
  return (
    <p className="flex gap-2 text-xs tabular-nums" title={useSpelledOut()(total)}>
      <span className="font-medium" data-content>
        {formatMoneyShort(total.total, total.currency)}
      </span>
      <span className="truncate text-ink-muted">
        {t('board.weighted', { amount: formatMoneyShort(total.weightedTotal, total.currency) })}
      </span>
    </p>
  );
}

/** One short amount for each further currency on one line; the whole of it, weighted too, on pointing at it. */
function OtherTotals({ totals }: { totals: readonly StageTotal[] }) {
  const { t } = useTranslation();
  const spelledOut = useSpelledOut();
  if (totals.length === 0) return <p className="h-4" />;
  return (
    <p className="truncate text-xs text-ink-muted tabular-nums" title={totals.map(spelledOut).join('\n')}>
      <span className="sr-only">{t('board.otherCurrencies')}</span>
      <span data-content>
        {totals.map(({ currency, total }) => `+ ${formatMoneyShort(total, currency, 'code')}`).join('  ')}
      </span>
    </p>
  );
}

function useSpelledOut(): (total: StageTotal) => string {
  const { t } = useTranslation();
  return ({ currency, total, weightedTotal }) =>
    t('board.totals', {
      total: formatMoney(total, currency),
      weighted: formatMoney(weightedTotal, currency),
    });
}
