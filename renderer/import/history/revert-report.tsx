import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RevertReport as Facts, ImportBatch } from '#shared/contract/imports.ts';
import { Button } from '../../components/button.tsx';
import { messageText } from '../../i18n/message.ts';
import { useImportActions } from '../use-import-actions.ts';
import { useBatches } from './batches.ts';
import { RevertDialog } from './revert-dialog.tsx';

const outcomes = ['removed', 'restored', 'kept'] as const;

/** What taking an import back did, and what it left. */
export function RevertReport({ report }: { report: Facts }) {
  const { t } = useTranslation();
  const { startOver } = useImportActions();
  const [reverting, setReverting] = useState<ImportBatch | null>(null);
  const batch = useBatches().data?.find(({ id }) => id === report.batchId);
  return (
    <article data-report="revert">
      <h2 className="text-lg font-semibold">
        {t(report.kept > 0 ? 'imports.revert.partlyDone' : 'imports.revert.done')}
      </h2>
      <ul className="mt-2 text-ink-muted tabular-nums">
        {outcomes
          .filter((outcome) => outcome === 'removed' || report[outcome] > 0)
          .map((outcome) => (
            <li key={outcome}>{t(`imports.revert.${outcome}`, { count: report[outcome] })}</li>
          ))}
      </ul>
      {report.kept > 0 ? <p className="mt-2 text-ink-muted">{t('imports.revert.againText')}</p> : null}
      {report.keptSamples.length > 0 ? (
        <ul className="mt-4 divide-y divide-line rounded-lg border border-line">
          {report.keptSamples.map(({ id, name, reason }) => (
            <li key={id} className="px-4 py-2" data-content>
              <span className="font-medium">{name}</span>
              <span className="ml-2 text-ink-muted">{messageText(t, reason)}</span>
            </li>
          ))}
        </ul>
      ) : null}
      <div className="mt-5 flex gap-2">
        {report.kept > 0 && batch?.canRevert ? (
          <Button onClick={() => setReverting(batch)}>{t('imports.revert.again')}</Button>
        ) : null}
        <Button onClick={startOver}>{t('imports.report.another')}</Button>
      </div>
      <RevertDialog batch={reverting} onClose={() => setReverting(null)} />
    </article>
  );
}
