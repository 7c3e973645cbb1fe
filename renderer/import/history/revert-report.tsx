import { useTranslation } from 'react-i18next';
import type { RevertReport as Facts } from '#shared/contract/imports.ts';
import { Button } from '../../components/button.tsx';
import { formatInteger } from '../../format/format.ts';
import { useImportActions } from '../use-import-actions.ts';

const outcomes = ['removed', 'restored', 'kept'] as const;

/** What taking an import back did, and what it left. */
export function RevertReport({ report }: { report: Facts }) {
  const { t } = useTranslation();
  const { startOver } = useImportActions();
  return (
    <article data-report="revert">
      <h2 className="text-lg font-semibold">{t('imports.revert.done')}</h2>
      <ul className="mt-2 text-ink-muted tabular-nums">
        {outcomes
          .filter((outcome) => outcome === 'removed' || report[outcome] > 0)
          .map((outcome) => (
            <li key={outcome}>
              {t(`imports.revert.${outcome}`, {
                count: report[outcome],
                formatted: formatInteger(report[outcome]),
              })}
            </li>
          ))}
      </ul>
      {report.keptSamples.length > 0 ? (
        <ul className="mt-4 divide-y divide-line rounded-lg border border-line">
          {report.keptSamples.map(({ id, name, reason }) => (
            <li key={id} className="px-4 py-2" data-content>
              <span className="font-medium">{name}</span>
              <span className="ml-2 text-ink-muted">{reason}</span>
            </li>
          ))}
        </ul>
      ) : null}
      <Button className="mt-5" onClick={startOver}>
        {t('imports.report.another')}
      </Button>
    </article>
  );
}
