import { ShieldAlert } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import type { WorkspaceStatus } from '#shared/contract/workspace.ts';
import { useClient } from '../client/client-context.tsx';
import { Button } from '../components/button.tsx';
import { Spinner } from '../components/spinner.tsx';
import { useErrorToast } from '../edits/toasts.tsx';
import { formatDateTime } from '../format/format.ts';
import { messageText } from '../i18n/message.ts';

type Damage = Extract<WorkspaceStatus, { state: 'damaged' }>;
type Way = 'restore_backup' | 'open_again';

export interface RecoveryScreenProps {
  damage: Damage;
  /** Asks for the state of the workspace again. */
  onLook: () => Promise<WorkspaceStatus | undefined>;
}

/** What shows instead of the app when the stored data is damaged. Nothing is changed unless the person says so. */
export function RecoveryScreen({ damage, onLook }: RecoveryScreenProps) {
  const { t } = useTranslation();
  const { under, hasTriedAgain, recover } = useRecovery(damage, onLook);
  const { lastVerifiedBackup: backup } = damage;
  return (
    <main className="flex h-full items-center justify-center overflow-auto p-6">
      <div className="w-full max-w-140">
        <ShieldAlert aria-hidden className="mb-4 size-8 text-danger" strokeWidth={1.5} />
        <h1 className="text-xl font-semibold">{t('frame.recovery.title')}</h1>
        <p className="mt-1 text-ink-muted">{t('frame.recovery.text')}</p>
        <dl className="mt-6 divide-y divide-line rounded-lg border border-line bg-surface px-4">
          <Fact term={t('frame.recovery.found')}>
            <span>{messageText(t, damage.reason)}</span>
          </Fact>
          <Fact term={t('frame.recovery.directory')}>
            <span data-content>{damage.directory}</span>
          </Fact>
          <Fact term={t('frame.recovery.backup')}>
            {backup ? (
              <>
                <span data-content>{formatDateTime(backup.at)}</span>
                <span className="block text-xs text-ink-muted" data-content>
                  {backup.file}
                </span>
              </>
            ) : (
              t('frame.recovery.noBackup')
            )}
          </Fact>
          {damage.kept.length > 0 ? (
            <Fact term={t('frame.recovery.kept')}>
              {damage.kept.map(({ name, by }) => (
                <span key={name} className="block">
                  <span data-content>{name}</span>
                  <span className="block text-xs text-ink-muted">{t(`frame.recovery.keptBefore.${by}`)}</span>
                </span>
              ))}
            </Fact>
          ) : null}
        </dl>
        {backup ? (
          <p className="mt-4 text-ink-muted" data-content>
            {t('frame.recovery.restoreText', { when: formatDateTime(backup.at) })}
          </p>
        ) : null}
        <div className="mt-6 flex items-center gap-2">
          {backup ? (
            <Button kind="primary" disabled={under !== null} onClick={() => void recover('restore_backup')}>
              {t('frame.recovery.restore')}
            </Button>
          ) : null}
          <Button
            kind={backup ? 'secondary' : 'primary'}
            disabled={under !== null}
            onClick={() => void recover('open_again')}
          >
            {t('frame.recovery.check')}
          </Button>
          <p role="status" className="ml-1 flex min-w-0 items-center gap-2 text-ink-muted">
            {under ? <Spinner /> : null}
            {under === 'restore_backup' ? t('frame.recovery.restoring') : null}
            {under === 'open_again' ? t('frame.recovery.checking') : null}
            {under === null && hasTriedAgain ? t('frame.recovery.stillDamaged') : null}
          </p>
        </div>
      </div>
    </main>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="py-3">
      <dt className="text-xs font-medium text-ink-muted">{term}</dt>
      <dd className="mt-0.5 break-words select-text">{children}</dd>
    </div>
  );
}

const lookEveryMs = 500;
/** A large workspace is opened in seconds; after this nobody waits any longer, and may try again. */
const patienceMs = 60_000;

function useRecovery(damage: Damage, onLook: RecoveryScreenProps['onLook']) {
  const { t } = useTranslation();
  const client = useClient();
  const showError = useErrorToast();
  const [under, setUnder] = useState<Way | null>(null);
  const [hasTriedAgain, setTriedAgain] = useState(false);

  /** Until the workspace was opened once more: its connection ends meanwhile, and the new one tells how it went. */
  const opened = async (): Promise<WorkspaceStatus | undefined> => {
    for (const end = Date.now() + patienceMs; Date.now() < end; ) {
      await new Promise((resolve) => window.setTimeout(resolve, lookEveryMs));
      const status = await onLook();
      if (status && (status.state !== 'damaged' || status.foundAt !== damage.foundAt)) return status;
    }
    return undefined;
  };

  const recover = async (how: Way) => {
    setUnder(how);
    try {
      await client.workspace.recover({ how });
      const status = await opened();
      if (status?.state === 'damaged') setTriedAgain(true);
      else if (status) toast.success(t(`frame.recovery.${how === 'open_again' ? 'opened' : 'restored'}`));
    } catch (error) {
      showError(t('frame.recovery.failed'), error);
    } finally {
      setUnder(null);
    }
  };
  return { under, hasTriedAgain, recover };
}
