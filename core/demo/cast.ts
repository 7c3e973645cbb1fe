import type { Culture } from './people/culture.ts';
import type { LanguageKey } from './text/language.ts';

/** Somebody at a customer, as the conversations know them. */
export interface CastMember {
  readonly id: string;
  readonly fullName: string;
  readonly firstName: string;
  readonly title: string | null;
}

/** A customer, as the conversations know it; a person on their own is one with a single member and no account. */
export interface AccountCast {
  readonly id: string | null;
  readonly name: string;
  readonly city: string;
  readonly culture: Culture;
  readonly language: LanguageKey;
  readonly members: readonly CastMember[];
  /** Named where a colleague is spoken of but only one person is known. */
  readonly absentColleague: string;
  readonly systemNumber: number;
  /** When the firm first heard of it. */
  readonly knownSince: number;
}
