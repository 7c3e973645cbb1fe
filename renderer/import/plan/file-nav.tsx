import { CircleAlert, FileSpreadsheet, ListChecks } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FilePlan, ImportPlan, ImportQuestion } from '#shared/contract/imports.ts';
import { classNames } from '../../components/class-names.ts';
import { formatInteger } from '../../format/format.ts';

export interface FileNavProps {
  plan: ImportPlan;
  questions: readonly ImportQuestion[];
  /** The file that shows; null for the decisions about all of them. */
  shown: string | null;
  onShow: (uploadId: string | null) => void;
}

export function FileNav({ plan, questions, shown, onShow }: FileNavProps) {
  const { t } = useTranslation();
  return (
    <nav
      aria-label={t('imports.files')}
      className="w-56 shrink-0 overflow-x-hidden overflow-y-auto border-r border-line p-2"
    >
      <NavItem isShown={shown === null} onShow={() => onShow(null)}>
        <ListChecks aria-hidden className="mt-0.5 size-4 shrink-0" />
        <span className="min-w-0 flex-1 font-medium">{t('imports.decisions')}</span>
      </NavItem>
      <h2 className="px-2 pt-4 pb-1 text-xs font-medium text-ink-faint">{t('imports.files')}</h2>
      {plan.files.map((file) => (
        <NavItem key={file.uploadId} isShown={shown === file.uploadId} onShow={() => onShow(file.uploadId)}>
          <FileSpreadsheet aria-hidden className="mt-0.5 size-4 shrink-0" />
          <FileLabel
            file={file}
            questions={questions.filter(({ uploadId }) => uploadId === file.uploadId).length}
          />
        </NavItem>
      ))}
    </nav>
  );
}

function NavItem({
  isShown,
  onShow,
  children,
}: {
  isShown: boolean;
  onShow: () => void;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      aria-current={isShown ? 'page' : undefined}
      onClick={onShow}
      className={classNames(
        'flex w-full items-start gap-2 rounded-md px-2 py-1.5 text-left',
        isShown ? 'bg-pressed text-ink' : 'text-ink-muted hover:bg-hover hover:text-ink',
      )}
    >
      {children}
    </button>
  );
}

function FileLabel({ file, questions }: { file: FilePlan; questions: number }) {
  const { t } = useTranslation();
  return (
    <span className="min-w-0 flex-1">
      <span className="block truncate font-medium" data-content title={file.fileName}>
        {file.fileName}
      </span>
      <span className="block text-xs text-ink-muted tabular-nums">
        {file.object === null ? t('imports.ignored') : t(`objects.${file.object}.many`)}
        {file.object !== null && file.rowCount !== null ? (
          <span className="ml-2 text-ink-faint">{formatInteger(file.rowCount)}</span>
        ) : null}
      </span>
      {questions > 0 ? (
        <span className="mt-0.5 flex items-center gap-1 text-xs text-warning">
          <CircleAlert aria-hidden className="size-3" />
          {t('imports.openQuestions', { count: questions })}
        </span>
      ) : null}
    </span>
  );
}
