import { definitionOf, fieldsOf, type ObjectName } from '#shared/objects/objects.ts';
import { type AnyRecord, valueOf } from '../client/record-client.ts';
import { formatDate } from '../format/format.ts';

/** Shown beside the title where a person chooses among records that may share it: what tells them apart. */
export function tellingText(object: ObjectName, record: AnyRecord): string | null {
  const fields = fieldsOf(object);
  const values = definitionOf(object).tellsApart.flatMap((key) => {
    const value = valueOf(record, key);
    if (typeof value !== 'string' || value === '') return [];
    return [fields.find((field) => field.key === key)?.type === 'date' ? formatDate(value) : value];
  });
  return values.length > 0 ? values.slice(0, 2).join(' · ') : null;
}
