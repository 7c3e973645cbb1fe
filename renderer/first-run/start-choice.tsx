import { useNavigate, useRouter } from '@tanstack/react-router';
import { ChevronRight, FileInput, type LucideIcon, Sparkles, SquarePlus } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Progress } from '#shared/contract/workspace.ts';
import { useClient } from '../client/client-context.tsx';
import { Button } from '../components/button.tsx';
import { ProgressBar } from '../components/progress-bar.tsx';
import { useErrorToast } from '../edits/toasts.tsx';
import { formatInteger } from '../format/format.ts';
import { useFirstRun } from './first-run-state.ts';

export function StartChoice() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const router = useRouter();
  const { progress, fill } = useDemo();
  const leave = () => useFirstRun.setState({ isChoosing: false });

  if (progress) return <Filling progress={progress} onLeave={leave} />;
  return (
    <>
      <h1 className="text-2xl font-semibold">{t('firstRun.chooseTitle')}</h1>
      <p className="mt-1 text-base text-ink-muted">{t('firstRun.chooseText')}</p>
      <ul className="mt-8 divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface">
        <Choice
          name="import"
          icon={FileInput}
          onChoose={() => {
            router.history.push('/import');
            leave();
          }}
        />
        <Choice name="demo" icon={Sparkles} onChoose={() => void fill(leave)} />
        <Choice
          name="empty"
          icon={SquarePlus}
          onChoose={() => {
            void navigate({ to: '/$object', params: { object: 'accounts' } });
            leave();
          }}
        />
      </ul>
    </>
  );
}

function Choice({
  name,
  icon: Icon,
  onChoose,
}: {
  name: 'import' | 'demo' | 'empty';
  icon: LucideIcon;
  onChoose: () => void;
}) {
  const { t } = useTranslation();
  return (
    <li>
      <button
        type="button"
        onClick={onChoose}
        className="group flex w-full items-center gap-4 p-4 text-left hover:bg-hover focus-visible:-outline-offset-2"
      >
        <Icon aria-hidden className="size-5 shrink-0 text-accent-ink" />
        <span className="min-w-0 flex-1">
          <span className="block text-base font-semibold">{t(`firstRun.${name}.title`)}</span>
          <span className="block text-ink-muted">{t(`firstRun.${name}.text`)}</span>
        </span>
        <ChevronRight aria-hidden className="size-4 shrink-0 text-ink-faint group-hover:text-ink" />
      </button>
    </li>
  );
}

function Filling({ progress, onLeave }: { progress: Progress; onLeave: () => void }) {
  const { t } = useTranslation();
  return (
    <div aria-live="polite">
      <h1 className="text-2xl font-semibold">{t('firstRun.filling')}</h1>
      <div className="mt-6">
        <ProgressBar label={t('firstRun.filling')} done={progress.done} total={progress.total} />
      </div>
      <p className="mt-2 text-ink-muted tabular-nums">
        {progress.total
          ? t('firstRun.fillingProgress', {
              done: progress.done,
              total: progress.total,
            })
          : formatInteger(progress.done)}
      </p>
      <Button className="mt-6" onClick={onLeave}>
        {t('firstRun.openAnyway')}
      </Button>
    </div>
  );
}

/** Fills the workspace with the example firm. It goes on when the person looks at the app meanwhile. */
function useDemo() {
  const { t } = useTranslation();
  const client = useClient();
  const showError = useErrorToast();
  const [progress, setProgress] = useState<Progress | null>(null);
  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);

  const fill = async (onDone: () => void) => {
    setProgress({ done: 0, total: null, step: '' });
    try {
      for await (const step of await client.workspace.fillWithDemo({})) {
        if (isShown.current) setProgress(step);
      }
      onDone();
    } catch (error) {
      setProgress(null);
      showError(t('firstRun.fillFailed'), error);
    }
  };
  return { progress, fill };
}
