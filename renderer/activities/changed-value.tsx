import { useTranslation } from 'react-i18next';
import { type DisplayField, useOptionLabel } from '../fields/fields.ts';
import { valueText } from '../fields/value-text.ts';

export interface ChangedValueProps {
  field: DisplayField;
  value: unknown;
  /** That of the record's amounts. */
  currency: string;
}

/** A value as it stood in the history, in the form in which the field shows. References come by their names. */
export function ChangedValue({ field, value, currency }: ChangedValueProps) {
  const { t } = useTranslation();
  const optionLabel = useOptionLabel();
  if (field.type === 'select' && typeof value === 'string') return optionLabel(field, value);
  if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no');
  return valueText(field, value, currency);
}
