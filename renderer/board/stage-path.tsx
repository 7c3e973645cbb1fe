import { useTranslation } from 'react-i18next';
import { closedStages, type OpportunityStage, opportunityStageSchema } from '#shared/enums.ts';
import { type AnyRecord, valueOf } from '../client/record-client.ts';
import { classNames } from '../components/class-names.ts';
import { useMoveToStage } from '../edits/move-to-stage.ts';
import { useStages } from '../pipeline/stages.ts';

/** The stages as a path: how far an opportunity has come, and one click to move it. */
export function StagePath({ record, canEdit }: { record: AnyRecord; canEdit: boolean }) {
  const { t } = useTranslation();
  const stages = useStages();
  const move = useMoveToStage();
  const current = opportunityStageSchema.safeParse(valueOf(record, 'stage')).data;
  const at = stages.findIndex(({ stage }) => stage === current);
  const shown = stages.filter(({ isHidden, stage }) => !isHidden || stage === current);
  const isClosed = current !== undefined && closedStages.includes(current);

  return (
    <div role="group" aria-label={t('record.stage')} className="mt-3 flex gap-1 overflow-hidden">
      {shown.map(({ stage, label }) => {
        const isCurrent = stage === current;
        const isPassed = !isClosed && stages.findIndex((other) => other.stage === stage) < at;
        return (
          <button
            key={stage}
            type="button"
            disabled={!canEdit}
            aria-pressed={isCurrent}
            aria-label={isCurrent ? label : t('record.moveTo', { stage: label })}
            title={label}
            onClick={() => !isCurrent && void move(record, stage)}
            className={classNames(
              'h-6 min-w-0 flex-1 truncate rounded-sm px-2 text-xs font-medium transition-colors duration-75',
              isCurrent
                ? currentTone(stage)
                : isPassed
                  ? 'bg-accent-soft text-accent-ink'
                  : 'bg-hover text-ink-muted',
              canEdit && !isCurrent && 'hover:bg-pressed hover:text-ink',
            )}
          >
            {label}
          </button>
        );
      })}
    </div>
  );
}

function currentTone(stage: OpportunityStage): string {
  if (stage === 'closed_won') return 'bg-success-soft text-success ring-1 ring-inset ring-success';
  if (stage === 'closed_lost') return 'bg-danger-soft text-danger ring-1 ring-inset ring-danger';
  return 'bg-accent text-on-accent';
}
