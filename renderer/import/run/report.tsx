import { useRouter } from '@tanstack/react-router';
import { Download, TriangleAlert } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { importObjects, importTargets } from '#shared/contract/import-targets.ts';
import type { ImportBatch, ImportReport } from '#shared/contract/imports.ts';
import { inEnglish } from '#shared/message.ts';
import { definitionOf, type ObjectName } from '#shared/objects/objects.ts';
import { Button } from '../../components/button.tsx';
import { formatNumber } from '../../format/format.ts';
import { narrowListToImport } from '../../grid/list-settings.ts';
import { messageText } from '../../i18n/message.ts';
import { useBatches } from '../history/batches.ts';
import { RevertDialog } from '../history/revert-dialog.tsx';
import { setStep, useImport } from '../import-state.ts';
import { useChoiceLabel } from '../plan/choice-label.ts';
import { useImportActions } from '../use-import-actions.ts';
import { CountsTable } from './counts-table.tsx';
import { useErrorFileDownload } from './error-file-download.ts';
import { reportTitle } from './report-title.ts';

/** The objects, the one to look at first at the front: what refers to others says most, the few they refer to least. */
const shownFirst = importObjects
  .flatMap((object) => importTargets(object).customFieldsOf ?? [])
  .sort((a, b) => Number(definitionOf(a).isFew) - Number(definitionOf(b).isFew) || placeOf(b) - placeOf(a));

function placeOf(object: ObjectName): number {
  return importObjects.indexOf(object);
}

/** What an import did, or what a dry run says it would do. */
export function Report({ report }: { report: ImportReport }) {
  const { t } = useTranslation();
  const choiceLabel = useChoiceLabel();
  const text = report.isDryRun
    ? t('imports.report.dryRunText')
    : report.status === 'cancelled'
      ? t('imports.report.cancelledText')
      : null;
  return (
    <article data-report={report.isDryRun ? 'dry-run' : 'import'}>
      <div className="flex flex-wrap items-start gap-3">
        <div className="min-w-60 flex-1">
          <h2 className="text-lg font-semibold">{t(reportTitle(report))}</h2>
          {text ? <p className="text-ink-muted">{text}</p> : null}
        </div>
        {report.isDryRun ? <DryRunActions /> : <ImportActions report={report} />}
      </div>
      <CountsTable counts={report.counts} />
      <AlsoCreated also={report.alsoCreated} />
      <ErrorFiles report={report} />
      <Reasons report={report} />
      {report.corrected.length > 0 ? (
        <Section title={t('imports.report.corrected')}>
          {report.corrected.map(({ from, to, rows }) => (
            <Line key={`${from}→${to}`} rows={rows}>
              <span data-content>{t('imports.report.correctedRow', { from, to })}</span>
            </Line>
          ))}
        </Section>
      ) : null}
      {report.values.length > 0 ? (
        <Section title={t('imports.report.values')}>
          {report.values.map(({ fileName, header, optionsName, from, to, label, rows }) => (
            <Line key={`${fileName}-${header}-${from}`} rows={rows}>
              <span data-content>
                {t('imports.report.valueRow', {
                  from,
                  header,
                  to: choiceLabel(optionsName, { value: to, label }),
                })}
              </span>
            </Line>
          ))}
        </Section>
      ) : null}
      {report.warnings.length > 0 ? (
        <Section title={t('imports.report.warnings')}>
          {report.warnings.map((warning) => (
            <li key={inEnglish(warning)} className="flex gap-2 px-4 py-2">
              <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warning" />
              <span data-content>{messageText(t, warning)}</span>
            </li>
          ))}
        </Section>
      ) : null}
      {report.ignoredFiles.length > 0 ? (
        <Section title={t('imports.report.ignoredFiles')}>
          {report.ignoredFiles.map(({ fileName, reason }) => (
            <li key={fileName} className="px-4 py-2" data-content>
              <span className="font-medium">{fileName}</span>
              <span className="ml-2 text-ink-muted">{messageText(t, reason)}</span>
            </li>
          ))}
        </Section>
      ) : null}
      <p className="mt-4 text-xs text-ink-faint tabular-nums">
        {t('imports.report.took', {
          seconds: formatNumber(Math.max(1, Math.round(report.durationMs / 100)) / 10),
        })}
      </p>
    </article>
  );
}

