import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../components/button.tsx';
import { ErrorState } from '../components/error-state.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { asSatchelError } from '../i18n/errors.ts';
import { useErrorText } from '../i18n/message.ts';
import { FileDrop } from './files/file-drop.tsx';
import { UploadList } from './files/upload-list.tsx';
import { ImportHistory } from './history/import-history.tsx';
import { RevertReport } from './history/revert-report.tsx';
import { setStep, useImport } from './import-state.ts';
import type { ImportStep } from './import-step.ts';
import { PlanScreen } from './plan/plan-screen.tsx';
import { Report } from './run/report.tsx';
import { RunProgress } from './run/run-progress.tsx';
import { useImportActions } from './use-import-actions.ts';

/** Taking in files: choose, decide, try, import, and take back. */
export function ImportPage() {
  const { t } = useTranslation();
  const step = useImport((state) => state.step);
  const { startOver, watchAgain } = useImportActions();
  // The first look at it after a reload: nobody follows the import that goes on.
  const unwatched = step.name === 'running' && step.progress === null ? step.batchId : null;
  const found = useRef(unwatched);
  useEffect(() => {
    if (found.current !== null) watchAgain(found.current);
    found.current = null;
  }, [watchAgain]);
  // A result that was seen is done with: whoever comes again begins anew, and finds it among the past imports.
  useEffect(
    () => () => {
      if (hasResult(useImport.getState().step)) startOver();
    },
    [startOver],
  );
  const isImported = step.name === 'report' && !step.report.isDryRun;
  const mayStartOver = isImported || ['uploading', 'report', 'failed'].includes(step.name);
  if (step.name === 'plan') return <PlanScreen />;
  return (
    <>
      <PageHeader title={t('imports.title')}>
        {mayStartOver ? (
          <Button size="small" onClick={startOver}>
            {isImported ? t('imports.report.another') : t('imports.startOver')}
          </Button>
        ) : null}
      </PageHeader>
      <div className="min-h-0 flex-1 overflow-auto">
        <div className="mx-auto max-w-200 px-6 py-6">
          <StepContent step={step} />
        </div>
      </div>
    </>
  );
}

function hasResult(step: ImportStep): boolean {
  return step.name === 'reverted' || (step.name === 'report' && !step.report.isDryRun);
}

function StepContent({ step }: { step: Exclude<ImportStep, { name: 'plan' }> }) {
  const { t } = useTranslation();
  const { chooseFiles } = useImportActions();
  switch (step.name) {
    case 'choose':
      return (
        <>
          <FileDrop onChoose={chooseFiles} />
          <ImportHistory />
        </>
      );
    case 'uploading':
      return <UploadList uploads={step.uploads} isInspecting={step.isInspecting} />;
    case 'running':
    case 'reverting':
      return <RunProgress step={step} />;
    case 'report':
      return <Report report={step.report} />;
    case 'reverted':
      return <RevertReport report={step.report} />;
    case 'failed':
      return asSatchelError(step.error).code === 'invalid' ? (
        <Refused error={step.error} backTo={step.backTo} />
      ) : (
        <ErrorState error={step.error}>
          <Button onClick={() => setStep({ name: step.backTo })}>{t('common.back')}</Button>
        </ErrorState>
      );
    default:
      return step satisfies never;
  }
}

/** A file that cannot be read, or a plan with something missing: the message says what to do. */
function Refused({ error, backTo }: { error: unknown; backTo: 'choose' | 'plan' }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  return (
    <div role="alert" className="rounded-lg border border-line bg-danger-soft p-4">
      <h2 className="font-semibold text-danger">{t('imports.uploadFailed')}</h2>
      <p className="mt-1 break-words whitespace-pre-wrap select-text">{errorText(error)}</p>
      <Button className="mt-3" onClick={() => setStep({ name: backTo })}>
        {t('common.back')}
      </Button>
    </div>
  );
}
