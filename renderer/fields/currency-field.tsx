import { Combobox } from '../components/combobox.tsx';
import { FormField } from '../components/text-input.tsx';
import { currencyOptions } from './currencies.ts';

export interface CurrencyFieldProps {
  label: string;
  hint: string;
  /** An ISO 4217 code. */
  value: string;
  onChange: (currency: string) => void;
  isDisabled?: boolean;
  className?: string;
}

/** Chooses the workspace's currency. */
export function CurrencyField({ label, hint, value, onChange, isDisabled, className }: CurrencyFieldProps) {
  const currencies = currencyOptions();
  const chosen = currencies.find((option) => option.value === value)?.label ?? value;
  return (
    <FormField label={label} hint={hint}>
      {({ id }) => (
        <Combobox
          id={id}
          label={label}
          value={value}
          display={<span data-content>{chosen}</span>}
          options={currencies}
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
