import { History } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type FilePlan, type ImportQuestion, importObjectSchema } from '#shared/contract/imports.ts';
import { Button } from '../../components/button.tsx';
import { SelectMenu } from '../../components/select-menu.tsx';
import { formatDayOf, formatInteger } from '../../format/format.ts';
import { messageText } from '../../i18n/message.ts';
import { changePlan } from '../import-state.ts';
import { useImportActions } from '../use-import-actions.ts';
import { ColumnTable } from './column-table.tsx';
import { FormatButton } from './format-button.tsx';
import { notChosen, withoutFile } from './plan-edits.ts';
import { PreviewTable } from './preview-table.tsx';
import { QuestionCard } from './question-card.tsx';
import type { PreviewState } from './use-plan-preview.ts';
import { ValueChoices } from './value-choices.tsx';

const choices = [...importObjectSchema.options, 'none'] as const;

export interface FilePlanViewProps {
  file: FilePlan;
  preview: PreviewState;
  questions: readonly ImportQuestion[];
}

/** One file: what it holds, how it is read, where its columns go, and its first rows as they will be kept. */
export function FilePlanView({ file, preview, questions }: FilePlanViewProps) {
  const { t } = useTranslation();
  const { readAgain, mapAfresh } = useImportActions();
  const own = questions.filter(
    ({ uploadId, choices: given }) => uploadId === file.uploadId && given.length > 0,
  );
  const values = (preview.data?.valueColumns ?? []).filter(({ uploadId }) => uploadId === file.uploadId);
  const setObject = (choice: (typeof choices)[number]) => {
    if (choice === 'none') changePlan((current) => withoutFile(current, file.uploadId));
    else void readAgain(file.uploadId, { format: file.format, object: choice });
  };
  return (
    <div className="px-5 py-4">
      <div className="flex flex-wrap items-center gap-2">
        <h2 className="min-w-0 truncate text-base font-semibold" data-content>
          {file.fileName}
        </h2>
        {file.rememberedSince ? (
          <span className="flex items-center gap-1.5 text-xs text-ink-muted">
            <History aria-hidden className="size-3.5" />
            {t('imports.remembered', { date: formatDayOf(file.rememberedSince) })}
            <Button kind="quiet" size="small" onClick={() => void mapAfresh(file)}>
              {t('imports.mapAfresh')}
            </Button>
          </span>
        ) : null}
        <span className="flex-1" />
        <SelectMenu
          label={t('imports.mapping.object')}
          value={file.object ?? 'none'}
          options={choices.map((value) => ({
            value,
            label: value === 'none' ? t('imports.noObject') : t(`objects.${value}.many`),
          }))}
          onChange={setObject}
        />
        <FormatButton
          key={JSON.stringify(file.format)}
          format={file.format}
          onApply={(format) =>
            void readAgain(file.uploadId, { format, ...(file.object ? { object: file.object } : {}) })
          }
        />
      </div>
      {own.length > 0 ? (
        <div className="mt-4 space-y-3">
          {own.map((question) => (
            <QuestionCard
              key={`${question.kind}-${String(question.column)}`}
              question={question}
              onShowFile={() => undefined}
            />
          ))}
        </div>
      ) : null}
      {file.totalLine !== null && file.object !== null ? (
        <p className="mt-3 text-ink-muted">
          {t('imports.totalRow', { line: formatInteger(file.totalLine) })}
        </p>
      ) : null}
      {file.object === null ? (
        <p className="mt-6 text-ink-muted" data-content>
          {messageText(t, file.ignoredReason ?? notChosen)}
        </p>
      ) : (
        <>
          <ColumnTable file={file} object={file.object} />
          <div className="mt-6 max-w-180 empty:hidden">
            <ValueChoices columns={values} isOneOfMany={false} />
          </div>
          <PreviewTable file={file} object={file.object} preview={preview} />
        </>
      )}
    </div>
  );
}
