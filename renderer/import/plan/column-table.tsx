import { useTranslation } from 'react-i18next';
import type { ImportObject } from '#shared/contract/import-targets.ts';
import {
  type ColumnPlan,
  dateOrderSchema,
  decimalSignSchema,
  type FilePlan,
  onMissingLinkSchema,
} from '#shared/contract/imports.ts';
import { Combobox } from '../../components/combobox.tsx';
import { SelectMenu } from '../../components/select-menu.tsx';
import { formatNumber } from '../../format/format.ts';
import { changePlan } from '../import-state.ts';
import { NewFieldBoxes } from './new-field-boxes.tsx';
import { withColumn } from './plan-edits.ts';
import { useTargetOptions } from './target-options.ts';

/** Where each column goes, with what it holds. */
export function ColumnTable({ file, object }: { file: FilePlan; object: ImportObject }) {
  const { t } = useTranslation();
  return (
    <div className="mt-4 overflow-x-auto rounded-lg border border-line" data-scroll-x>
      <table className="w-full table-fixed text-left">
        <caption className="sr-only">{t('imports.mapping.title')}</caption>
        <thead>
          <tr className="h-8 text-xs text-ink-faint">
            <th scope="col" className="w-[32%] border-b border-line px-3 font-medium">
              {t('imports.mapping.column')}
            </th>
            <th scope="col" className="w-[32%] border-b border-line px-3 font-medium">
              {t('imports.mapping.target')}
            </th>
            <th scope="col" className="border-b border-line px-3 font-medium">
              {t('imports.mapping.details')}
            </th>
          </tr>
        </thead>
        <tbody>
          {file.columns.map((column) => (
            <ColumnRow key={column.index} file={file} object={object} column={column} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface ColumnRowProps {
  file: FilePlan;
  object: ImportObject;
  column: ColumnPlan;
}

function ColumnRow({ file, object, column }: ColumnRowProps) {
  const { t } = useTranslation();
  const { options, keyOf, labelOf, targetOf } = useTargetOptions(object);
  const set = (values: Partial<ColumnPlan>) =>
    changePlan((plan) => withColumn(plan, file.uploadId, column.index, values));
  const header =
    column.header.trim() === '' ? t('imports.mapping.noHeader', { number: column.index + 1 }) : column.header;
  return (
    <tr className="border-b border-line align-top last:border-0" data-column={column.header}>
      <th scope="row" className="px-3 py-2 font-normal">
        <span className="block truncate font-medium" data-content title={header}>
          {header}
        </span>
        <span className="block truncate text-xs text-ink-faint" data-content>
          {column.samples.join(' · ')}
        </span>
        {column.misfits && column.target.kind !== 'ignore' && !isText(column) ? (
          <span className="block truncate text-xs text-warning" data-content title={column.misfits.sample}>
            {t('imports.mapping.misfits', {
              count: column.misfits.rows,
              sample: column.misfits.sample,
            })}
          </span>
        ) : null}
      </th>
      <td className="px-3 py-2">
        <Combobox
          label={t('imports.mapping.targetOf', { header })}
          value={keyOf(column.target)}
          display={<span data-content>{labelOf(column.target)}</span>}
          options={options}
          onChange={(option) => option && set({ target: targetOf(option.value, column), isRepeated: false })}
          {...(column.target.kind === 'ignore' ? { className: 'text-ink-faint' } : {})}
        />
      </td>
      <td className="px-3 py-2">
        <ReadAs column={column} set={set} />
      </td>
    </tr>
  );
}

function isText({ target }: ColumnPlan): boolean {
  return target.kind === 'new_custom' && target.type === 'text';
}

const small = 'h-7! max-w-full text-xs!';

/** How the values are read, as far as they leave a choice. */
function ReadAs({ column, set }: { column: ColumnPlan; set: (values: Partial<ColumnPlan>) => void }) {
  const { t } = useTranslation();
  const { target } = column;
  if (target.kind === 'ignore') return null;
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      {target.kind === 'link' ? (
        <>
          <SelectMenu
            label={t('imports.mapping.byLabel')}
            className={small}
            value={target.by}
            options={(['name', 'source_id'] as const).map((value) => ({
              value,
              label: t(`imports.mapping.by.${value}`),
            }))}
            onChange={(by) => set({ target: { ...target, by } })}
          />
          <SelectMenu
            label={t('imports.mapping.onMissing')}
            className={small}
            value={target.onMissing}
            options={onMissingLinkSchema.options.map((value) => ({
              value,
              label: t(`imports.onMissings.${value}`),
            }))}
            onChange={(onMissing) => set({ target: { ...target, onMissing } })}
          />
        </>
      ) : null}
      {target.kind === 'new_custom' ? (
        <NewFieldBoxes target={target} onChange={(next) => set({ target: next })} />
      ) : null}
      {column.detected === 'date' && column.dateOrder !== null ? (
        <SelectMenu
          label={t('imports.mapping.dateOrder')}
          className={small}
          value={column.dateOrder}
          options={dateOrderSchema.options.map((value) => ({
            value,
            label: t(`imports.dateOrders.${value}`),
          }))}
          onChange={(dateOrder) => set({ dateOrder })}
        />
      ) : null}
      {column.detected === 'number' && column.decimalSign !== null ? (
        <SelectMenu
          label={t('imports.mapping.decimalSign')}
          className={small}
          value={column.decimalSign}
          options={decimalSignSchema.options.map((value) => ({
            value,
            label: t(`imports.decimalSigns.${value === '.' ? 'point' : 'comma'}`),
          }))}
          onChange={(decimalSign) => set({ decimalSign })}
        />
      ) : null}
      {(column.detected === 'number' || column.detected === 'integer') && target.kind !== 'link' ? (
        <Multiplier value={column.multiplier} onChange={(multiplier) => set({ multiplier })} />
      ) : null}
      {column.describedScale && target.kind !== 'link' ? (
        <p className="w-full text-xs break-words text-ink-muted">
          {t('imports.mapping.describedScale', {
            fileName: column.describedScale.fileName,
            description: column.describedScale.description,
            factor: Number(column.describedScale.multiplier),
          })}
        </p>
      ) : null}
    </div>
  );
}

const multipliers = ['0.01', '1', '1000', '1000000', '1000000000'];

function Multiplier({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation();
  const offered = multipliers.includes(value) ? multipliers : [...multipliers, value];
  return (
    <SelectMenu
      label={t('imports.mapping.multiplierLabel')}
      className={small}
      value={value}
      options={offered.map((factor) => ({ value: factor, label: `× ${formatNumber(factor)}` }))}
      onChange={onChange}
    />
  );
}
