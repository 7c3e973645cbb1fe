import { CircleHelp } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type ImportQuestion, importObjectSchema } from '#shared/contract/imports.ts';
import { Button } from '../../components/button.tsx';
import { formatDate, formatNumber } from '../../format/format.ts';
import { messageText } from '../../i18n/message.ts';
import { changePlan } from '../import-state.ts';
import { useImportActions } from '../use-import-actions.ts';
import { withAnswer, withoutFile } from './plan-edits.ts';

function shownExample(kind: ImportQuestion['kind'], value: string): string {
  if (kind === 'date_order') return formatDate(value);
  return kind === 'decimal_sign' ? formatNumber(value) : value;
}

/** One question, with what each answer makes of a value of the file. */
export function QuestionCard({ question, onShowFile }: { question: ImportQuestion; onShowFile: () => void }) {
  const { t } = useTranslation();
  const { readAgain } = useImportActions();
  const answer = (choice: string) => {
    if (question.kind === 'object') {
      const object = importObjectSchema.safeParse(choice).data;
      if (object) void readAgain(question.uploadId, { object });
      return;
    }
    changePlan((plan) => withAnswer(plan, question, choice) ?? plan);
  };
  const choiceLabel = (value: string) => {
    if (question.kind === 'object') return t(`objects.${value}.many`);
    if (question.kind === 'decimal_sign') {
      return t(`imports.decimalSigns.${value === '.' ? 'point' : 'comma'}`);
    }
    if (question.kind === 'mixed_values') return t(`imports.mixedValues.${value}`);
    if (question.kind === 'header_twice') return t(`imports.repeated.${value}`);
    if (question.kind === 'unknown_values') return t('imports.values.rejectAll');
    return question.kind === 'date_order' ? t(`imports.dateOrders.${value}`) : value;
  };
  return (
    <div className="rounded-lg border border-line bg-warning-soft p-4" data-question={question.kind}>
      <p className="flex gap-2 font-medium">
        <CircleHelp aria-hidden className="mt-0.5 size-4 shrink-0 text-warning" />
        <span className="min-w-0 break-words" data-content>
          {messageText(t, question.message)}
        </span>
      </p>
      <div className="mt-3 flex flex-wrap gap-2 pl-6">
        {question.choices.map(({ value, example }) => (
          <Button
            key={value}
            className="h-auto! flex-col items-start! gap-0! py-1.5"
            onClick={() => answer(value)}
          >
            <span>{choiceLabel(value)}</span>
            {example ? (
              <span className="text-xs font-normal text-ink-muted tabular-nums" data-content>
                {t('imports.questions.reads', {
                  from: example.from,
                  to: shownExample(question.kind, example.to),
                })}
              </span>
            ) : null}
          </Button>
        ))}
        {question.kind === 'object' ? (
          <Button kind="quiet" onClick={() => changePlan((plan) => withoutFile(plan, question.uploadId))}>
            {t('imports.noObject')}
          </Button>
        ) : null}
        {question.choices.length === 0 ? (
          <Button onClick={onShowFile}>{t('imports.questions.show')}</Button>
        ) : null}
      </div>
    </div>
  );
}
