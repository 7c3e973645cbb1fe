import { Unplug } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStatus } from '../client/queries.ts';
import { Button } from '../components/button.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { ErrorState } from '../components/error-state.tsx';
import { Spinner } from '../components/spinner.tsx';
import { FirstRun } from '../first-run/first-run.tsx';
import { useFirstRun } from '../first-run/first-run-state.ts';
import { setRegion } from '../format/format.ts';
import { isTemporary } from '../i18n/errors.ts';
import { RecoveryScreen } from '../recovery/recovery-screen.tsx';
import { UpgradeScreen } from '../recovery/upgrade-screen.tsx';
import { Frame } from './frame.tsx';

/** The first thing that shows: what the workspace's state asks for. */
export function WorkspaceGate() {
  const { t } = useTranslation();
  const status = useStatus();
  const isChoosing = useFirstRun((state) => state.isChoosing);
  const retry = () => void status.refetch();
  const lookAgain = async () => (await status.refetch()).data;

  if (status.isPending) {
    return (
      <main className="flex h-full items-center justify-center gap-3 text-sm text-ink-muted" aria-busy="true">
        <Spinner />
        {t('frame.starting')}
      </main>
    );
  }
  if (status.data === undefined) {
    return (
      <main className="h-full">
        {isTemporary(status.error) ? (
          <EmptyState icon={Unplug} title={t('frame.unreachable.title')} text={t('frame.unreachable.text')}>
            <Button onClick={retry}>{t('common.retry')}</Button>
          </EmptyState>
        ) : (
          <ErrorState error={status.error} onRetry={retry} />
        )}
      </main>
    );
  }
  if (isChoosing || status.data.state === 'first_run') return <FirstRun />;
  if (status.data.state === 'damaged') return <RecoveryScreen damage={status.data} onLook={lookAgain} />;
  if (status.data.state === 'upgrading') return <UpgradeScreen upgrade={status.data} />;
  const { timezone, locale } = status.data.workspace;
  setRegion({ timezone, locale });
  // What is on the screen is written anew when the region changes.
  return <Frame key={`${timezone} ${locale}`} />;
}
