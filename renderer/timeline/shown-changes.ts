import type { ObjectName } from '#shared/objects/objects.ts';
import { fieldsOf } from '#shared/objects/objects.ts';
import type { DisplayField } from '../fields/fields.ts';

export interface RecordedChange {
  /** A field's key or column, `custom.<key>`, or `custom_fields` for several custom fields together. */
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
}

export interface ShownChange {
  readonly field: DisplayField;
  readonly from: unknown;
  readonly to: unknown;
}

/** What of an entry is worth showing: the fields a person knows, custom ones one by one. */
export function shownChanges(
  changes: readonly RecordedChange[],
  fields: readonly DisplayField[],
  object: ObjectName,
): ShownChange[] {
  const byName = new Map<string, DisplayField>();
  for (const field of fields) byName.set(field.key, field);
  for (const { key, column } of fieldsOf(object)) {
    const field = byName.get(key);
    if (field) byName.set(column, field);
  }
  return changes
    .flatMap((change) =>
      change.field === 'custom_fields' || change.field === 'customFields' ? separated(change) : [change],
    )
    .flatMap(({ field: name, from, to }) => {
      const field = byName.get(name);
      return field ? [{ field, from: from ?? null, to: to ?? null }] : [];
    });
}

/** One change of the record's custom fields as one change of each that differs. */
function separated({ from, to }: RecordedChange): RecordedChange[] {
  const before = asRecord(from);
  const after = asRecord(to);
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return Array.from(keys)
    .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
    .map((key) => ({ field: `custom.${key}`, from: before[key] ?? null, to: after[key] ?? null }));
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
