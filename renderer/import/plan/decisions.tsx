import { useTranslation } from 'react-i18next';
import type { ImportPlan, ImportQuestion } from '#shared/contract/imports.ts';
import { messageText } from '../../i18n/message.ts';
import { Corrections } from './corrections.tsx';
import { FileLinks } from './file-links.tsx';
import { OptionsForm } from './options-form.tsx';
import { PlanSection } from './plan-section.tsx';
import { QuestionCard } from './question-card.tsx';
import type { PreviewState } from './use-plan-preview.ts';
import { ValueChoices } from './value-choices.tsx';

export interface DecisionsProps {
  plan: ImportPlan;
  preview: PreviewState;
  questions: readonly ImportQuestion[];
  onShowFile: (uploadId: string) => void;
}

/** Everything that a person decides about the files together: questions first, for only they block. */
export function Decisions({ plan, preview, questions, onShowFile }: DecisionsProps) {
  const { t } = useTranslation();
  // Whatever was read has columns.
  const unreadable = plan.files.filter(({ columns }) => columns.length === 0);
  const proposals = preview.data?.proposals ?? [];
  const refusals = preview.data?.refusals ?? [];
  return (
    <div className="mx-auto max-w-180 space-y-8 px-6 py-6" aria-busy={preview.isUpdating}>
      {unreadable.length > 0 ? (
        <PlanSection title={t('imports.unreadable')}>
          <ul className="space-y-2 rounded-lg border border-line bg-danger-soft p-4">
            {unreadable.map(({ uploadId, ignoredReason }) => (
              <li key={uploadId} className="break-words select-text" data-content>
                {ignoredReason ? messageText(t, ignoredReason) : null}
              </li>
            ))}
          </ul>
        </PlanSection>
      ) : null}
      {refusals.length > 0 ? (
        <PlanSection title={t('imports.refusals')}>
          <ul className="space-y-2 rounded-lg border border-line bg-danger-soft p-4" data-refusals>
            {refusals.map((refusal) => {
              const text = messageText(t, refusal);
              return (
                <li key={text} className="break-words select-text" data-content>
                  {text}
                </li>
              );
            })}
          </ul>
        </PlanSection>
      ) : null}
      {questions.length > 0 ? (
        <PlanSection title={t('imports.questions.title')}>
          <div className="space-y-3">
            {questions.map((question) => (
              <QuestionCard
                key={`${question.uploadId}-${question.kind}-${String(question.column)}`}
                question={question}
                onShowFile={() => onShowFile(question.uploadId)}
              />
            ))}
          </div>
        </PlanSection>
      ) : null}
      <ValueChoices columns={preview.data?.valueColumns ?? []} isOneOfMany={plan.files.length > 1} />
      <OptionsForm plan={plan} rowsWithoutAccount={preview.data?.rowsWithoutAccount} />
      {proposals.length > 0 ? <Corrections proposals={proposals} /> : null}
      <FileLinks
        plan={plan}
        missing={preview.data?.missingLinks ?? []}
        isKnown={preview.data !== undefined}
      />
    </div>
  );
}
