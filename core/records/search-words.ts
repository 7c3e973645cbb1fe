import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { type SQL, sql } from '#db/sql.ts';
import { fold } from '#shared/text/fold.ts';
import { allOf, columnOf } from '../data/statement.ts';
import { foldedContains, foldedWordStarts } from './text-match.ts';

const mostWords = 8;

/** What a person typed, as what to look for. */
export interface SearchWords {
  readonly words: readonly string[];
  /** The digits that identify a phone number whatever its formatting; absent where no number was typed. */
  readonly phoneDigits?: string;
}

/**
 * Splits at white space, except within a phone number. Of a number the digits are kept that both the national and the
 * international way of writing it contain: `+49 30 123456` and `030 123456` both become `30123456`.
 */
export function searchWords(text: string): SearchWords {
  const trimmed = text.replaceAll('\u0000', '').trim();
  const phoneDigits = digitsOfPhone(fold(trimmed));
  return {
    words: trimmed.split(/\s+/u).filter(Boolean).slice(0, mostWords),
    ...(phoneDigits === undefined ? {} : { phoneDigits }),
  };
}

function digitsOfPhone(text: string): string | undefined {
  if (!/^[+(]?[\d\s().\-/]+$/.test(text)) return undefined;
  const digits = text.replace(/\D/g, '');
  if (digits.length < 3) return undefined;
  const international = text.startsWith('+')
    ? text
    : digits.startsWith('00')
      ? `+${digits.slice(2)}`
      : undefined;
  const national = international ? parsePhoneNumberFromString(international)?.nationalNumber : undefined;
  return national ?? digits.replace(/^0+(?=\d{3})/, '');
}

/** Rows `r` whose names, email or phone digits contain every word. */
export function searchCondition(text: string): SQL {
  return wordsCondition(searchWords(text));
}

/** Rows `r` in whose names, email or phone digits every word begins a word. */
export function wordStartsCondition({ words, phoneDigits }: SearchWords): SQL {
  const searched = columnOf('r', 'search_text');
  if (phoneDigits !== undefined) {
    return sql`(${searched} LIKE ${`${phoneDigits}%`} OR ${searched} LIKE ${`% ${phoneDigits}%`})`;
  }
  return allOf(words.map((word) => foldedWordStarts(searched, word)));
}

export function wordsCondition({ words, phoneDigits }: SearchWords): SQL {
  const searched = columnOf('r', 'search_text');
  if (phoneDigits !== undefined) return sql`${searched} LIKE ${`%${phoneDigits}%`}`;
  return allOf(words.map((word) => foldedContains(searched, word)));
}
