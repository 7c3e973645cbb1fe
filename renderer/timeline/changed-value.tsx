import type { ReferenceTarget } from '#shared/objects/field.ts';
import type { ObjectName } from '#shared/objects/objects.ts';
import { usePeopleQuery, useRecordQuery, useWorkspace } from '../client/queries.ts';
import { titleOf } from '../client/record-client.ts';
import { type DisplayField, useOptionLabel } from '../fields/fields.ts';
import { formatDate, formatDateTime, formatMoney, formatPercent } from '../format/format.ts';

const idForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A value as it stood in the history, in the form in which the field shows. */
export function ChangedValue({ field, value }: { field: DisplayField; value: unknown }) {
  const optionLabel = useOptionLabel();
  const { currency } = useWorkspace().workspace;
  if (Array.isArray(value)) return value.map(String).join(', ');
  if (typeof value !== 'string') return JSON.stringify(value);
  switch (field.type) {
    case 'select':
      return optionLabel(field, value);
    case 'reference':
      return idForm.test(value) ? <Named target={field.target ?? 'users'} id={value} /> : value;
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

function Named({ target, id }: { target: ReferenceTarget; id: string }) {
  return target === 'users' ? <PersonName id={id} /> : <RecordName object={target} id={id} />;
}

function PersonName({ id }: { id: string }) {
  const { data } = usePeopleQuery();
  return data?.find((person) => person.id === id)?.fullName ?? '…';
}

function RecordName({ object, id }: { object: ObjectName; id: string }) {
  const { data } = useRecordQuery(object, id);
  return data ? titleOf(data) : '…';
}
