import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ObjectName } from '#shared/objects/objects.ts';
import { type FieldValues, valuesForUpdate } from '../client/record-client.ts';
import { Button } from '../components/button.tsx';
import { Combobox } from '../components/combobox.tsx';
import { Dialog, DialogActions, DialogContent } from '../components/dialog.tsx';
import { FormField } from '../components/text-input.tsx';
import { FieldInput } from '../fields/field-input.tsx';
import { invalidReason } from '../fields/field-text.ts';
import type { DisplayField } from '../fields/fields.ts';

export interface BulkEditDialogProps {
  object: ObjectName;
  fields: readonly DisplayField[];
  count: number;
  /** The field to begin with, e.g. the owner; null while the dialog is closed. */
  startField: string | null;
  onClose: () => void;
  onApply: (values: FieldValues) => void;
}

/** Sets one field of all chosen records. */
export function BulkEditDialog(props: BulkEditDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog open={props.startField !== null} onOpenChange={(open) => !open && props.onClose()}>
      {props.startField === null ? null : (
        <DialogContent title={t('lists.bulk.editTitle', { count: props.count })} width="small">
          <BulkEditForm {...props} startField={props.startField} />
        </DialogContent>
      )}
    </Dialog>
  );
}

function BulkEditForm({
  object,
  fields,
  startField,
  onClose,
  onApply,
}: BulkEditDialogProps & { startField: string }) {
  const { t } = useTranslation();
  const editable = fields.filter(({ isReadOnly }) => !isReadOnly);
  const [key, setKey] = useState(startField);
  const [edit, setEdit] = useState<{ value: unknown; reason: string | null; display: string | null }>(
    nothingYet,
  );
  const [error, setError] = useState<string>();
  const field = editable.find((candidate) => candidate.key === key) ?? editable[0];
  if (!field) return null;

  const apply = () => {
    const isCleared = edit.value === null && !field.isRequired;
    const reason = edit.reason ?? (isCleared ? null : invalidReason(object, field, edit.value));
    if (reason !== null) return setError(t(`fields.invalid.${reason}`));
    onApply(valuesForUpdate(field.key, edit.value));
    return onClose();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <div className="flex flex-col gap-3 p-4">
        <FormField label={t('lists.bulk.field')}>
          {({ id }) => (
            <Combobox
              id={id}
              label={t('lists.bulk.field')}
              value={field.key}
              display={<span data-content={field.isCustom ? '' : undefined}>{field.label}</span>}
              options={editable.map(({ key: value, label, isCustom }) => ({
                value,
                label,
                isContent: isCustom,
              }))}
              onChange={(option) => {
                if (!option) return;
                setKey(option.value);
                setEdit(nothingYet);
                setError(undefined);
              }}
            />
          )}
        </FormField>
        <FormField
          label={t('lists.bulk.value')}
          error={error}
          hint={field.isRequired ? undefined : t('lists.bulk.emptyClears')}
        >
          {(ids) => (
            <FieldInput
              key={field.key}
              {...ids}
              field={field}
              value={edit.value}
              display={edit.display}
              onChange={({ value, reason, display }) => {
                setError(undefined);
                setEdit({ value, reason, display: display ?? null });
              }}
            />
          )}
        </FormField>
      </div>
      <DialogActions>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button kind="primary" type="submit">
          {t('lists.bulk.apply')}
        </Button>
      </DialogActions>
    </form>
  );
}

const nothingYet = { value: null, reason: null, display: null };
