import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';
import { ProgressBar } from '../../components/progress-bar.tsx';
import type { ImportStep } from '../import-step.ts';
import { useImportActions } from '../use-import-actions.ts';

/** An import, a dry run or a revert under way. */
export function RunProgress({ step }: { step: Extract<ImportStep, { name: 'running' | 'reverting' }> }) {
  const { t } = useTranslation();
  const { cancel } = useImportActions();
  const isRevert = step.name === 'reverting';
  const done = isRevert ? step.done : (step.progress?.done ?? 0);
  const total = isRevert ? step.total : (step.progress?.total ?? null);
  const title = isRevert
    ? t('imports.progress.reverting')
    : step.isDryRun
      ? t('imports.progress.dryRun')
      : t('imports.progress.running');
  const batchId = isRevert ? null : step.batchId;
  return (
    <div>
      <h2 className="text-lg font-semibold" aria-live="polite">
        {title}
      </h2>
      <div className="mt-4">
        <ProgressBar label={title} done={done} total={total} />
      </div>
      <p className="mt-2 flex gap-3 text-ink-muted tabular-nums">
        <span>
          {total === null && done === 0
            ? t('imports.progress.steps.preparing')
            : total === null
              ? t('imports.progress.rowsOnly', { count: done })
              : t('imports.progress.rowsOf', { done, count: total })}
        </span>
        {!isRevert && step.progress && (done > 0 || total !== null) ? (
          <>
            <span>{t(`imports.progress.steps.${step.progress.step}`)}</span>
            <span className="min-w-0 truncate" data-content>
              {step.progress.fileName}
            </span>
          </>
        ) : null}
      </p>
      {isRevert || step.isDryRun ? null : (
        <p className="mt-2 text-xs text-ink-faint">{t('imports.progress.leave')}</p>
      )}
      {batchId ? (
        <Button className="mt-6" onClick={() => void cancel(batchId)}>
          {t('common.cancel')}
        </Button>
      ) : null}
    </div>
  );
}
