import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Checkbox } from '../components/checkbox.tsx';
import { Combobox } from '../components/combobox.tsx';
import { TextArea, TextInput } from '../components/text-input.tsx';
import { textOfValue, valueOfText } from './field-text.ts';
import { type DisplayField, useOptionLabel } from './fields.ts';
import { useReferenceOptions } from './reference-options.ts';

export interface FieldInputProps {
  field: DisplayField;
  value: unknown;
  /** For a reference: the name of what it points at. */
  display?: string | null;
  /**
   * `reason` is the text key below `fields.invalid` when what was typed is no value; `display` names the record that a
   * reference was pointed at.
   */
  onChange: (change: { value: unknown; reason: string | null; display?: string | null }) => void;
  id?: string | undefined;
  'aria-describedby'?: string;
  'aria-invalid'?: true;
  autoFocus?: boolean;
  /** Opens the list of a select or reference at once. */
  isOpen?: boolean;
  onClose?: () => void;
}

/** The control that edits a field of any type: in forms, in place on a record's page, and in a list's cells. */
export function FieldInput(props: FieldInputProps) {
  switch (props.field.type) {
    case 'boolean':
      return <BooleanInput {...props} />;
    case 'select':
      return <OptionInput {...props} />;
    case 'reference':
      return <ReferenceInput {...props} />;
    default:
      return <TypedInput {...props} />;
  }
}

function BooleanInput({ field, value, onChange, id }: FieldInputProps) {
  return (
    <Checkbox
      {...(id ? { id } : { 'aria-label': field.label })}
      checked={value === true}
      onCheckedChange={(checked) => onChange({ value: checked, reason: null })}
    />
  );
}

function OptionInput({ field, value, onChange, id, isOpen, onClose, ...rest }: FieldInputProps) {
  const optionLabel = useOptionLabel();
  const chosen = typeof value === 'string' && value !== '' ? value : null;
  return (
    <Combobox
      id={id}
      label={field.label}
      value={chosen}
      display={chosen === null ? null : optionLabel(field, chosen)}
      options={(field.options ?? [])
        .filter((option) => option === chosen || !field.hiddenOptions?.includes(option))
        .map((option) => ({ value: option, label: optionLabel(field, option), isContent: field.isCustom }))}
      isClearable={field.isCustom && !field.isRequired}
      isInvalid={rest['aria-invalid'] ?? false}
      onChange={(option) => onChange({ value: option?.value ?? null, reason: null })}
      {...openProps(isOpen, onClose)}
    />
  );
}

function ReferenceInput({ field, value, display, onChange, id, isOpen, onClose, ...rest }: FieldInputProps) {
  const [isListOpen, setListOpen] = useState(isOpen ?? false);
  const { options, isLoading, setSearch } = useReferenceOptions(field.target ?? 'users', isListOpen);
  const chosen = typeof value === 'string' && value !== '' ? value : null;
  return (
    <Combobox
      id={id}
      label={field.label}
      value={chosen}
      display={<span data-content>{display}</span>}
      options={options}
      isLoading={isLoading}
      onSearch={setSearch}
      isClearable={!field.isRequired}
      isInvalid={rest['aria-invalid'] ?? false}
      onChange={(option) =>
        onChange({ value: option?.value ?? null, reason: null, display: option?.label ?? null })
      }
      isOpen={isListOpen}
      onOpenChange={(next) => {
        setListOpen(next);
        if (!next) onClose?.();
      }}
    />
  );
}

function openProps(isOpen: boolean | undefined, onClose: (() => void) | undefined) {
  if (isOpen === undefined) return {};
  return {
    isOpen,
    onOpenChange: (next: boolean) => {
      if (!next) onClose?.();
    },
  };
}

const inputTypes: Partial<Record<DisplayField['type'], string>> = {
  email: 'email',
  phone: 'tel',
  url: 'url',
  date: 'date',
};

function TypedInput({
  field,
  value,
  onChange,
  autoFocus,
  display: _display,
  isOpen: _isOpen,
  onClose: _onClose,
  ...control
}: FieldInputProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(() => textOfValue(field, value));
  const sent = useRef(value);
  // What was typed stays as typed; only a value from elsewhere replaces it.
  useEffect(() => {
    if (value === sent.current) return;
    sent.current = value;
    setText(textOfValue(field, value));
  }, [field, value]);

  const type = (next: string) => {
    setText(next);
    const read = valueOfText(field, next);
    const change = read.ok ? { value: read.value, reason: null } : { value: next, reason: read.reason };
    sent.current = change.value;
    onChange(change);
  };
  const common = {
    ...control,
    ...(control.id ? {} : { 'aria-label': field.label }),
    // oxlint-disable-next-line jsx-a11y/no-autofocus -- only given where a person just asked to edit this field
    autoFocus,
    value: text,
  };
  if (field.type === 'long_text') {
    return <TextArea {...common} onChange={(event) => type(event.target.value)} />;
  }
  const isNumber = ['integer', 'number', 'money', 'percent'].includes(field.type);
  return (
    <TextInput
      {...common}
      type={inputTypes[field.type] ?? 'text'}
      {...(isNumber ? { inputMode: 'decimal' as const, className: 'tabular-nums' } : {})}
      {...(field.type === 'tags' ? { placeholder: t('fields.hints.tags') } : {})}
      onChange={(event) => type(event.target.value)}
    />
  );
}
