import { useQueries } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FilterCondition } from '#shared/contract/list.ts';
import { isObject } from '#shared/objects/objects.ts';
import { dayOf } from '#shared/time-zones.ts';
import { useClient } from '../../client/client-context.tsx';
import { queryKeys } from '../../client/query-keys.ts';
import { recordClient, titleOf } from '../../client/record-client.ts';
import { Combobox } from '../../components/combobox.tsx';
import { SelectMenu } from '../../components/select-menu.tsx';
import { FieldInput } from '../../fields/field-input.tsx';
import { type DisplayField, useOptionLabel } from '../../fields/fields.ts';
import { useReferenceOptions } from '../../fields/reference-options.ts';
import { shownTimeZone } from '../../format/format.ts';
import { operandsOf } from './filter-model.ts';

type Values = FilterCondition['values'];

export interface FilterValuesProps {
  field: DisplayField;
  condition: FilterCondition;
  onChange: (values: Values) => void;
}

/** The control for what a condition compares with. */
export function FilterValues({ field, condition, onChange }: FilterValuesProps) {
  const { t } = useTranslation();
  const { values } = condition;
  switch (operandsOf(condition.operator)) {
    case 'list':
      return field.type === 'reference' ? (
        <ReferenceValues field={field} values={values} onChange={onChange} />
      ) : (
        <OptionValues field={field} values={values} onChange={onChange} />
      );
    case 'two':
      return (
        <div className="flex min-w-0 flex-1 items-center gap-2">
          <OneValue
            field={field}
            value={values[0]}
            onChange={(value) => onChange([value, values[1] ?? ''])}
          />
          <span className="text-xs text-ink-faint">{t('lists.filter.and')}</span>
          <OneValue
            field={field}
            value={values[1]}
            onChange={(value) => onChange([values[0] ?? '', value])}
          />
        </div>
      );
    case 'one':
      return field.type === 'boolean' ? (
        <SelectMenu
          label={field.label}
          value={values[0] === false ? 'no' : 'yes'}
          options={[
            { value: 'yes', label: t('common.yes') },
            { value: 'no', label: t('common.no') },
          ]}
          onChange={(value) => onChange([value === 'yes'])}
          className="flex-1"
        />
      ) : (
        <OneValue field={field} value={values[0]} onChange={(value) => onChange([value])} />
      );
    case 'none':
    default:
      return null;
  }
}

type Value = Values[number];

/** A moment is asked for, and sent, as a day: all its moments in the workspace's time zone. */
function OneValue({
  field,
  value,
  onChange,
}: {
  field: DisplayField;
  value: Value | undefined;
  onChange: (value: Value) => void;
}) {
  const isMoment = field.type === 'datetime';
  const shown: DisplayField = isMoment
    ? { ...field, type: 'date' }
    : field.type === 'tags'
      ? { ...field, type: 'text' }
      : field;
  const given = isMoment && typeof value === 'string' && value !== '' ? dayShown(value) : (value ?? null);
  return (
    <div className="min-w-32 flex-1">
      <FieldInput
        field={shown}
        value={given}
        onChange={({ value: next, reason }) => {
          if (reason !== null) return;
          if (next === null) onChange('');
          else if (typeof next === 'string' || typeof next === 'number' || typeof next === 'boolean')
            onChange(next);
        }}
      />
    </div>
  );
}

/** Of a view that was saved with a moment, its day. */
function dayShown(operand: string): string {
  return operand.length === 'YYYY-MM-DD'.length ? operand : dayOf(operand, shownTimeZone());
}

interface ListValuesProps {
  field: DisplayField;
  values: Values;
  onChange: (values: Values) => void;
}

function OptionValues({ field, values, onChange }: ListValuesProps) {
  const optionLabel = useOptionLabel();
  const options = (field.options ?? []).map((option) => ({
    value: option,
    label: optionLabel(field, option),
    isContent: field.isCustom,
  }));
  return <PickedValues field={field} values={values} onChange={onChange} options={options} />;
}

function ReferenceValues({ field, values, onChange }: ListValuesProps) {
  const client = useClient();
  const target = field.target ?? 'users';
  const [isOpen, setOpen] = useState(false);
  const { options, isLoading, setSearch } = useReferenceOptions(target, isOpen);
  const named = useQueries({
    queries: values.map((id) => ({
      queryKey: isObject(target) ? queryKeys.record(target, String(id)) : ['workspace', 'person', id],
      queryFn: async () => {
        if (isObject(target)) return recordClient(client, target).get({ id: String(id) });
        return (await client.workspace.people({})).find((one) => one.id === id) ?? null;
      },
    })),
  });
  const names = new Map(
    values.map((id, index) => {
      const record = named[index]?.data;
      if (!record) return [id, ''];
      if ('fullName' in record) return [id, record.fullName];
      return [id, isObject(target) ? titleOf(target, record) : ''];
    }),
  );
  return (
    <PickedValues
      field={field}
      values={values}
      onChange={onChange}
      options={options}
      names={names}
      search={{ onSearch: setSearch, isLoading, isOpen, onOpenChange: setOpen }}
    />
  );
}

interface PickedValuesProps extends ListValuesProps {
  options: readonly { value: string; label: string; isContent?: boolean }[];
  names?: ReadonlyMap<Value, string>;
  search?: {
    onSearch: (text: string) => void;
    isLoading: boolean;
    isOpen: boolean;
    onOpenChange: (isOpen: boolean) => void;
  };
}

function PickedValues({ field, values, onChange, options, names, search }: PickedValuesProps) {
  const { t } = useTranslation();
  const labelOf = (value: Value) =>
    names?.get(value) ?? options.find((option) => option.value === value)?.label ?? String(value);
  return (
    <div className="flex min-h-8 min-w-0 flex-1 flex-wrap items-center gap-1.5">
      {values.map((value) => (
        <button
          key={String(value)}
          type="button"
          aria-label={t('lists.filter.removeValue', { value: labelOf(value) })}
          onClick={() => onChange(values.filter((other) => other !== value))}
          className="inline-flex h-6 max-w-40 items-center gap-1 rounded-sm bg-pressed px-1.5 text-xs hover:text-danger"
        >
          <span className="truncate" data-content={names || field.isCustom ? '' : undefined}>
            {labelOf(value)}
          </span>
          <X aria-hidden className="size-3" />
        </button>
      ))}
      <Combobox
        label={field.label}
        value={null}
        display={null}
        placeholder={t(values.length > 0 ? 'lists.filter.addValue' : 'lists.filter.chooseValue')}
        options={options.filter((option) => !values.includes(option.value))}
        onChange={(option) => {
          if (option) onChange([...values, option.value]);
        }}
        {...search}
        className="w-24!"
      />
    </div>
  );
}
