import { ShieldAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import type { WorkspaceStatus } from '#shared/contract/workspace.ts';
import { Button } from '../components/button.tsx';
import { formatDateTime } from '../format/format.ts';

export interface RecoveryScreenProps {
  damage: Extract<WorkspaceStatus, { state: 'damaged' }>;
  onCheck: () => void;
}

/** What shows instead of the app when the stored data is damaged. It changes nothing by itself. */
export function RecoveryScreen({ damage, onCheck }: RecoveryScreenProps) {
  const { t } = useTranslation();
  const { lastVerifiedBackup: backup } = damage;
  const command = backup ? `satchel restore "${backup.file}" --data-dir <new-folder>` : '';
  const copy = async () => {
    await navigator.clipboard.writeText(command);
    toast.success(t('common.copied'));
  };
  return (
    <main className="flex h-full items-center justify-center overflow-auto p-6">
      <div className="w-full max-w-140">
        <ShieldAlert aria-hidden className="mb-4 size-8 text-danger" strokeWidth={1.5} />
        <h1 className="text-xl font-semibold">{t('frame.recovery.title')}</h1>
        <p className="mt-1 text-ink-muted">{t('frame.recovery.text')}</p>
        <dl className="mt-6 divide-y divide-line rounded-lg border border-line bg-surface px-4">
          <div className="py-3">
            <dt className="text-xs font-medium text-ink-muted">{t('frame.recovery.found')}</dt>
            <dd className="mt-0.5 select-text" data-content>
              {damage.reason}
            </dd>
          </div>
          <div className="py-3">
            <dt className="text-xs font-medium text-ink-muted">{t('frame.recovery.backup')}</dt>
            <dd className="mt-0.5 select-text break-all">
              {backup ? (
                <>
                  <span data-content>{backup.file}</span>
                  <span className="block text-xs text-ink-muted" data-content>
                    {formatDateTime(backup.at)}
                  </span>
                </>
              ) : (
                t('frame.recovery.noBackup')
              )}
            </dd>
          </div>
        </dl>
        {backup ? (
          <div className="mt-4">
            <p>{t('frame.recovery.how')}</p>
            <code
              data-content
              className="mt-2 block rounded-md border border-line bg-surface px-3 py-2 font-mono text-xs break-all select-text"
            >
              {command}
            </code>
          </div>
        ) : null}
        <div className="mt-6 flex gap-2">
          {backup ? <Button onClick={() => void copy()}>{t('common.copy')}</Button> : null}
          <Button kind="primary" onClick={onCheck}>
            {t('frame.recovery.check')}
          </Button>
        </div>
      </div>
    </main>
  );
}
