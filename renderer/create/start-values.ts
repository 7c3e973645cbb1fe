import type { ObjectName } from '#shared/objects/objects.ts';
import type { DisplayField } from '../fields/fields.ts';
import type { CreateRequest } from '../navigation/create-state.ts';

/** What is asked before "More fields": enough to recognise the record again. */
const firstFields: Record<ObjectName, readonly string[]> = {
  accounts: ['name', 'industry', 'website', 'phoneOffice', 'addressCity', 'addressCountry'],
  contacts: ['firstName', 'lastName', 'jobTitle', 'accountId', 'email', 'phoneMobile'],
  opportunities: ['name', 'accountId', 'contactId', 'stage', 'amount', 'closeDate'],
  products: ['name', 'sku', 'series', 'unitPrice'],
};

export function isFirstField(object: ObjectName, field: DisplayField): boolean {
  return field.isRequired === true || firstFields[object].includes(field.key);
}

const defaults: Record<ObjectName, Readonly<Record<string, unknown>>> = {
  accounts: {},
  contacts: { lifecycleStage: 'lead' },
  opportunities: {},
  products: { isActive: true },
};

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
  fields: readonly DisplayField[],
  request: CreateRequest,
): Record<string, FormEntry> {
  return Object.fromEntries(
    fields.map((field) => [
      formName(field.key),
      {
        value: request.values?.[field.key] ?? defaults[request.object][field.key] ?? firstStage(field),
        display: request.displays?.[field.key] ?? null,
        reason: null,
      },
    ]),
  );
}

/** A deal begins in the first stage of the workspace's pipeline that shows. */
function firstStage({ optionsName, options, hiddenOptions }: DisplayField): string | null {
  if (optionsName !== 'opportunityStage') return null;
  return options?.find((stage) => !hiddenOptions?.includes(stage)) ?? null;
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
