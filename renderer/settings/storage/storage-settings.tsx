import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import type { StorageFacts } from '#shared/contract/storage.ts';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import { useClient } from '../../client/client-context.tsx';
import { useMay } from '../../client/queries.ts';
import { queryKeys } from '../../client/query-keys.ts';
import { Button } from '../../components/button.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { formatBytes } from '../../format/format.ts';
import { SettingsPage } from '../settings-page.tsx';
import { BackgroundSection } from './background-section.tsx';
import { BackupSection } from './backup-section.tsx';
import { Fact, Facts } from './facts.tsx';
import { supportText } from './support-text.ts';

/** Where the workspace is kept, its backups, and what support asks for. */
export function StorageSettings() {
  const { t } = useTranslation();
  const client = useClient();
  const mayCare = useMay('workspace:update');
  const { data, error, refetch } = useQuery({
    queryKey: queryKeys.storage(),
    queryFn: ({ signal }) => client.storage.facts({}, { signal }),
    enabled: mayCare,
    // Sizes change with every edit; they are read when the page is opened.
    staleTime: 0,
  });
  return (
    <SettingsPage title={t('settings.storage.title')} text={t('settings.storage.text')}>
      {!mayCare ? (
        <ErrorState error={new SatchelError('forbidden', say`Your role does not allow this.`)} />
      ) : error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <div className="flex flex-col gap-8">
          <BackupSection lastBackup={data.lastBackup} />
          <BackgroundSection />
          <PlaceSection facts={data} />
          <DiagnosisSection facts={data} />
        </div>
      ) : (
        <Skeleton className="h-60 w-full" />
      )}
    </SettingsPage>
  );
}

function PlaceSection({ facts }: { facts: StorageFacts }) {
  const { t } = useTranslation();
  const { directory, sizes, kept } = facts;
  return (
    <section aria-label={t('settings.storage.place')}>
      <h3 className="font-medium">{t('settings.storage.place')}</h3>
      <Facts>
        <Fact term={t('settings.storage.directory')}>
          <span data-content>{directory}</span>
        </Fact>
        <Fact term={t('settings.storage.size')}>
          <Sized label={t('settings.storage.database')} bytes={sizes.cluster + sizes.log} />
          <Sized label={t('settings.storage.files')} bytes={sizes.files} />
          <Sized label={t('settings.storage.backups')} bytes={sizes.backups} />
        </Fact>
        {kept.length > 0 ? (
          <Fact term={t('settings.storage.kept')}>
            {kept.map(({ name, bytes, by }) => (
              <span key={name} className="block">
                <span data-content>
                  {name} · {formatBytes(bytes)}
                </span>{' '}
                <span className="text-ink-muted">{t(`settings.storage.keptBefore.${by}`)}</span>
              </span>
            ))}
          </Fact>
        ) : null}
      </Facts>
    </section>
  );
}

function DiagnosisSection({ facts }: { facts: StorageFacts }) {
  const { t } = useTranslation();
  const { postgres, migrations, maintenance } = facts;
  const copy = async () => {
    await navigator.clipboard.writeText(supportText(facts));
    toast.success(t('common.copied'));
  };
  return (
    <section aria-label={t('settings.storage.diagnosis')}>
      <div className="flex items-start justify-between gap-6">
        <div>
          <h3 className="font-medium">{t('settings.storage.diagnosis')}</h3>
          <p className="text-ink-muted">{t('settings.storage.diagnosisText')}</p>
        </div>
        <Button className="shrink-0" onClick={() => void copy()}>
          {t('settings.storage.copy')}
        </Button>
      </div>
      <Facts>
        <Fact term={t('settings.storage.postgres')}>
          <span data-content>{postgres.found}</span>
          <span className="block text-ink-muted">
            {t('settings.storage.migrations', {
              applied: migrations.applied,
              known: migrations.known,
            })}
          </span>
        </Fact>
        <Fact term={t('settings.storage.maintenance')}>
          <Sized label={t('settings.storage.sinceCheckpoint')} bytes={maintenance.logBytes} />
          {t('settings.storage.maintenanceState', {
            tables: maintenance.tablesNeverAnalyzed,
            dead: maintenance.deadRows,
          })}
        </Fact>
      </Facts>
    </section>
  );
}

function Sized({ label, bytes }: { label: string; bytes: number }) {
  return (
    <span className="block">
      {label} <span data-content>{formatBytes(bytes)}</span>
    </span>
  );
}
