import { useTranslation } from 'react-i18next';
import type { ColumnTarget } from '#shared/contract/imports.ts';
import { SelectMenu } from '../../components/select-menu.tsx';
import { TextInput } from '../../components/text-input.tsx';

type NewField = Extract<ColumnTarget, { kind: 'new_custom' }>;

const types = ['text', 'number', 'date', 'boolean', 'url', 'email', 'phone'] as const;

/** The name and kind of a custom field that the import makes. */
export function NewFieldBoxes({
  target,
  onChange,
}: {
  target: NewField;
  onChange: (target: NewField) => void;
}) {
  const { t } = useTranslation();
  return (
    <>
      <TextInput
        aria-label={t('imports.mapping.customLabel')}
        className="h-7! w-32! text-xs!"
        value={target.label}
        maxLength={200}
        onChange={(event) => {
          if (event.target.value.trim() !== '') onChange({ ...target, label: event.target.value });
        }}
      />
      <SelectMenu
        label={t('imports.mapping.customType')}
        className="h-7! text-xs!"
        value={target.type}
        options={types.map((value) => ({ value, label: t(`imports.customTypes.${value}`) }))}
        onChange={(type) => onChange({ ...target, type })}
      />
    </>
  );
}
