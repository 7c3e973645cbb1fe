import type { LanguageKey } from './text/language.ts';

const thousandSeparators: Readonly<Record<LanguageKey, string>> = {
  en: ',',
  de: '.',
  fr: '\u202f',
  es: '.',
  ru: '\u00a0',
  ja: ',',
};

/** A sum as people of a language write it in a letter, without decimals: `48,200 EUR`. */
export function writeAmount(amount: number, currency: string, language: LanguageKey): string {
  const digits = String(Math.round(amount));
  const groups: string[] = [];
  for (let end = digits.length; end > 0; end -= 3) groups.unshift(digits.slice(Math.max(0, end - 3), end));
  return `${groups.join(thousandSeparators[language])} ${currency}`;
}

/** To two significant digits, as offers are: 48,317 becomes 48,000. */
export function roundedSum(amount: number): number {
  const magnitude = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, amount))) - 1);
  return Math.round(amount / magnitude) * magnitude;
}
