import { Combobox, type ComboboxOption } from '../components/combobox.tsx';
import { FormField } from '../components/text-input.tsx';

export interface ChoiceFieldProps {
  label: string;
  hint: string;
  value: string;
  options: readonly ComboboxOption[];
  onChange: (value: string) => void;
  isDisabled?: boolean;
  className?: string;
}

/** One of many fixed choices, found by typing; a value that is not among them stands as it is. */
export function ChoiceField({
  label,
  hint,
  value,
  options,
  onChange,
  isDisabled,
  className,
}: ChoiceFieldProps) {
  const chosen = options.find((option) => option.value === value)?.label ?? value;
  return (
    <FormField label={label} hint={hint}>
      {({ id }) => (
        <Combobox
          id={id}
          label={label}
          value={value}
          display={<span data-content>{chosen}</span>}
          options={options}
          isDisabled={isDisabled ?? false}
          onChange={(option) => {
            if (option) onChange(option.value);
          }}
          {...(className ? { className } : {})}
        />
      )}
    </FormField>
  );
}
