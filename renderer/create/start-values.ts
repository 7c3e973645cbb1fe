import type { DisplayField } from '../fields/fields.ts';
import type { CreateRequest } from '../navigation/create-state.ts';
import type { ScreenObject } from '../objects/define.ts';

export function isFirstField({ firstFields }: ScreenObject, field: DisplayField): boolean {
  return field.isRequired === true || firstFields.includes(field.key);
}

/** One field's state in the form: its value, the name of what a reference points at, and why it is no value. */
export interface FormEntry {
  value: unknown;
  display: string | null;
  reason: string | null;
}

/** The form library reads dots in names as paths; custom fields' keys have one. */
export function formName(key: string): string {
  return key.replace('.', '/');
}

export function startEntries(
  screen: ScreenObject,
  fields: readonly DisplayField[],
  request: CreateRequest,
): Record<string, FormEntry> {
  return Object.fromEntries(
    fields.map((field) => [
      formName(field.key),
      {
        value: request.values?.[field.key] ?? startValue(screen, field),
        display: request.displays?.[field.key] ?? null,
        reason: null,
      },
    ]),
  );
}

function startValue({ startValues }: ScreenObject, field: DisplayField): unknown {
  const start = startValues[field.key] ?? null;
  return typeof start === 'function' ? start(field) : start;
}

/** What to send: only what was filled in, custom fields together. */
export function valuesOf(
  fields: readonly DisplayField[],
  entries: Readonly<Record<string, FormEntry>>,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  const customFields: Record<string, unknown> = {};
  for (const { key, isCustom } of fields) {
    const value = entries[formName(key)]?.value ?? null;
    if (value === null || value === '') continue;
    if (isCustom) customFields[key.slice('custom.'.length)] = value;
    else values[key] = value;
  }
  return Object.keys(customFields).length > 0 ? { ...values, customFields } : values;
}
