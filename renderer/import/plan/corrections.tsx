import { ArrowRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { CorrectionProposal } from '#shared/contract/imports.ts';
import { Badge } from '../../components/badge.tsx';
import { Checkbox } from '../../components/checkbox.tsx';
import { changePlan } from '../import-state.ts';
import { withCorrection } from './plan-edits.ts';
import { PlanSection } from './plan-section.tsx';

/** Names that nearly match a record: what they are read as, in how many rows, and a way to decline. */
export function Corrections({ proposals }: { proposals: readonly CorrectionProposal[] }) {
  const { t } = useTranslation();
  return (
    <PlanSection title={t('imports.corrections.title')} text={t('imports.corrections.text')}>
      <ul className="divide-y divide-line rounded-lg border border-line">
        {proposals.map((proposal) => {
          const { from, to, rows, header, kind, isApplied } = proposal;
          return (
            <li key={`${proposal.uploadId}-${String(proposal.column)}-${from}`} className="px-4">
              <label className="flex h-10 items-center gap-3">
                <Checkbox
                  aria-label={t('imports.corrections.apply', { from, to })}
                  checked={isApplied}
                  onCheckedChange={(checked) => changePlan((plan) => withCorrection(plan, proposal, checked))}
                />
                <span className="flex min-w-0 flex-1 items-center gap-2" data-content>
                  <span className="truncate">{from}</span>
                  <ArrowRight aria-hidden className="size-3.5 shrink-0 text-ink-faint" />
                  <span className="truncate font-medium">{to}</span>
                  <span className="truncate text-xs text-ink-faint">{header}</span>
                </span>
                <Badge tone={kind === 'similar' ? 'warning' : 'neutral'}>
                  {t(`imports.corrections.${kind}`)}
                </Badge>
                <span className="w-20 shrink-0 text-right text-ink-muted tabular-nums">
                  {t('imports.rows', { count: rows })}
                </span>
              </label>
            </li>
          );
        })}
      </ul>
    </PlanSection>
  );
}
