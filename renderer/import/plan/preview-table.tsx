import { useTranslation } from 'react-i18next';
import type { ImportObject } from '#shared/contract/import-targets.ts';
import type { FilePlan, PreviewRow } from '#shared/contract/imports.ts';
import { fieldsOf } from '#shared/objects/objects.ts';
import { useCustomFieldsQuery } from '../../client/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { Spinner } from '../../components/spinner.tsx';
import { useOptionLabel } from '../../fields/fields.ts';
import { formatDate, formatInteger } from '../../format/format.ts';
import { messageText } from '../../i18n/message.ts';
import type { PreviewState } from './plan-screen.tsx';
import { useTargetLabel } from './target-options.ts';

export interface PreviewTableProps {
  file: FilePlan;
  object: ImportObject;
  preview: PreviewState;
}

/** The first rows of a file as they will be kept, with what is wrong in them. */
export function PreviewTable({ file, object, preview }: PreviewTableProps) {
  const { t } = useTranslation();
  const rows = preview.data?.files.find(({ uploadId }) => uploadId === file.uploadId)?.rows;
  return (
    <section className="mt-6">
      <h3 className="flex items-center gap-2 font-semibold">
        {t('imports.preview.title')}
        <span className="font-normal text-ink-muted">{t('imports.preview.text')}</span>
        {preview.isUpdating ? <Spinner /> : null}
      </h3>
      {preview.error ? (
        <ErrorState error={preview.error} onRetry={preview.retry} />
      ) : rows === undefined ? (
        <Skeleton className="mt-2 h-40 w-full" />
      ) : rows.length === 0 ? (
        <p className="mt-2 text-ink-muted">{t('imports.preview.empty')}</p>
      ) : (
        <Rows rows={rows} file={file} object={object} />
      )}
    </section>
  );
}

function Rows({ rows, file, object }: { rows: readonly PreviewRow[]; file: FilePlan; object: ImportObject }) {
  const { t } = useTranslation();
  const label = useColumnLabel(file, object);
  const shown = useShownValue(object);
  const targets = Array.from(new Set(rows.flatMap(({ cells }) => cells.map(({ target }) => target))));
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolled area must be reachable by keyboard
    <div data-scroll-x tabIndex={0} className="mt-2 overflow-x-auto rounded-lg border border-line">
      <table className="min-w-full text-left whitespace-nowrap">
        <thead>
          <tr className="h-8 text-xs text-ink-faint">
            <th scope="col" className="border-b border-line px-3 text-right font-medium">
              {t('imports.preview.line')}
            </th>
            <th scope="col" className="border-b border-line px-3 font-medium">
              {t('imports.preview.result')}
            </th>
            {targets.map((target) => (
              <th key={target} scope="col" className="border-b border-line px-3 font-medium" data-content>
                {label(target)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.line} className="h-8 border-b border-line last:border-0">
              <td className="px-3 text-right text-xs text-ink-faint tabular-nums">
                {formatInteger(row.line)}
              </td>
              <td className="max-w-60 truncate px-3">
                <Result row={row} />
              </td>
              {targets.map((target) => (
                <PreviewCell key={target} row={row} target={target} shown={shown} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface PreviewCellProps {
  row: PreviewRow;
  target: string;
  shown: (target: string, value: string) => string;
}

function PreviewCell({ row, target, shown }: PreviewCellProps) {
  const { t } = useTranslation();
  const cell = row.cells.find((each) => each.target === target);
  return (
    <td
      className="max-w-60 truncate px-3"
      title={cell?.issue ? messageText(t, cell.issue) : undefined}
      data-content
    >
      {cell?.issue ? (
        <span className="text-danger">
          {cell.value} <span className="text-xs">{messageText(t, cell.issue)}</span>
        </span>
      ) : (
        cell?.value && shown(target, cell.value)
      )}
    </td>
  );
}

function Result({ row }: { row: PreviewRow }) {
  const { t } = useTranslation();
  if (row.issue !== null) {
    return (
      <>
        <Badge tone="danger">{t('imports.preview.rejected')}</Badge>
        <span className="ml-2 text-xs text-danger" title={messageText(t, row.issue)} data-content>
          {messageText(t, row.issue)}
        </span>
      </>
    );
  }
  if (row.match === null) return <Badge tone="success">{t('imports.preview.new')}</Badge>;
  const { name, isTrashed } = row.match;
  return (
    <Badge tone={isTrashed ? 'warning' : 'accent'}>
      <span data-content>
        {t(isTrashed ? 'imports.preview.matchTrashed' : 'imports.preview.match', { name })}
      </span>
    </Badge>
  );
}

/** A value as the lists will show it. */
function useShownValue(object: ImportObject): (target: string, value: string) => string {
  const optionLabel = useOptionLabel();
  return (target, value) => {
    const field = object === 'people' ? undefined : fieldsOf(object).find(({ key }) => key === target);
    if (field?.type === 'date') return formatDate(value);
    return field?.type === 'select' ? optionLabel(field, value) : value;
  };
}

/** The name of what a cell fills. */
function useColumnLabel(file: FilePlan, object: ImportObject): (target: string) => string {
  const label = useTargetLabel(object);
  const custom = useCustomFieldsQuery(object === 'people' ? 'contacts' : object).data ?? [];
  return (target) => {
    if (!target.startsWith('custom.')) return label(target);
    const key = target.slice('custom.'.length);
    const made = file.columns.find(({ target: each }) => each.kind === 'new_custom' && each.key === key);
    if (made?.target.kind === 'new_custom') return made.target.label;
    return custom.find((field) => field.key === key)?.label ?? key;
  };
}
