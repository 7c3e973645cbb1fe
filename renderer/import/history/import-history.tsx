import { Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportBatch } from '#shared/contract/imports.ts';
import { Badge, type Tone } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { formatDateTime } from '../../format/format.ts';
import { messageText } from '../../i18n/message.ts';
import { useErrorFileDownload } from '../run/error-file-download.ts';
import { useImportActions } from '../use-import-actions.ts';
import { useBatches } from './batches.ts';
import { RevertDialog } from './revert-dialog.tsx';

/** The imports of the workspace, newest first, each of which can be taken back. */
export function ImportHistory() {
  const { t } = useTranslation();
  const history = useBatches();
  const [reverting, setReverting] = useState<ImportBatch | null>(null);
  return (
    <section className="mt-8">
      <h2 className="mb-2 font-semibold">{t('imports.history.title')}</h2>
      {history.isPending ? (
        <Skeleton className="h-16 w-full" />
      ) : history.isError ? (
        <ErrorState error={history.error} onRetry={() => void history.refetch()} />
      ) : history.data.length === 0 ? (
        <p className="text-ink-muted">{t('imports.history.empty')}</p>
      ) : (
        <ul className="divide-y divide-line rounded-lg border border-line">
          {history.data.map((batch) => (
            <BatchRow key={batch.id} batch={batch} onRevert={() => setReverting(batch)} />
          ))}
        </ul>
      )}
      <RevertDialog batch={reverting} onClose={() => setReverting(null)} />
    </section>
  );
}

const tones: Record<ImportBatch['status'], Tone> = {
  running: 'accent',
  interrupted: 'warning',
  completed: 'success',
  cancelled: 'warning',
  failed: 'danger',
  reverting: 'accent',
  partly_reverted: 'warning',
  reverted: 'neutral',
};

function BatchRow({ batch, onRevert }: { batch: ImportBatch; onRevert: () => void }) {
  const { t } = useTranslation();
  const { resume, watch } = useImportActions();
  const download = useErrorFileDownload();
  return (
    <li className="px-4 py-3" data-batch={batch.id}>
      <div className="flex items-center gap-3">
        <span className="min-w-0 flex-1 truncate font-medium" data-content title={batch.fileNames.join(', ')}>
          {batch.fileNames.join(', ')}
        </span>
        <Badge tone={tones[batch.status]}>{t(`imports.history.statuses.${batch.status}`)}</Badge>
        {batch.status === 'running' ? (
          <Button size="small" onClick={() => watch(batch.id)}>
            {t('imports.history.watch')}
          </Button>
        ) : null}
        {batch.canResume ? (
          <Button size="small" onClick={() => resume(batch.id)}>
            {t('imports.history.resume')}
          </Button>
        ) : null}
        {batch.canRevert ? (
          <Button size="small" onClick={onRevert}>
            {t(batch.status === 'partly_reverted' ? 'imports.history.revertRest' : 'imports.history.revert')}
          </Button>
        ) : null}
      </div>
      <p className="mt-0.5 flex flex-wrap gap-x-3 text-xs text-ink-muted tabular-nums">
        <Totals batch={batch} />
        <span data-content>
          {t('imports.history.by', {
            who: batch.userName ?? t('timeline.someone'),
            when: formatDateTime(batch.startedAt),
          })}
        </span>
      </p>
      {batch.error ? (
        <p className="mt-1 text-xs text-danger" data-content>
          {messageText(t, batch.error)}
        </p>
      ) : null}
      {batch.errorFiles.length > 0 ? (
        <div className="mt-1 flex flex-wrap gap-1">
          {batch.errorFiles.map(({ name }) => (
            <Button
              key={name}
              kind="quiet"
              size="small"
              className="-ml-2"
              onClick={() => void download(batch.id, name)}
            >
              <Download aria-hidden />
              <span data-content>{t('imports.report.download', { name })}</span>
            </Button>
          ))}
        </div>
      ) : null}
    </li>
  );
}

function Totals({ batch }: { batch: ImportBatch }) {
  const { t } = useTranslation();
  const sum = (outcome: 'created' | 'updated' | 'failed') =>
    Object.values(batch.counts).reduce((total, count) => total + (count?.[outcome] ?? 0), 0);
  const shown = (
    [
      ['imports.history.created', sum('created')],
      ['imports.history.updated', sum('updated')],
      ['imports.history.failedRows', sum('failed')],
    ] as const
  ).filter(([, count]) => count > 0);
  if (shown.length === 0) return <span>{t('imports.history.nothing')}</span>;
  return shown.map(([key, count]) => <span key={key}>{t(key, { count })}</span>);
}
