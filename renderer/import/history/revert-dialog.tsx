import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ImportBatch } from '#shared/contract/imports.ts';
import type { ImportBatchId } from '#shared/ids.ts';
import { useClient } from '../../client/client-context.tsx';
import { queryKeys } from '../../client/query-keys.ts';
import { Button } from '../../components/button.tsx';
import { Dialog, DialogActions, DialogContent } from '../../components/dialog.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { Spinner } from '../../components/spinner.tsx';
import { formatInteger } from '../../format/format.ts';
import { messageText } from '../../i18n/message.ts';
import { useImportActions } from '../use-import-actions.ts';

/** Taking back removes for good, and so it is asked before, unlike everything that can be undone. */
export function RevertDialog({ batch, onClose }: { batch: ImportBatch | null; onClose: () => void }) {
  const { t } = useTranslation();
  const { revert } = useImportActions();
  return (
    <Dialog open={batch !== null} onOpenChange={(open) => !open && onClose()}>
      {batch ? (
        <DialogContent title={t('imports.revert.title')} width="small">
          <div className="px-4 py-4">
            <p className="font-medium break-words" data-content>
              {batch.fileNames.join(', ')}
            </p>
            <p className="mt-1 text-ink-muted">{t('imports.revert.text')}</p>
            <Forecast batchId={batch.id} />
          </div>
          <DialogActions>
            <Button onClick={onClose}>{t('common.cancel')}</Button>
            <Button
              kind="primary"
              onClick={() => {
                onClose();
                revert(batch.id);
              }}
            >
              {t('imports.revert.confirm')}
            </Button>
          </DialogActions>
        </DialogContent>
      ) : null}
    </Dialog>
  );
}

const outcomes = ['removed', 'restored', 'kept'] as const;

/** What would go, come back and stay, counted while the dialog is open; nobody has to wait for it. */
function Forecast({ batchId }: { batchId: ImportBatchId }) {
  const { t } = useTranslation();
  const client = useClient();
  const forecast = useQuery({
    queryKey: [...queryKeys.imports(), 'forecast', batchId],
    queryFn: ({ signal }) => client.imports.foreseeRevert({ batchId }, { signal }),
    gcTime: 0,
  });
  if (forecast.isPending) {
    return (
      <p className="mt-3 flex items-center gap-2 text-ink-muted">
        <Spinner />
        {t('imports.revert.counting')}
      </p>
    );
  }
  if (forecast.isError) return <ErrorState error={forecast.error} onRetry={() => void forecast.refetch()} />;
  const { reasons } = forecast.data;
  return (
    <div className="mt-3" data-forecast>
      <ul className="tabular-nums">
        {outcomes
          .filter((outcome) => outcome === 'removed' || forecast.data[outcome] > 0)
          .map((outcome) => (
            <li key={outcome} className={outcome === 'kept' ? 'font-medium text-warning' : ''}>
              {t(`imports.revert.will.${outcome}`, {
                count: forecast.data[outcome],
                formatted: formatInteger(forecast.data[outcome]),
              })}
            </li>
          ))}
      </ul>
      <ul className="mt-1 text-ink-muted">
        {reasons.map(({ message, records }) => {
          const text = messageText(t, message);
          return <li key={text}>{`${formatInteger(records)} × ${text}`}</li>;
        })}
      </ul>
    </div>
  );
}
