import { useWorkspace } from '../client/queries.ts';
import { type DisplayField, useOptionLabel } from '../fields/fields.ts';
import { formatDate, formatDateTime, formatMoney, formatPercent } from '../format/format.ts';

/** A value as it stood in the history, in the form in which the field shows. References come by their names. */
export function ChangedValue({ field, value }: { field: DisplayField; value: unknown }) {
  const optionLabel = useOptionLabel();
  const { currency } = useWorkspace().workspace;
  if (Array.isArray(value)) return value.map(String).join(', ');
  if (typeof value !== 'string') return JSON.stringify(value);
  switch (field.type) {
    case 'select':
      return optionLabel(field, value);
    case 'money':
      return formatMoney(value, currency);
    case 'percent':
      return formatPercent(value);
    case 'date':
      return formatDate(value);
    case 'datetime':
      return formatDateTime(value);
    default:
      return value;
  }
}
