import { useTranslation } from 'react-i18next';
import { type ImportObject, importTargets } from '#shared/contract/import-targets.ts';
import type { FilePlan, PreviewRow } from '#shared/contract/imports.ts';
import { useCustomFieldsQuery, useWorkspace } from '../../client/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { classNames } from '../../components/class-names.ts';
import { ErrorState } from '../../components/error-state.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { Spinner } from '../../components/spinner.tsx';
import { isRightAligned } from '../../fields/field-value.tsx';
import { type DisplayField, useFields, useOptionLabel } from '../../fields/fields.ts';
import { valueText } from '../../fields/value-text.ts';
import { formatInteger, hasCents, type MoneyDecimals } from '../../format/format.ts';
import { messageText } from '../../i18n/message.ts';
import { useTargetLabel } from './target-options.ts';
import type { PreviewState } from './use-plan-preview.ts';

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
  const fieldOf = useTargetField(file, object);
  const withCents = (target: string) =>
    rows.some(({ cells }) => cells.some((cell) => cell.target === target && hasCents(cell.value ?? '')));
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
              <th
                key={target}
                scope="col"
                className={classNames('border-b border-line px-3 font-medium', alignmentOf(fieldOf(target)))}
                data-content
              >
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
                <PreviewCell
                  key={target}
                  row={row}
                  target={target}
                  field={fieldOf(target)}
                  moneyDecimals={withCents(target) ? 'always' : 'asNeeded'}
                />
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
  field: TargetField | undefined;
  moneyDecimals: MoneyDecimals;
}

function PreviewCell({ row, target, field, moneyDecimals }: PreviewCellProps) {
  const { t } = useTranslation();
  const shown = useShownValue(row, moneyDecimals);
  const cell = row.cells.find((each) => each.target === target);
  return (
    <td
      className={classNames('max-w-60 truncate px-3 tabular-nums', alignmentOf(field))}
      title={cell?.issue ? messageText(t, cell.issue) : undefined}
      data-content
    >
      {cell?.issue ? (
        <span className="text-danger">
          {cell.value} <span className="text-xs">{messageText(t, cell.issue)}</span>
        </span>
      ) : (
        cell?.value && (field ? shown(field, cell.value) : cell.value)
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

type TargetField = Pick<DisplayField, 'key' | 'type' | 'optionsName'>;

function alignmentOf(field: TargetField | undefined): string {
  return field && isRightAligned(field) ? 'text-right' : 'text-left';
}

/** The field of the object that a cell fills; undefined where it fills none, as in a list of users. */
function useTargetField(file: FilePlan, object: ImportObject): (target: string) => TargetField | undefined {
  const fields = useFields(importTargets(object).customFieldsOf);
  return (target) => {
    const known = fields.find(({ key }) => key === target);
    if (known) return known;
    const made = file.columns.find(
      ({ target: each }) => each.kind === 'new_custom' && `custom.${each.key}` === target,
    )?.target;
    return made?.kind === 'new_custom' ? { key: target, type: made.type } : undefined;
  };
}

/** A value as the lists will show it. */
function useShownValue(
  row: PreviewRow,
  moneyDecimals: MoneyDecimals,
): (field: TargetField, value: string) => string {
  const { t } = useTranslation();
  const optionLabel = useOptionLabel();
  const { workspace } = useWorkspace();
  const currency = row.cells.find(({ target }) => target === 'currency')?.value ?? workspace.currency;
  return (field, value) => {
    if (field.type === 'select') return optionLabel(field, value);
    if (field.type === 'boolean') return t(value === 'true' ? 'common.yes' : 'common.no');
    return valueText(field, value, currency, moneyDecimals);
  };
}

/** The name of what a cell fills. */
function useColumnLabel(file: FilePlan, object: ImportObject): (target: string) => string {
  const label = useTargetLabel(object);
  const custom = useCustomFieldsQuery(importTargets(object).customFieldsOf).data ?? [];
  return (target) => {
    if (!target.startsWith('custom.')) return label(target);
    const key = target.slice('custom.'.length);
    const made = file.columns.find(({ target: each }) => each.kind === 'new_custom' && each.key === key);
    if (made?.target.kind === 'new_custom') return made.target.label;
    return custom.find((field) => field.key === key)?.label ?? key;
  };
}
