import { ArrowRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ValueColumn } from '#shared/contract/imports.ts';
import { Badge, type Tone } from '../../components/badge.tsx';
import { SelectMenu } from '../../components/select-menu.tsx';
import { changePlan } from '../import-state.ts';
import { useChoiceLabel } from './choice-label.ts';
import { withChosenValue } from './plan-edits.ts';
import { PlanSection } from './plan-section.tsx';

/** What each value of the columns of choices becomes: stages, lifecycle stages, options of custom fields. */
export function ValueChoices({
  columns,
  isOneOfMany,
}: {
  columns: readonly ValueColumn[];
  isOneOfMany: boolean;
}) {
  const { t } = useTranslation();
  const shown = columns.filter(({ values }) => values.length > 0);
  if (shown.length === 0) return null;
  return (
    <PlanSection title={t('imports.values.title')} text={t('imports.values.text')}>
      <div className="space-y-4">
        {shown.map((column) => (
          <ValueTable
            key={`${column.uploadId}-${String(column.column)}`}
            column={column}
            isOneOfMany={isOneOfMany}
          />
        ))}
      </div>
    </PlanSection>
  );
}

const tones: Record<ValueColumn['values'][number]['how'], Tone> = {
  same: 'neutral',
  synonym: 'accent',
  chosen: 'success',
  left: 'warning',
  unknown: 'danger',
};
/** What stands in the list beside the choices themselves. No choice has such a name. */
const errorFile = ' error file';
const undecided = ' undecided';

function ValueTable({ column, isOneOfMany }: { column: ValueColumn; isOneOfMany: boolean }) {
  const { t } = useTranslation();
  const label = useChoiceLabel();
  const { fileName, header, options, values } = column;
  return (
    <div data-values={header}>
      <h3 className="mb-1 text-xs text-ink-muted" data-content>
        {isOneOfMany ? t('imports.links.to', { header, file: fileName }) : header}
      </h3>
      <ul className="divide-y divide-line rounded-lg border border-line">
        {values.map(({ from, rows, to, how }) => (
          <li key={from} className="flex min-h-10 items-center gap-3 px-4 py-1">
            <span className="min-w-0 flex-1 truncate" data-content title={from}>
              {from}
            </span>
            {how === 'same' ? null : <Badge tone={tones[how]}>{t(`imports.values.how.${how}`)}</Badge>}
            <ArrowRight aria-hidden className="size-3.5 shrink-0 text-ink-faint" />
            <SelectMenu
              label={t('imports.values.becomes', { value: from })}
              className="w-44 shrink-0"
              value={to ?? (how === 'left' ? errorFile : undecided)}
              options={[
                ...(how === 'unknown' ? [{ value: undecided, label: t('imports.values.undecided') }] : []),
                ...options.map((option) => ({
                  value: option.value,
                  label: label(column.optionsName, option),
                })),
                { value: errorFile, label: t('imports.values.errorFile') },
              ]}
              onChange={(choice) => {
                if (choice === undecided) return;
                changePlan((plan) =>
                  withChosenValue(plan, column, from, choice === errorFile ? null : choice),
                );
              }}
            />
            <span className="w-20 shrink-0 text-right text-ink-muted tabular-nums">
              {t('imports.rows', { count: rows })}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
