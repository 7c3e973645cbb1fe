import { arrayMove } from '@dnd-kit/sortable';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import type { StageSetting } from '#shared/contract/pipeline.ts';
import { closedStages } from '#shared/enums.ts';
import { useClient } from '../client/client-context.tsx';
import { useMay } from '../client/queries.ts';
import { queryKeys } from '../client/query-keys.ts';
import { Dot } from '../components/badge.tsx';
import { Button } from '../components/button.tsx';
import { Checkbox } from '../components/checkbox.tsx';
import { ErrorState } from '../components/error-state.tsx';
import { Skeleton } from '../components/skeleton.tsx';
import { SortableList } from '../components/sortable-list.tsx';
import { TextInput } from '../components/text-input.tsx';
import { useErrorToast } from '../edits/toasts.tsx';
import { toneOfOption } from '../fields/option-tones.ts';
import { useStageSettings } from '../pipeline/stages.ts';
import { SettingsPage } from './settings-page.tsx';
import { draftOf, readDrafts, type StageDraft } from './stage-drafts.ts';

/** How the workspace names, orders, hides and weights the stages of its pipeline. */
export function StageSettings() {
  const { t } = useTranslation();
  const mayChange = useMay('workspace:update');
  const stages = useStageSettings();
  return (
    <SettingsPage title={t('settings.stages.title')} text={t('settings.stages.text')} isReadOnly={!mayChange}>
      {stages.isPending ? (
        <div aria-busy="true" className="space-y-2">
          {[1, 2, 3, 4, 5, 6, 7, 8].map((row) => (
            <Skeleton key={row} className="h-10 w-full" />
          ))}
        </div>
      ) : stages.data === undefined ? (
        <ErrorState error={stages.error} onRetry={() => void stages.refetch()} />
      ) : (
        // Drawn anew when somebody saved: the drafts begin with what is saved.
        <StageTable key={stages.dataUpdatedAt} stages={stages.data} mayChange={mayChange} />
      )}
    </SettingsPage>
  );
}

function StageTable({ stages, mayChange }: { stages: readonly StageSetting[]; mayChange: boolean }) {
  const { t } = useTranslation();
  const saved = stages.map(draftOf);
  const [drafts, setDrafts] = useState(saved);
  const [wrong, setWrong] = useState<{ stage: string; reason: string } | null>(null);
  const { save, isSaving } = useSaveStages();
  const isChanged = JSON.stringify(drafts) !== JSON.stringify(saved);
  const change = (draft: StageDraft) => {
    setWrong(null);
    setDrafts(drafts.map((one) => (one.stage === draft.stage ? draft : one)));
  };
  const submit = () => {
    const read = readDrafts(drafts, (stage) => t(`options.opportunityStage.${stage}`));
    if (read.ok) void save(read.stages);
    else setWrong(read.wrong);
  };
  const row = (draft: StageDraft, handle: ReactNode) => (
    <StageRow
      draft={draft}
      handle={handle}
      mayChange={mayChange}
      reason={wrong?.stage === draft.stage ? wrong.reason : null}
      onChange={change}
    />
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className="flex items-center gap-3 border-b border-line pr-2 pb-1 pl-9 text-xs font-medium text-ink-faint">
        <span className="flex-1">{t('settings.stages.name')}</span>
        <span className="w-24 text-right">{t('settings.stages.probability')}</span>
        <span className="w-16 text-center">{t('settings.stages.shown')}</span>
      </div>
      {mayChange ? (
        <SortableList
          items={drafts}
          idOf={({ stage }) => stage}
          labelOf={({ stage, label }) => label || t(`options.opportunityStage.${stage}`)}
          onMove={(from, to) => setDrafts(arrayMove(drafts, from, to))}
        >
          {row}
        </SortableList>
      ) : (
        drafts.map((draft) => <div key={draft.stage}>{row(draft, null)}</div>)
      )}
      <p className="mt-3 text-xs text-ink-muted">{t('settings.stages.hint')}</p>
      {mayChange ? (
        <div className="mt-4 flex gap-2">
          <Button kind="primary" type="submit" disabled={!isChanged || isSaving}>
            {t('common.save')}
          </Button>
          {isChanged ? (
            <Button
              kind="quiet"
              onClick={() => {
                setDrafts(saved);
                setWrong(null);
              }}
            >
              {t('settings.discard')}
            </Button>
          ) : null}
        </div>
      ) : null}
    </form>
  );
}

interface StageRowProps {
  draft: StageDraft;
  handle: ReactNode;
  mayChange: boolean;
  /** The text key below `settings.stages.invalid` of what is wrong with it. */
  reason: string | null;
  onChange: (draft: StageDraft) => void;
}

function StageRow({ draft, handle, mayChange, reason, onChange }: StageRowProps) {
  const { t } = useTranslation();
  const { stage } = draft;
  const builtIn = t(`options.opportunityStage.${stage}`);
  const isClosed = closedStages.includes(stage);
  const messageId = `stage-${stage}-message`;
  const message = reason ? { 'aria-invalid': true as const, 'aria-describedby': messageId } : {};
  return (
    <div className="border-b border-line bg-surface py-1.5 pr-2" data-stage-setting={stage}>
      <div className="flex items-center gap-3">
        <span className="flex w-6 justify-center">{handle ?? null}</span>
        <Dot tone={toneOfOption('opportunityStage', stage)} />
        <TextInput
          aria-label={t('settings.stages.nameOf', { stage: builtIn })}
          value={draft.label}
          placeholder={builtIn}
          maxLength={60}
          disabled={!mayChange}
          className="min-w-0 flex-1 placeholder:text-ink-muted"
          data-content
          {...message}
          onChange={(event) => onChange({ ...draft, label: event.target.value })}
        />
        <span className="flex w-24 items-center gap-1">
          <TextInput
            aria-label={t('settings.stages.probabilityOf', { stage: builtIn })}
            value={draft.percent}
            inputMode="decimal"
            disabled={!mayChange || isClosed}
            className="text-right tabular-nums"
            {...message}
            onChange={(event) => onChange({ ...draft, percent: event.target.value })}
          />
          <span aria-hidden className="text-ink-muted">
            %
          </span>
        </span>
        <span className="flex w-16 justify-center">
          <Checkbox
            aria-label={t('settings.stages.show', { stage: builtIn })}
            checked={!draft.isHidden}
            disabled={!mayChange || isClosed}
            onCheckedChange={(checked) => onChange({ ...draft, isHidden: !checked })}
          />
        </span>
      </div>
      {reason ? (
        <p id={messageId} role="alert" className="mt-1 pl-14 text-xs text-danger">
          {t(`settings.stages.invalid.${reason}`)}
        </p>
      ) : null}
    </div>
  );
}

function useSaveStages() {
  const { t } = useTranslation();
  const client = useClient();
  const queries = useQueryClient();
  const showError = useErrorToast();
  const [isSaving, setSaving] = useState(false);
  return {
    isSaving,
    save: async (stages: Parameters<typeof client.pipeline.saveStages>[0]['stages']) => {
      setSaving(true);
      try {
        await client.pipeline.saveStages({ stages });
        await queries.invalidateQueries({ queryKey: queryKeys.pipeline() });
        toast.success(t('settings.stages.saved'));
      } catch (error) {
        showError(t('settings.stages.saveFailed'), error);
      } finally {
        setSaving(false);
      }
    },
  };
}
