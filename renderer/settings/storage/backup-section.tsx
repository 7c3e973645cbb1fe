import { useQueryClient } from '@tanstack/react-query';
import { CircleCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import type { StorageFacts } from '#shared/contract/storage.ts';
import { useClient } from '../../client/client-context.tsx';
import { queryKeys } from '../../client/query-keys.ts';
import { Button } from '../../components/button.tsx';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { useErrorToast } from '../../edits/toasts.tsx';
import { formatBytes, formatDateTime } from '../../format/format.ts';
import { cancelBackup, runBackup, useBackup } from './backup-state.ts';
import { Fact, Facts } from './facts.tsx';

/** The last proven backup, and making another one. */
export function BackupSection({ lastBackup }: Pick<StorageFacts, 'lastBackup'>) {
  const { t } = useTranslation();
  const client = useClient();
  const queries = useQueryClient();
  const showError = useErrorToast();
  const { running, made } = useBackup();
  const backUp = async () => {
    try {
      if (!(await runBackup(client))) toast(t('settings.storage.cancelled'));
    } catch (error) {
      showError(t('settings.storage.failed'), error);
    } finally {
      await queries.invalidateQueries({ queryKey: queryKeys.storage() });
    }
  };
  return (
    <section aria-label={t('settings.storage.backup')}>
      <div className="flex items-start justify-between gap-6">
        <div>
          <h3 className="font-medium">{t('settings.storage.backup')}</h3>
          <p className="text-ink-muted">{t('settings.storage.backupText')}</p>
        </div>
        <Button kind="primary" className="shrink-0" disabled={running !== null} onClick={() => void backUp()}>
          {t('settings.storage.backUp')}
        </Button>
      </div>
      {running ? (
        <div className="mt-3 rounded-lg border border-line bg-surface p-4">
          <ProgressBar
            label={t(`settings.storage.${running.step}`)}
            done={running.step === 'copying' ? running.done : 0}
            total={running.step === 'copying' && running.total > 0 ? running.total : null}
          />
          <div className="mt-2 flex items-center justify-between gap-4">
            <p role="status" className="text-ink-muted">
              {t(`settings.storage.${running.step}`)}
            </p>
            <Button size="small" onClick={cancelBackup}>
              {t('common.cancel')}
            </Button>
          </div>
        </div>
      ) : null}
      {made && !running ? (
        <p role="status" className="mt-3 flex items-start gap-2 rounded-md bg-hover px-3 py-2">
          <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-success" />
          <span className="min-w-0 break-words select-text">
            {made.tables < made.allTables
              ? t('settings.storage.madePartly', { count: made.allTables, tables: made.tables })
              : t('settings.storage.made', { count: made.tables })}
            <span className="block text-ink-muted" data-content>
              {made.file} · {formatBytes(made.bytes)}
            </span>
          </span>
        </p>
      ) : null}
      <Facts>
        <Fact term={t('settings.storage.lastBackup')}>
          {lastBackup ? (
            <>
              <span data-content>{formatDateTime(lastBackup.created)}</span>
              <span className="block text-ink-muted">
                {t('settings.storage.verified')}{' '}
                <span data-content>
                  {formatDateTime(lastBackup.verified)} · {formatBytes(lastBackup.bytes)}
                </span>
              </span>
              <span className="block text-ink-muted" data-content>
                {lastBackup.file}
              </span>
              {lastBackup.isThere ? null : (
                <span className="block text-danger">{t('settings.storage.backupGone')}</span>
              )}
            </>
          ) : (
            t('settings.storage.noBackup')
          )}
        </Fact>
        <Fact term={t('settings.storage.restore')}>
          {t('settings.storage.restoreText')}
          <code className="mt-1 block rounded-sm bg-hover px-2 py-1 font-mono text-xs" data-content>
            {`satchel restore "${lastBackup?.file ?? 'FILE'}" --data-dir NEW-DIRECTORY`}
          </code>
        </Fact>
      </Facts>
    </section>
  );
}
