import { useTranslation } from 'react-i18next';
import { type ImportObject, importTargets } from '#shared/contract/import-targets.ts';
import type { ColumnPlan, ColumnTarget } from '#shared/contract/imports.ts';
import { useCustomFieldsQuery } from '../../client/queries.ts';
import type { ComboboxOption } from '../../components/combobox.tsx';
import { newCustomTarget } from './plan-edits.ts';

/** The name of a field that a column can fill. */
export function useTargetLabel(object: ImportObject): (field: string) => string {
  const { t } = useTranslation();
  return (field) => {
    return field === 'fullName' || field === 'sourceId'
      ? t(`imports.targets.${field}`)
      : t(`objects.${object}.fields.${field}`);
  };
}

/** What a column of a file can go to, as options of a list, and the way between an option and a target. */
export function useTargetOptions(object: ImportObject) {
  const { t } = useTranslation();
  const label = useTargetLabel(object);
  const { fields, links, customFieldsOf } = importTargets(object);
  const custom = useCustomFieldsQuery(customFieldsOf).data ?? [];

  const options: ComboboxOption[] = [
    { value: 'ignore', label: t('imports.mapping.ignore') },
    ...fields.map(({ key }) => ({ value: `field:${key}`, label: label(key) })),
    ...links.map(({ key }) => ({ value: `link:${key}`, label: label(key) })),
    ...(customFieldsOf === null
      ? []
      : [
          ...custom.map(({ key, label: name }) => ({ value: `custom:${key}`, label: name, isContent: true })),
          { value: 'new_custom', label: t('imports.mapping.newCustom') },
        ]),
  ];
  const keyOf = (target: ColumnTarget): string => {
    if (target.kind === 'field' || target.kind === 'link') return `${target.kind}:${target.field}`;
    return target.kind === 'custom' ? `custom:${target.key}` : target.kind;
  };
  const labelOf = (target: ColumnTarget): string =>
    options.find(({ value }) => value === keyOf(target))?.label ?? keyOf(target);
  const targetOf = (value: string, column: ColumnPlan): ColumnTarget => {
    const [kind, key = ''] = value.split(':');
    if (kind === 'field') return { kind, field: key };
    if (kind === 'link') return { kind, field: key, by: 'name', onMissing: 'create' };
    if (kind === 'custom') return { kind, key };
    return kind === 'new_custom' ? newCustomTarget(column) : { kind: 'ignore' };
  };
  return { options, keyOf, labelOf, targetOf };
}
