import { Plus, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { FilterCondition, FilterGroup } from '#shared/contract/list.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { Combobox } from '../../components/combobox.tsx';
import { SelectMenu } from '../../components/select-menu.tsx';
import type { DisplayField } from '../../fields/fields.ts';
import { importField } from '../../grid/list-settings.ts';
import { deepestGroup, isGroup, newCondition, operandsOf, operatorsOf } from './filter-model.ts';
import { FilterValues } from './filter-values.tsx';

export interface FilterBuilderProps {
  group: FilterGroup;
  fields: readonly DisplayField[];
  onChange: (group: FilterGroup) => void;
  depth?: number;
}

/** Conditions and nested groups, joined by one word per group. */
export function FilterBuilder({ group, fields, onChange, depth = 1 }: FilterBuilderProps) {
  const { t } = useTranslation();
  const first = fields[0];
  const add = (node: FilterCondition | FilterGroup) =>
    onChange({ ...group, conditions: [...group.conditions, node] });
  const replace = (index: number, node: FilterCondition | FilterGroup) =>
    onChange({ ...group, conditions: group.conditions.map((other, at) => (at === index ? node : other)) });
  const remove = (index: number) =>
    onChange({ ...group, conditions: group.conditions.filter((_, at) => at !== index) });

  return (
    <div className="flex flex-col gap-2">
      {group.conditions.map((node, index) => (
        // Conditions have no identity of their own; a control's state follows its place.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className="flex items-start gap-2">
          <div className="flex w-18 shrink-0 items-center">
            {index === 0 ? (
              <span className="flex h-8 items-center px-2.5 text-ink-muted">{t('lists.filter.where')}</span>
            ) : index === 1 ? (
              <SelectMenu
                label={t('lists.filter.join')}
                value={group.join}
                options={[
                  { value: 'and', label: t('lists.filter.and') },
                  { value: 'or', label: t('lists.filter.or') },
                ]}
                onChange={(join) => onChange({ ...group, join })}
                className="w-full"
              />
            ) : (
              <span className="flex h-8 items-center px-2.5 text-ink-muted">
                {t(`lists.filter.${group.join}`)}
              </span>
            )}
          </div>
          {isGroup(node) ? (
            <div className="min-w-0 flex-1 rounded-md border border-line bg-canvas p-2">
              <FilterBuilder
                group={node}
                fields={fields}
                onChange={(next) => replace(index, next)}
                depth={depth + 1}
              />
            </div>
          ) : (
            <Condition condition={node} fields={fields} onChange={(next) => replace(index, next)} />
          )}
          <IconButton
            label={t('lists.filter.removeCondition')}
            className="mt-0.5"
            onClick={() => remove(index)}
          >
            <X aria-hidden />
          </IconButton>
        </div>
      ))}
      <div className="flex gap-1">
        <Button kind="quiet" size="small" onClick={() => first && add(newCondition(first))}>
          <Plus aria-hidden />
          {t('lists.filter.addCondition')}
        </Button>
        {depth < deepestGroup ? (
          <Button
            kind="quiet"
            size="small"
            onClick={() => first && add({ join: 'or', conditions: [newCondition(first)] })}
          >
            <Plus aria-hidden />
            {t('lists.filter.addGroup')}
          </Button>
        ) : null}
      </div>
    </div>
  );
}

interface ConditionProps {
  condition: FilterCondition;
  fields: readonly DisplayField[];
  onChange: (condition: FilterCondition) => void;
}

function Condition({ condition, fields, onChange }: ConditionProps) {
  const { t } = useTranslation();
  const field = fields.find(({ key }) => key === condition.field);
  const kind = field && ['date', 'datetime'].includes(field.type) ? 'dateOperators' : 'operators';
  return (
    <div className="flex min-w-0 flex-1 basis-128 flex-wrap items-start gap-2">
      <Combobox
        label={t('lists.filter.field')}
        value={condition.field}
        display={
          <span data-content={field?.isCustom ? '' : undefined}>
            {field?.label ?? (condition.field === importField ? t('lists.filter.import') : condition.field)}
          </span>
        }
        options={fields.map(({ key, label, isCustom }) => ({ value: key, label, isContent: isCustom }))}
        onChange={(option) => {
          const next = fields.find(({ key }) => key === option?.value);
          if (next) onChange(newCondition(next));
        }}
        className="w-40!"
      />
      {field ? (
        <>
          <SelectMenu
            label={t('lists.filter.operator')}
            value={condition.operator}
            options={operatorsOf(field).map((operator) => ({
              value: operator,
              label: t(`lists.filter.${kind}.${operator}`),
            }))}
            onChange={(operator) =>
              onChange({
                ...condition,
                operator,
                values: operandsOf(operator) === operandsOf(condition.operator) ? condition.values : [],
              })
            }
            className="w-36"
          />
          <FilterValues
            field={field}
            condition={condition}
            onChange={(values) => onChange({ ...condition, values })}
          />
        </>
      ) : null}
    </div>
  );
}
