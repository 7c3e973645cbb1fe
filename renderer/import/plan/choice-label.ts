import { useOptionLabel } from '../../fields/fields.ts';

/** The name of a choice as the lists show it; an option of a custom field, which is in no set, is its own name. */
export function useChoiceLabel(): (
  optionsName: string | null,
  option: { readonly value: string; readonly label: string | null },
) => string {
  const optionLabel = useOptionLabel();
  return (optionsName, { value, label }) =>
    optionsName === null ? (label ?? value) : optionLabel({ optionsName }, value);
}
