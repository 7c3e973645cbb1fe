import { useTranslation } from 'react-i18next';

/** The name of a choice: what the workspace calls it, else the interface. */
export function useChoiceLabel(): (
  target: string | null,
  option: { readonly value: string; readonly label: string | null },
) => string {
  const { t } = useTranslation();
  return (target, { value, label }) => {
    if (label !== null) return label;
    return target === 'status' ? t('imports.values.open') : t(`options.${target ?? ''}.${value}`, value);
  };
}
