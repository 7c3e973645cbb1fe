import { timeZoneNames } from '#shared/time-zones.ts';
import type { ComboboxOption } from '../components/combobox.tsx';

/** Languages with their regions in which numbers and dates are written; any other stays once it is set. */
const locales = [
  'ar-AE',
  'ar-EG',
  'bg-BG',
  'ca-ES',
  'cs-CZ',
  'da-DK',
  'de-AT',
  'de-CH',
  'de-DE',
  'el-GR',
  'en-AU',
  'en-CA',
  'en-GB',
  'en-IE',
  'en-IN',
  'en-NZ',
  'en-SG',
  'en-US',
  'en-ZA',
  'es-AR',
  'es-CL',
  'es-CO',
  'es-ES',
  'es-MX',
  'es-PE',
  'et-EE',
  'fa-IR',
  'fi-FI',
  'fr-BE',
  'fr-CA',
  'fr-CH',
  'fr-FR',
  'he-IL',
  'hi-IN',
  'hr-HR',
  'hu-HU',
  'id-ID',
  'is-IS',
  'it-CH',
  'it-IT',
  'ja-JP',
  'ko-KR',
  'lt-LT',
  'lv-LV',
  'ms-MY',
  'nb-NO',
  'nl-BE',
  'nl-NL',
  'pl-PL',
  'pt-BR',
  'pt-PT',
  'ro-RO',
  'ru-RU',
  'sk-SK',
  'sl-SI',
  'sr-RS',
  'sv-SE',
  'th-TH',
  'tr-TR',
  'uk-UA',
  'vi-VN',
  'zh-CN',
  'zh-HK',
  'zh-TW',
] as const;

export function localeOptions(): ComboboxOption[] {
  const names = new Intl.DisplayNames(navigator.language, { type: 'language', languageDisplay: 'standard' });
  return locales
    .map((value) => ({ value, label: names.of(value) ?? value, isContent: true }))
    .toSorted((one, other) => one.label.localeCompare(other.label));
}

export function timeZoneOptions(): ComboboxOption[] {
  return timeZoneNames().map((value) => ({ value, label: value.replaceAll('_', ' '), isContent: true }));
}
