import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContractClient } from '#shared/contract/contract.ts';
import type { Job } from '#shared/contract/jobs.ts';
import { useClient } from '../../client/client-context.tsx';
import { Button } from '../../components/button.tsx';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { useErrorToast } from '../../edits/toasts.tsx';
import { formatDateTime } from '../../format/format.ts';
import { messageText } from '../../i18n/message.ts';

const reconnectMilliseconds = 1_000;

async function followJobs(
  client: ContractClient,
  tell: (jobs: readonly Job[]) => void,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      for await (const jobs of await client.jobs.watch({}, { signal })) tell(jobs);
    } catch {
      // Whatever ended the stream, the answer is the same: listen again.
    }
    await new Promise((resolve) => window.setTimeout(resolve, reconnectMilliseconds));
  }
}

/** The jobs as they are now; null before the first answer. */
function useJobs(): readonly Job[] | null {
  const client = useClient();
  const [jobs, setJobs] = useState<readonly Job[] | null>(null);
  useEffect(() => {
    const leaving = new AbortController();
    void followJobs(client, setJobs, leaving.signal);
    return () => leaving.abort();
  }, [client]);
  return jobs;
}

/** What runs in the background, and what has failed there, with a way to try it again. */
export function BackgroundSection() {
  const { t } = useTranslation();
  const jobs = useJobs();
  if (!jobs || jobs.length === 0) return null;
  return (
    <section aria-label={t('settings.storage.background')}>
      <h3 className="font-medium">{t('settings.storage.background')}</h3>
      <p className="text-ink-muted">{t('settings.storage.backgroundText')}</p>
      <ul className="mt-3 divide-y divide-line rounded-lg border border-line bg-surface px-4">
        {jobs.map((job) => (
          <JobRow key={job.id} job={job} />
        ))}
      </ul>
    </section>
  );
}

function JobRow({ job }: { job: Job }) {
  const { t } = useTranslation();
  const client = useClient();
  const showError = useErrorToast();
  const name = t(`settings.storage.jobs.${job.service}.${job.kind}`, {
    defaultValue: t('settings.storage.jobs.other'),
  });
  const steer = async (how: 'retry' | 'cancel') => {
    try {
      await client.jobs[how]({ id: job.id });
    } catch (error) {
      showError(t('settings.storage.jobFailed'), error);
    }
  };
  return (
    <li className="flex items-start justify-between gap-6 py-3">
      <div className="min-w-0 flex-1">
        <p>{name}</p>
        {job.state === 'running' ? (
          <ProgressBar label={name} done={job.progress?.done ?? 0} total={job.progress?.total ?? null} />
        ) : (
          <p className={job.state === 'failed' ? 'text-danger' : 'text-ink-muted'}>
            {job.error ? `${messageText(t, job.error)} ` : ''}
            {job.state === 'waiting' && job.isKnown ? (
              <>
                {t('settings.storage.jobWaits')} <span data-content>{formatDateTime(job.notBefore)}</span>
              </>
            ) : null}
            {job.isKnown ? null : t('settings.storage.jobUnknown')}
          </p>
        )}
      </div>
      <div className="flex shrink-0 gap-2">
        {job.state !== 'running' && job.isKnown ? (
          <Button size="small" onClick={() => void steer('retry')}>
            {t('settings.storage.jobRetry')}
          </Button>
        ) : null}
        <Button size="small" onClick={() => void steer('cancel')}>
          {t(job.state === 'running' ? 'common.cancel' : 'settings.storage.jobDiscard')}
        </Button>
      </div>
    </li>
  );
}
