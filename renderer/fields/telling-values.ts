import type { ObjectName } from '#shared/objects/objects.ts';
import { type AnyRecord, valueOf } from '../client/record-client.ts';
import { formatDate } from '../format/format.ts';

/** What tells a record from another of its name, the most telling first. */
const tellingFields: Record<ObjectName, readonly string[]> = {
  accounts: ['domain', 'addressCity'],
  contacts: ['accountName', 'email'],
  opportunities: ['accountName', 'contactName', 'closeDate'],
  products: ['sku', 'series'],
};

/** Shown beside the name where a person chooses among records that may share it. */
export function tellingText(object: ObjectName, record: AnyRecord): string | null {
  const values = tellingFields[object].flatMap((key) => {
    const value = valueOf(record, key);
    if (typeof value !== 'string' || value === '') return [];
    return [key === 'closeDate' ? formatDate(value) : value];
  });
  return values.length > 0 ? values.slice(0, 2).join(' · ') : null;
}
