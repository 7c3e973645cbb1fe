import { useTranslation } from 'react-i18next';
import { type DisplayField, useOptionLabel } from '../fields/fields.ts';
import { lockOf } from '../fields/locked.ts';
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
  const lock = lockOf(value);
  if (lock) return t(`fields.locked.${lock}`);
  if (field.type === 'select' && typeof value === 'string') return optionLabel(field, value);
  if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no');
  return valueText(field, value, currency);
}
