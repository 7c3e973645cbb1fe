import { ChoiceField, type ChoiceFieldProps } from './choice-field.tsx';
import { currencyOptions } from './currencies.ts';

/** Chooses the workspace's currency, an ISO 4217 code. */
export function CurrencyField(props: Omit<ChoiceFieldProps, 'options'>) {
  return <ChoiceField {...props} options={currencyOptions()} />;
}
