import type { DisplayField } from '../fields/fields.ts';

export interface RecordedChange {
  /** A field's key or `custom.<key>`. */
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
}

export interface ShownChange {
  readonly field: DisplayField;
  readonly from: unknown;
  readonly to: unknown;
}

/** The changes of an entry with the fields they are of; a custom field that was removed since is left out. */
export function shownChanges(
  changes: readonly RecordedChange[],
  fields: readonly DisplayField[],
): ShownChange[] {
  const byKey = new Map(fields.map((field) => [field.key, field]));
  return changes.flatMap(({ field: key, from, to }) => {
    const field = byKey.get(key);
    return field ? [{ field, from: from ?? null, to: to ?? null }] : [];
  });
}
