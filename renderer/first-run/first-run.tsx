import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queryKeys } from '../client/query-keys.ts';
import { useFirstRun } from './first-run-state.ts';
import { NameWorkspace } from './name-workspace.tsx';
import { StartChoice } from './start-choice.tsx';

/** The first minutes: name the workspace and yourself, then choose what to put in it. */
export function FirstRun() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const isChoosing = useFirstRun((state) => state.isChoosing);
  const step = isChoosing ? 2 : 1;
  return (
    <main className="flex h-full justify-center overflow-auto px-6 py-[10vh]">
      <div className="w-full max-w-120">
        <img src="./icon.svg" alt="" className="mb-6 size-10" />
        <p className="text-xs text-ink-faint">{t('firstRun.step', { step, total: 2 })}</p>
        {isChoosing ? (
          <StartChoice />
        ) : (
          <NameWorkspace
            onCreated={(status) => {
              useFirstRun.setState({ isChoosing: true });
              queries.setQueryData(queryKeys.status(), status);
            }}
          />
        )}
      </div>
    </main>
  );
}
