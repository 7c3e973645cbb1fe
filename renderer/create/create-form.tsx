import { useState } from 'react';
import { type Control, Controller, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { definitionOf, type ObjectName } from '#shared/objects/objects.ts';
import { Button } from '../components/button.tsx';
import { Checkbox } from '../components/checkbox.tsx';
import { DialogActions } from '../components/dialog.tsx';
import { FormField } from '../components/text-input.tsx';
import { useErrorToast } from '../edits/toasts.tsx';
import { FieldInput } from '../fields/field-input.tsx';
import { invalidReason } from '../fields/field-text.ts';
import { type DisplayField, useFields } from '../fields/fields.ts';
import { asSatchelError } from '../i18n/errors.ts';
import { useErrorText } from '../i18n/message.ts';
import type { CreateRequest } from '../navigation/create-state.ts';
import { useScreenObject } from '../objects/define.ts';
import { type FormEntry, formName, isFirstField, startEntries, valuesOf } from './start-values.ts';
import { useCreateRecord } from './use-create-record.ts';

type Entries = Record<string, FormEntry>;

export interface CreateFormProps {
  request: CreateRequest;
  onClose: () => void;
}

export function CreateForm({ request, onClose }: CreateFormProps) {
  const { object } = request;
  const screen = useScreenObject(object);
  const { t } = useTranslation();
  const showError = useErrorToast();
  const fields = useFields(object).filter((field) => !field.isReadOnly);
  const [isFull, setFull] = useState(false);
  const [isRepeating, setRepeating] = useState(false);
  const create = useCreateRecord(object);
  const errorText = useErrorText();
  const { control, handleSubmit, reset, setError, setFocus, formState } = useForm<Entries>({
    defaultValues: startEntries(screen, fields, request),
  });

  const submit = handleSubmit(async (entries) => {
    try {
      await create(valuesOf(fields, entries));
      if (!isRepeating) {
        onClose();
        return;
      }
      reset(startEntries(screen, fields, request));
      const first = fields[0];
      if (first) setFocus(formName(first.key));
    } catch (error) {
      const { code, details } = asSatchelError(error);
      const wrong = code === 'invalid' && fields.find(({ key }) => key === details['field']);
      if (wrong) setError(formName(wrong.key), { message: errorText(error) });
      else showError(t('common.createFailed'), error);
    }
  });

  const first = fields.filter((field) => isFirstField(screen, field));
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="flex min-h-0 flex-1 flex-col">
      <div className="grid min-h-0 flex-1 grid-cols-2 content-start gap-x-4 gap-y-3 overflow-auto px-4 py-4">
        {(isFull ? fields : first).map((field, index) => (
          <EntryField key={field.key} object={object} field={field} control={control} isFirst={index === 0} />
        ))}
        {fields.length > first.length ? (
          <Button
            kind="quiet"
            size="small"
            className="col-span-2 -ml-2 justify-self-start"
            onClick={() => setFull(!isFull)}
          >
            {isFull ? t('lists.fewerFields') : t('lists.moreFields')}
          </Button>
        ) : null}
      </div>
      <DialogActions>
        <label className="mr-auto flex items-center gap-2 text-ink-muted">
          <Checkbox checked={isRepeating} onCheckedChange={setRepeating} />
          {t('lists.createAnother')}
        </label>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button kind="primary" type="submit" disabled={formState.isSubmitting}>
          {t('common.create')}
        </Button>
      </DialogActions>
    </form>
  );
}

interface EntryFieldProps {
  object: ObjectName;
  field: DisplayField;
  control: Control<Entries>;
  isFirst: boolean;
}

function EntryField({ object, field, control, isFirst }: EntryFieldProps) {
  const { t } = useTranslation();
  const isRequired = field.isRequired === true;
  const validate = ({ value, reason }: FormEntry) => {
    if (!isRequired && value === null) return true;
    const wrong = reason ?? invalidReason(object, field, value);
    return wrong === null ? true : t(`fields.invalid.${wrong}`);
  };
  return (
    <Controller
      control={control}
      name={formName(field.key)}
      rules={{ validate }}
      render={({ field: entry, fieldState }) => (
        <FormField
          label={field.label}
          isRequired={isRequired}
          error={fieldState.error?.message}
          className={
            field.key === definitionOf(object).title || field.type === 'long_text' ? 'col-span-2' : ''
          }
        >
          {(ids) => (
            <FieldInput
              {...ids}
              field={field}
              value={entry.value.value}
              display={entry.value.display}
              autoFocus={isFirst}
              onChange={({ value, reason, display }) =>
                entry.onChange({ value, reason, display: display ?? null } satisfies FormEntry)
              }
            />
          )}
        </FormField>
      )}
    />
  );
}
