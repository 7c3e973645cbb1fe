import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomFieldDefinition } from '#shared/contract/custom-fields.ts';
import type { CustomFieldType } from '#shared/enums.ts';
import type { FieldType } from '#shared/objects/field.ts';
import { type FieldDefinition, fieldsOf, type ObjectName } from '#shared/objects/objects.ts';
import { useCustomFieldsQuery } from '../client/queries.ts';
import { useStageNames } from '../pipeline/stage-names.tsx';
import { type Stage, useStages } from '../pipeline/stages.ts';

/** A field as the interface shows it: built in or custom, with its label. */
export interface DisplayField extends Omit<FieldDefinition, 'type' | 'section' | 'column' | 'sqlType'> {
  readonly type: FieldType | 'number';
  readonly section: FieldDefinition['section'] | 'custom';
  readonly label: string;
  readonly isCustom: boolean;
  /** Options that are not offered any more, and stay where they are chosen. */
  readonly hiddenOptions?: readonly string[];
}

const customTypes: Record<CustomFieldType, DisplayField['type']> = {
  text: 'text',
  number: 'number',
  date: 'date',
  boolean: 'boolean',
  select: 'select',
  multi_select: 'tags',
  url: 'url',
  email: 'email',
  phone: 'phone',
};

function customField(definition: CustomFieldDefinition): DisplayField {
  return {
    key: `custom.${definition.key}`,
    label: definition.label,
    type: customTypes[definition.type],
    section: 'custom',
    isCustom: true,
    isRequired: definition.isRequired,
    // Several choices at once have no order.
    isSortable: definition.type !== 'multi_select' && !definition.isPersonal,
    ...(definition.options.length > 0 ? { options: definition.options } : {}),
  };
}

/** Every field of an object in its order, then its custom fields (once they were read); none where there is no object. */
export function useFields(object: ObjectName | null): readonly DisplayField[] {
  const { t } = useTranslation();
  const { data: custom } = useCustomFieldsQuery(object);
  const stages = useStages();
  return useMemo(() => {
    if (object === null) return [];
    const builtIn = fieldsOf(object).map(
      (field): DisplayField => ({
        ...field,
        ...(field.optionsName === 'opportunityStage' ? stageOptions(stages) : {}),
        label: t(`objects.${object}.fields.${field.key}`),
        isCustom: false,
      }),
    );
    const added = [...(custom ?? [])].sort((a, b) => a.position - b.position).map(customField);
    return [...builtIn, ...added];
  }, [object, custom, stages, t]);
}

/** The stages in the workspace's order. */
function stageOptions(stages: readonly Stage[]): Pick<DisplayField, 'options' | 'hiddenOptions'> {
  return {
    options: stages.map(({ stage }) => stage),
    hiddenOptions: stages.filter(({ isHidden }) => isHidden).map(({ stage }) => stage),
  };
}

/** The label of one of a select field's values. A custom field's options are their own labels. */
export function useOptionLabel(): (field: Pick<DisplayField, 'optionsName'>, value: string) => string {
  const { t } = useTranslation();
  const stageNames = useStageNames();
  return ({ optionsName }, value) => {
    const stageName = optionsName === 'opportunityStage' ? stageNames.get(value) : undefined;
    return stageName ?? (optionsName ? t(`options.${optionsName}.${value}`, value) : value);
  };
}
