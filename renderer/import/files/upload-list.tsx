import { Check, FileSpreadsheet } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { Spinner } from '../../components/spinner.tsx';
import { formatBytes } from '../../format/format.ts';
import type { FileUpload } from '../import-step.ts';

/** The files on their way in. */
export function UploadList({
  uploads,
  isInspecting,
}: {
  uploads: readonly FileUpload[];
  isInspecting: boolean;
}) {
  const { t } = useTranslation();
  return (
    <div aria-live="polite">
      <h2 className="flex items-center gap-2 text-base font-semibold">
        <Spinner />
        {isInspecting ? t('imports.inspecting') : t('imports.uploading')}
      </h2>
      <ul className="mt-4 divide-y divide-line rounded-lg border border-line">
        {uploads.map(({ name, sizeBytes, sentBytes }, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- two files may have the same name
          <li key={index} className="flex items-center gap-3 px-4 py-3">
            <FileSpreadsheet aria-hidden className="size-4 shrink-0 text-ink-muted" />
            <span className="min-w-0 flex-1 truncate font-medium" data-content>
              {name}
            </span>
            <span className="text-xs text-ink-muted tabular-nums" data-content>
              {formatBytes(sizeBytes)}
            </span>
            <span className="flex w-40 justify-end" data-content>
              {sentBytes >= sizeBytes ? (
                <Check aria-label={t('imports.uploaded')} className="size-4 text-success" />
              ) : (
                <ProgressBar label={name} done={sentBytes} total={sizeBytes} />
              )}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
