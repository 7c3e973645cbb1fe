import { type AnyRecord, valueOf } from '../client/record-client.ts';
import { hasCents } from '../format/format.ts';
import type { DisplayField } from './fields.ts';

/** The keys of the money fields in which one of the records has cents: their whole column then shows decimals. */
export function fieldsWithCents(
  fields: readonly Pick<DisplayField, 'key' | 'type'>[],
  records: readonly Pick<AnyRecord, 'customFields'>[],
): string[] {
  const isExact = (value: unknown) => typeof value === 'string' && hasCents(value);
  return fields
    .filter(({ key, type }) => type === 'money' && records.some((record) => isExact(valueOf(record, key))))
    .map(({ key }) => key);
}
