import { useTranslation } from 'react-i18next';
import { useOptionLabel } from '../../fields/fields.ts';

/** Whose names a column's choices have; a column of the status holds stages, and "open" for all that are not closed. */
const optionsNames: Readonly<Record<string, string>> = {
  stage: 'opportunityStage',
  status: 'opportunityStage',
  lifecycleStage: 'lifecycleStage',
};

/** The name of a choice as the lists show it; an option of a custom field is its own name. */
export function useChoiceLabel(): (
  target: string | null,
  option: { readonly value: string; readonly label: string | null },
) => string {
  const { t } = useTranslation();
  const optionLabel = useOptionLabel();
  return (target, { value, label }) => {
    if (target === 'status' && value === 'open') return t('imports.values.open');
    const optionsName = optionsNames[target ?? ''];
    return optionsName ? optionLabel({ optionsName }, value) : (label ?? value);
  };
}
