import { useTranslation } from 'react-i18next';
import type { WorkspaceStatus } from '#shared/contract/workspace.ts';
import { ProgressBar } from '../components/progress-bar.tsx';
import { formatPercent } from '../format/format.ts';

export interface UpgradeScreenProps {
  upgrade: Extract<WorkspaceStatus, { state: 'upgrading' }>;
}

/** What shows while the database is brought over to a later PostgreSQL, which happens once after such an update. */
export function UpgradeScreen({ upgrade }: UpgradeScreenProps) {
  const { t } = useTranslation();
  const { step, done, total } = upgrade;
  const isMeasured = step === 'copying' || step === 'comparing';
  return (
    <main className="flex h-full items-center justify-center p-6" aria-busy="true">
      <div className="w-full max-w-100">
        <h1 className="text-xl font-semibold">{t('frame.upgrade.title')}</h1>
        <p className="mt-1 text-ink-muted">{t('frame.upgrade.text')}</p>
        <div className="mt-6">
          <ProgressBar label={t('frame.upgrade.title')} done={done} total={isMeasured ? total : null} />
        </div>
        <p className="mt-2 flex justify-between text-xs text-ink-muted" role="status">
          <span>{t(`frame.upgrade.steps.${step}`)}</span>
          {isMeasured ? (
            <span className="tabular-nums">
              {formatPercent(String(Math.floor((100 * done) / Math.max(total, 1)) / 100))}
            </span>
          ) : null}
        </p>
      </div>
    </main>
  );
}
