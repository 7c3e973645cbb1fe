import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { ObjectName } from '#shared/objects/objects.ts';
import { type AnyRecord, valueOf } from '../client/record-client.ts';
import { useUpdateField } from '../edits/changes.ts';
import type { DisplayField } from '../fields/fields.ts';

export interface NewValue {
  value: unknown;
  /** The name of what a reference now points at. */
  display?: string | null;
}

/** Saves a field of the record that a page shows, with an offer to undo it; an unchanged value is not sent. */
export function useSaveField(
  object: ObjectName,
): (record: AnyRecord, field: DisplayField, next: NewValue) => void {
  const { t } = useTranslation();
  const update = useUpdateField(object);
  return useCallback(
    (record, field, { value, display }) => {
      if (JSON.stringify(value) === JSON.stringify(valueOf(record, field.key))) return;
      void update({
        record,
        field: field.key,
        value,
        announcement: t('record.changed', { field: field.label }),
        ...(field.displayKey ? { display: { key: field.displayKey, name: display ?? null } } : {}),
      });
    },
    [t, update],
  );
}
