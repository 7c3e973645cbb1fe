import type { ComboboxOption } from '../components/combobox.tsx';

const regionCurrencies: Readonly<Record<string, string>> = {
  AT: 'EUR',
  AU: 'AUD',
  BE: 'EUR',
  BR: 'BRL',
  CA: 'CAD',
  CH: 'CHF',
  CN: 'CNY',
  CZ: 'CZK',
  DE: 'EUR',
  DK: 'DKK',
  ES: 'EUR',
  FI: 'EUR',
  FR: 'EUR',
  GB: 'GBP',
  IE: 'EUR',
  IN: 'INR',
  IT: 'EUR',
  JP: 'JPY',
  KR: 'KRW',
  MX: 'MXN',
  NL: 'EUR',
  NO: 'NOK',
  NZ: 'NZD',
  PL: 'PLN',
  PT: 'EUR',
  SE: 'SEK',
  US: 'USD',
  ZA: 'ZAR',
};

/** The currency of the reader's region, as a first guess that they can change. */
export function usualCurrency(): string {
  const region = new Intl.Locale(navigator.language).maximize().region ?? 'US';
  return regionCurrencies[region] ?? 'USD';
}

/** Every currency that the browser knows, named in the reader's language. */
export function currencyOptions(): ComboboxOption[] {
  const names = new Intl.DisplayNames(navigator.language, { type: 'currency' });
  return Intl.supportedValuesOf('currency').map((code) => ({
    value: code,
    label: `${code} · ${names.of(code) ?? code}`,
    isContent: true,
  }));
}