function DryRunActions() {
  const { t } = useTranslation();
  const plan = useImport((state) => state.plan);
  const { run } = useImportActions();
  return (
    <div className="flex gap-2">
      <Button onClick={() => setStep({ name: 'plan' })}>{t('imports.report.back')}</Button>
      <Button kind="primary" disabled={!plan} onClick={() => plan && run(plan, false)}>
        {t('imports.report.importNow')}
      </Button>
    </div>
  );
}

/** What the reader of the report may want next: to see what came in, to go on, or to take it back. */
function ImportActions({ report }: { report: ImportReport }) {
  const { t } = useTranslation();
  const router = useRouter();
  const { resume } = useImportActions();
  const [reverting, setReverting] = useState<ImportBatch | null>(null);
  const batch = useBatches().data?.find(({ id }) => id === report.batchId);
  const first = shownFirst.find((object) => (report.counts[object]?.created ?? 0) > 0);
  const show = (object: ObjectName) => {
    if (report.batchId !== null) narrowListToImport(object, report.batchId);
    router.history.push(`/${object}`);
  };
  return (
    <div className="flex flex-wrap gap-2">
      {batch?.canRevert ? (
        <Button onClick={() => setReverting(batch)}>{t('imports.report.revert')}</Button>
      ) : null}
      {first ? (
        <Button kind={batch?.canResume ? 'secondary' : 'primary'} onClick={() => show(first)}>
          {t('imports.report.openList', { object: t(`objects.${first}.many`) })}
        </Button>
      ) : null}
      {batch?.canResume ? (
        <Button kind="primary" onClick={() => resume(batch.id)}>
          {t('imports.report.resume')}
        </Button>
      ) : null}
      <RevertDialog batch={reverting} onClose={() => setReverting(null)} />
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mt-6">
      <h3 className="mb-2 font-semibold">{title}</h3>
      <ul className="divide-y divide-line rounded-lg border border-line">{children}</ul>
    </section>
  );
}

function Line({ rows, children }: { rows: number; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <li className="flex items-baseline gap-4 px-4 py-2">
      <span className="min-w-0 flex-1 break-words">{children}</span>
      <span className="shrink-0 text-ink-muted tabular-nums">{t('imports.rows', { count: rows })}</span>
    </li>
  );
}

/** Records are counted in the words of their object, what else was made in those of the import. */
function countKey(made: string): string {
  const object = importObjects.find((name) => name === made);
  return object === undefined ? `imports.report.alsoCounts.${made}` : `objects.${object}.count`;
}

function AlsoCreated({ also }: { also: ImportReport['alsoCreated'] }) {
  const { t } = useTranslation();
  const made = Object.entries(also).filter(([, count]) => count > 0);
  if (made.length === 0) return null;
  return (
    <p className="mt-3 text-ink-muted">
      {`${t('imports.report.also')}: `}
      {made.map(([name, count]) => t(countKey(name), { count })).join(', ')}
    </p>
  );
}

function Reasons({ report }: { report: ImportReport }) {
  const { t } = useTranslation();
  if (report.reasons.length === 0) return null;
  return (
    <Section title={t('imports.report.reasons')}>
      {report.reasons.map(({ message, rows, firstLine, fileName }) => (
        <Line key={`${fileName}-${inEnglish(message)}`} rows={rows}>
          <span data-content>{messageText(t, message)}</span>
          <span className="block text-xs text-ink-faint" data-content>
            {t('imports.report.reasonWhere', { file: fileName, line: firstLine })}
          </span>
        </Line>
      ))}
    </Section>
  );
}

function ErrorFiles({ report }: { report: ImportReport }) {
  const { t } = useTranslation();
  const download = useErrorFileDownload();
  const { runId, errorFiles } = report;
  if (errorFiles.length === 0) return null;
  return (
    <section className="mt-6 rounded-lg border border-line bg-warning-soft p-4">
      <h3 className="font-semibold">{t('imports.report.errorFiles')}</h3>
      <p className="text-ink-muted">{t('imports.report.errorFileText')}</p>
      <div className="mt-3 flex flex-wrap gap-2">
        {errorFiles.map(({ name, rows }) => (
          <Button key={name} size="small" onClick={() => void download(runId, name)}>
            <Download aria-hidden />
            <span data-content>{t('imports.report.download', { name })}</span>
            <span className="text-ink-muted tabular-nums">{t('imports.rows', { count: rows })}</span>
          </Button>
        ))}
      </div>
    </section>
  );
}
