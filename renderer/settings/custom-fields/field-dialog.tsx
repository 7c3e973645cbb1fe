import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomFieldDefinition } from '#shared/contract/custom-fields.ts';
import { type CustomFieldType, customFieldTypes } from '#shared/enums.ts';
import type { ObjectName } from '#shared/objects/objects.ts';
import { fold } from '#shared/text/fold.ts';
import { useCustomFieldsQuery } from '../../client/queries.ts';
import { Button } from '../../components/button.tsx';
import { Checkbox } from '../../components/checkbox.tsx';
import { Dialog, DialogActions, DialogContent } from '../../components/dialog.tsx';
import { SelectMenu } from '../../components/select-menu.tsx';
import { FormField, TextArea, TextInput } from '../../components/text-input.tsx';
import { fieldKeyOf } from './field-key.ts';
import { useCustomFieldChanges, useRemovedFieldsQuery } from './use-custom-fields.ts';

export interface FieldDialogProps {
  object: ObjectName;
  /** The field to change; null for a new one. */
  field: CustomFieldDefinition | null;
  isOpen: boolean;
  onClose: () => void;
}

/** Defines a custom field, or changes its label, its options and whether it is required. */
export function FieldDialog(props: FieldDialogProps) {
  const { t } = useTranslation();
  const { field, isOpen, onClose } = props;
  return (
    <Dialog open={isOpen} onOpenChange={(open) => !open && onClose()}>
      {isOpen ? (
        <DialogContent
          title={field ? t('settings.fields.edit', { name: field.label }) : t('settings.fields.add')}
          width="small"
        >
          <FieldForm {...props} />
        </DialogContent>
      ) : null}
    </Dialog>
  );
}

const hasOptions = (type: CustomFieldType) => type === 'select' || type === 'multi_select';

/** One option a line. */
function optionsFromText(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

function FieldForm({ object, field, onClose }: FieldDialogProps) {
  const { t } = useTranslation();
  const { define } = useCustomFieldChanges(object);
  const { data: used = [] } = useCustomFieldsQuery(object);
  const { data: removed = [] } = useRemovedFieldsQuery(object);
  const [label, setLabel] = useState(field?.label ?? '');
  const [type, setType] = useState<CustomFieldType>(field?.type ?? 'text');
  const [optionText, setOptionText] = useState((field?.options ?? []).join('\n'));
  const [isRequired, setRequired] = useState(field?.isRequired ?? false);
  const [isPersonal, setPersonal] = useState(field?.isPersonal ?? false);
  const [wrong, setWrong] = useState<{ label?: string; options?: string }>({});
  const [isSaving, setSaving] = useState(false);

  const save = async () => {
    const options = hasOptions(type) ? optionsFromText(optionText) : [];
    const name = label.trim();
    const isTaken = used.some((other) => other.key !== field?.key && fold(other.label) === fold(name));
    const problems = {
      ...(name === ''
        ? { label: t('fields.invalid.required') }
        : isTaken
          ? { label: t('settings.fields.invalid.label') }
          : {}),
      ...(hasOptions(type) && options.length === 0
        ? { options: t('settings.fields.invalid.noOptions') }
        : new Set(options).size < options.length
          ? { options: t('settings.fields.invalid.sameOptions') }
          : {}),
    };
    setWrong(problems);
    if (Object.keys(problems).length > 0) return;
    const key =
      field?.key ??
      fieldKeyOf(
        name,
        [...used, ...removed].map((other) => other.key),
      );
    setSaving(true);
    const isSaved = await define(
      { object, key, label: name, type, options, isRequired, isPersonal: isPersonal && maySeal(type) },
      t('settings.fields.saved', { name }),
    );
    setSaving(false);
    if (isSaved) onClose();
  };

  return (
    <form
      className="flex min-h-0 flex-col"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <div className="flex min-h-0 flex-col gap-3 overflow-y-auto p-4">
        <FormField label={t('settings.fields.label')} error={wrong.label} isRequired>
          {(ids) => (
            <TextInput
              {...ids}
              // oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog was opened to type here
              autoFocus
              value={label}
              maxLength={200}
              onChange={(event) => setLabel(event.target.value)}
            />
          )}
        </FormField>
        <FormField
          label={t('settings.fields.type')}
          hint={
            field ? t('settings.fields.typeStays') : isText(type) ? t('settings.fields.textSort') : undefined
          }
        >
          {({ id }) =>
            field ? (
              <TextInput id={id} value={t(`settings.fields.types.${type}`)} disabled />
            ) : (
              <SelectMenu
                id={id}
                label={t('settings.fields.type')}
                value={type}
                options={customFieldTypes.map((value) => ({
                  value,
                  label: t(`settings.fields.types.${value}`),
                }))}
                onChange={setType}
              />
            )
          }
        </FormField>
        {hasOptions(type) ? (
          <FormField
            label={t('settings.fields.options')}
            hint={t('settings.fields.optionsHint')}
            error={wrong.options}
            isRequired
          >
            {(ids) => (
              <TextArea
                {...ids}
                rows={5}
                value={optionText}
                className="max-h-60"
                onChange={(event) => setOptionText(event.target.value)}
              />
            )}
          </FormField>
        ) : null}
        <label className="flex items-start gap-2">
          <Checkbox className="mt-0.5" checked={isRequired} onCheckedChange={setRequired} />
          <span>
            {t('settings.fields.isRequired')}
            <span className="block text-xs text-ink-muted">{t('settings.fields.requiredHint')}</span>
          </span>
        </label>
        {maySeal(type) ? (
          <label className="flex items-start gap-2">
            <Checkbox
              className="mt-0.5"
              checked={isPersonal}
              disabled={field !== null}
              onCheckedChange={setPersonal}
            />
            <span>
              {t('settings.fields.isPersonal')}
              <span className="block text-xs text-ink-muted">{t('settings.fields.personalHint')}</span>
            </span>
          </label>
        ) : null}
      </div>
      <DialogActions>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button kind="primary" type="submit" disabled={isSaving}>
          {field ? t('common.save') : t('common.create')}
        </Button>
      </DialogActions>
    </form>
  );
}

/** What can be sealed is a text. */
function maySeal(type: CustomFieldType): boolean {
  return isText(type) || type === 'date';
}

/** Texts have no index of their own: one could not hold a long one. */
function isText(type: CustomFieldType): boolean {
  return type === 'text' || type === 'url' || type === 'email' || type === 'phone';
}
