import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ObjectName } from '#shared/objects/objects.ts';
import { type FieldValues, valuesForUpdate } from '../client/record-client.ts';
import { Button } from '../components/button.tsx';
import { Checkbox } from '../components/checkbox.tsx';
import { Combobox } from '../components/combobox.tsx';
import { Dialog, DialogActions, DialogContent } from '../components/dialog.tsx';
import { FormField } from '../components/text-input.tsx';
import { FieldInput } from '../fields/field-input.tsx';
import { invalidReason } from '../fields/field-text.ts';
import type { DisplayField } from '../fields/fields.ts';

export interface BulkEditStart {
  /** The key of the field to begin with, e.g. the owner. */
  field: string;
  /** What the keyboard is led to: the choice of the field, or its new value. */
  focus: 'field' | 'value';
}

export interface BulkEditDialogProps {
  object: ObjectName;
  fields: readonly DisplayField[];
  count: number;
  /** Null while the dialog is closed. */
  start: BulkEditStart | null;
  onClose: () => void;
  onApply: (values: FieldValues) => void;
}

/** Sets one field of all chosen records. */
export function BulkEditDialog(props: BulkEditDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog open={props.start !== null} onOpenChange={(open) => !open && props.onClose()}>
      {props.start === null ? null : (
        <DialogContent title={t('lists.bulk.editTitle', { count: props.count })} width="small">
          <BulkEditForm {...props} start={props.start} />
        </DialogContent>
      )}
    </Dialog>
  );
}

function BulkEditForm({
  object,
  fields,
  start,
  onClose,
  onApply,
}: BulkEditDialogProps & { start: BulkEditStart }) {
  const { t } = useTranslation();
  const editable = fields.filter(({ isReadOnly }) => !isReadOnly);
  const [key, setKey] = useState(start.field);
  const [edit, setEdit] = useState<Edit>(nothingYet);
  const [isEmptied, setEmptied] = useState(false);
  const [error, setError] = useState<string>();
  const valueBox = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Before the dialog looks for its first control, which it only does where the focus is not inside yet.
    if (start.focus === 'value')
      valueBox.current?.querySelector<HTMLElement>('button, input, textarea')?.focus();
  }, [start.focus]);
  const field = editable.find((candidate) => candidate.key === key) ?? editable[0];
  if (!field) return null;

  const apply = () => {
    const reason = isEmptied ? null : (edit.reason ?? invalidReason(object, field, edit.value));
    if (reason !== null) return setError(t(`fields.invalid.${reason}`));
    onApply(valuesForUpdate(field.key, isEmptied ? null : edit.value));
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
                setEmptied(false);
                setError(undefined);
              }}
            />
          )}
        </FormField>
        <div ref={valueBox}>
          <FormField label={t('lists.bulk.value')} error={error}>
            {(ids) => (
              <FieldInput
                key={field.key}
                {...ids}
                field={field}
                value={edit.value}
                display={edit.display}
                onChange={({ value, reason, display }) => {
                  setError(undefined);
                  setEmptied(false);
                  setEdit({ value, reason, display: display ?? null });
                }}
              />
            )}
          </FormField>
        </div>
        {invalidReason(object, field, null) === null ? (
          <label className="flex items-center gap-2 text-ink-muted">
            <Checkbox
              checked={isEmptied}
              onCheckedChange={(checked) => {
                setError(undefined);
                setEdit(nothingYet);
                setEmptied(checked);
              }}
            />
            {t('lists.bulk.leaveEmpty')}
          </label>
        ) : null}
      </div>
      <DialogActions>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button kind="primary" type="submit" disabled={edit.value === null && !isEmptied}>
          {t('lists.bulk.apply')}
        </Button>
      </DialogActions>
    </form>
  );
}

interface Edit {
  value: unknown;
  reason: string | null;
  display: string | null;
}

const nothingYet: Edit = { value: null, reason: null, display: null };
