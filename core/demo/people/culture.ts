import type { LanguageKey } from '../text/language.ts';

/** A name as its bearer writes it, and in plain letters as it stands in an email address. */
export interface WrittenName {
  readonly written: string;
  readonly latin: string;
}

export interface Place {
  readonly city: string;
  readonly state: string | null;
  /** `#` stands for a digit. */
  readonly postalCode: string;
}

export interface Culture {
  readonly key: string;
  /** How common it is among the accounts of the example firm. */
  readonly weight: number;
  readonly country: string;
  /** What its people write in, and how often they do rather than in English. */
  readonly language: LanguageKey;
  readonly languageShare: number;
  readonly women: readonly WrittenName[];
  readonly men: readonly WrittenName[];
  readonly families: readonly WrittenName[];
  /** Families of women where they differ, in the order of `families`. */
  readonly familiesOfWomen: readonly WrittenName[] | null;
  readonly places: readonly Place[];
  readonly streets: readonly string[];
  /** The same kind of number as different people type it; `#` stands for a digit. */
  readonly mobilePhones: readonly string[];
  readonly workPhones: readonly string[];
  readonly companyForms: readonly string[];
  readonly topLevelDomains: readonly string[];
}

export interface CultureSource {
  readonly key: string;
  readonly weight: number;
  readonly country: string;
  readonly language: LanguageKey;
  readonly languageShare: number;
  /** Names apart by spaces; `Иван:Ivan` gives the plain letters where they cannot be told by dropping accents. */
  readonly women: string;
  readonly men: string;
  readonly families: string;
  readonly familiesOfWomen?: string;
  /** `City/State/postal code`, apart by `; `. */
  readonly places: string;
  readonly streets: string;
  readonly mobilePhones: string;
  readonly workPhones: string;
  readonly companyForms: string;
  readonly topLevelDomains: string;
}

export function readCulture(source: CultureSource): Culture {
  return {
    ...source,
    women: readNames(source.women),
    men: readNames(source.men),
    families: readNames(source.families),
    familiesOfWomen: source.familiesOfWomen === undefined ? null : readNames(source.familiesOfWomen),
    places: source.places.split('; ').map(readPlace),
    streets: source.streets.split('; '),
    mobilePhones: source.mobilePhones.split('; '),
    workPhones: source.workPhones.split('; '),
    companyForms: source.companyForms.split('; '),
    topLevelDomains: source.topLevelDomains.split(' '),
  };
}

function readNames(list: string): WrittenName[] {
  return list.split(' ').map((entry) => {
    const [written = '', latin] = entry.split(':');
    return { written: written.replaceAll('_', ' '), latin: latin ?? plainLetters(written) };
  });
}

function readPlace(entry: string): Place {
  const [city = '', state = '', postalCode = ''] = entry.split('/');
  return { city, state: state === '' ? null : state, postalCode };
}

const lettersWithoutParts: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ı: 'i',
  æ: 'ae',
  Æ: 'Ae',
  ö: 'oe',
  ü: 'ue',
  ä: 'ae',
  Ö: 'Oe',
  Ü: 'Ue',
  Ä: 'Ae',
};

/** `Jørgen` → `Jorgen`, `Müller` → `Mueller`: what people put into email addresses. */
export function plainLetters(text: string): string {
  return text
    .replaceAll(/[^\u0020-\u007e]/g, (letter) => lettersWithoutParts[letter] ?? letter)
    .normalize('NFD')
    .replaceAll(/[^A-Za-z0-9]/g, '');
}
