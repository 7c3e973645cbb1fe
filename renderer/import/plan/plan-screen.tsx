import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportPlan } from '#shared/contract/imports.ts';
import { Button } from '../../components/button.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { useImport } from '../import-state.ts';
import { useImportActions } from '../use-import-actions.ts';
import { Decisions } from './decisions.tsx';
import { FileNav } from './file-nav.tsx';
import { FilePlanView } from './file-plan-view.tsx';
import { usePlanPreview } from './use-plan-preview.ts';

/** The plan of an import: files at the left, and what is to decide or one file's columns at the right. */
export function PlanScreen() {
  const plan = useImport((state) => state.plan);
  return plan ? <Plan plan={plan} /> : null;
}

function Plan({ plan }: { plan: ImportPlan }) {
  const { t } = useTranslation();
  const { run, startOver } = useImportActions();
  const asked = useImport((state) => state.questions);
  const [shown, setShown] = useState<string | null>(null);
  const preview = usePlanPreview(plan);
  const questions = preview.data?.questions ?? asked;
  const file = plan.files.find(({ uploadId }) => uploadId === shown);
  const rows = plan.files.reduce((sum, each) => sum + (each.object ? (each.rowCount ?? 0) : 0), 0);
  const isBlocked = questions.length > 0 || plan.files.every(({ object }) => object === null);

  return (
    <>
      <PageHeader
        title={t('imports.title')}
        meta={
          <span className="truncate text-ink-faint tabular-nums">{t('imports.rows', { count: rows })}</span>
        }
      >
        {questions.length > 0 ? (
          <span className="text-xs text-warning">{t('imports.runBlocked', { count: questions.length })}</span>
        ) : null}
        <Button kind="quiet" size="small" onClick={startOver}>
          {t('imports.startOver')}
        </Button>
        <Button size="small" disabled={isBlocked} onClick={() => run(plan, true)}>
          {t('imports.dryRun')}
        </Button>
        <Button kind="primary" size="small" disabled={isBlocked} onClick={() => run(plan, false)}>
          {t('imports.run')}
        </Button>
      </PageHeader>
      <div className="flex min-h-0 flex-1">
        <FileNav plan={plan} questions={questions} shown={file?.uploadId ?? null} onShow={setShown} />
        <div className="min-w-0 flex-1 overflow-y-auto">
          {file ? (
            <FilePlanView key={file.uploadId} file={file} preview={preview} questions={questions} />
          ) : (
            <Decisions plan={plan} preview={preview} questions={questions} onShowFile={setShown} />
          )}
        </div>
      </div>
    </>
  );
}
