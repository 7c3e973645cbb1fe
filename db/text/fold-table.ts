/**
 * The rule by which texts are compared, as data: worked out from what this Node knows of Unicode, written once for
 * TypeScript and once for SQL. What is decided and not looked up stands here.
 */
/** Letters that Unicode does not take apart, as people write them who do not have them. */
const plainLetters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ı: 'i',
  ł: 'l',
  ŋ: 'n',
  ø: 'o',
  ŧ: 't',
};

/** Dashes that are none in the script they belong to. */
const notDashes = '\u301c\u3030';

const apostrophes = '\u2018\u2019\u201a\u201b\u2032\u02b9\u02bb\u02bc\u02bd';
const quotationMarks = '\u201c\u201d\u201e\u201f\u00ab\u00bb';

/** Marks that may be left out in writing: accents, Hebrew points, Arabic vowels and the stroke that lengthens a word. */
const optionalMarks =
  /\u0640|[\u0300-\u036f\u1ab0-\u1abe\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f\u0591-\u05bd\u05bf\u05c1-\u05c2\u05c4-\u05c5\u05c7\u0610-\u061a\u064b-\u0652\u0656-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7-\u06e8\u06ea-\u06ed]/u;

/** Scripts whose letters with an accent are the letter itself to whoever compares; in others they are other letters. */
const withAccents = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Hebrew} ]/u;

/**
 * Unicode 15 to 17 gave these a decomposition, or a place among marks. PostgreSQL 15 knows neither, so they are put into
 * a form that no version changes before anything is normalised: marks go, compatible letters become what they stand
 * for, and the parts of compounds are replaced by characters for private use, which nothing combines.
 */
const newMarks =
  /[\u0897\u{10d69}-\u{10d6d}\u{10efd}-\u{10eff}\u{113ce}-\u{113d0}\u{11f41}\u{11f42}\u{1612f}\u{1e08f}\u{1e4ec}-\u{1e4ef}\u{1e5ee}\u{1e5ef}]/u;
const newCharacters =
  /\u{a7f1}|\u{105c9}|\u{105e4}|\u{11383}|\u{11385}|\u{1138e}|\u{11391}|\u{113c5}|[\u{113c7}-\u{113c8}]|[\u{16121}-\u{16128}]|[\u{16d68}-\u{16d6a}]|[\u{1ccd6}-\u{1ccf9}]|[\u{1e030}-\u{1e06d}]/u;
const firstStandIn = 0xf_0000;

export interface FoldTable {
  readonly unicode: string;
  /** Class of what is left out before a text is taken apart: what is not seen. */
  readonly invisible: string;
  /** What is replaced before a text is taken apart. */
  readonly newcomers: readonly (readonly [string, string])[];
  /** Letters and the marks that make other letters of them: `[letters]mark|...`. */
  readonly whole: string;
  /** Class of the marks that are left out elsewhere. */
  readonly optional: string;
  /** What is replaced in a text that was taken apart, one character by one. */
  readonly letters: readonly (readonly [string, string])[];
  /** One character by several. */
  readonly spelled: readonly (readonly [string, string])[];
}

const invisible = /[\p{Default_Ignorable_Code_Point}\u3164\uffa0]|(?=\p{Cc})\P{White_Space}/u;

function everyCharacter(): string[] {
  const codes = Array.from({ length: 0x10_ffff }, (_, index) => index + 1);
  return codes.filter((code) => code < 0xd800 || code > 0xdfff).map((code) => String.fromCodePoint(code));
}

const codeOf = (character: string): number => character.codePointAt(0) ?? 0;

/** A class of characters as ranges, without its brackets, in the way JavaScript writes them. */
export function classOf(characters: Iterable<string>): string {
  const codes = [...new Set(Array.from(characters).map(codeOf))].sort((one, other) => one - other);
  const ranges: [number, number][] = [];
  for (const code of codes) {
    const last = ranges.at(-1);
    if (last?.[1] === code - 1) last[1] = code;
    else ranges.push([code, code]);
  }
  const hex = (code: number) => `\\u{${code.toString(16)}}`;
  return ranges.map(([from, to]) => (from === to ? hex(from) : `${hex(from)}-${hex(to)}`)).join('');
}

/** What the new characters become: see above. */
function standIns(all: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  const parts = new Map<string, string>();
  for (const character of all.filter((one) => newCharacters.test(one))) {
    const isCompound = character.normalize('NFD') !== character;
    const apart = Array.from(character.normalize('NFKD')).filter((one) => !optionalMarks.test(one));
    const stable = apart.map((part) => {
      if (!isCompound || apart.length === 1) return part;
      const standIn = parts.get(part) ?? String.fromCodePoint(firstStandIn + parts.size);
      parts.set(part, standIn);
      return standIn;
    });
    found.set(character, stable.join(''));
  }
  return new Map([...found, ...parts]);
}

/** Letters with a mark that other letters are than those without, by mark. */
function wholeLetters(all: readonly string[]): string {
  const byMark = new Map<string, Set<string>>();
  for (const character of all) {
    const [base = '', mark = '', more] = character.normalize('NFKD');
    if (more !== undefined || !optionalMarks.test(mark) || mark < '\u0300' || mark > '\u036f') continue;
    if (withAccents.test(base) || optionalMarks.test(base) || newCharacters.test(character)) continue;
    byMark.set(mark, (byMark.get(mark) ?? new Set()).add(base));
  }
  return [...byMark].map(([mark, bases]) => `[${classOf(bases)}]\\u{${codeOf(mark).toString(16)}}`).join('|');
}

/** The value of a decimal digit: those of a script stand in a row, from zero. */
function digitOf(character: string): string {
  const code = codeOf(character);
  let zero = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String((code - zero) % 10);
}

function lettersOf(character: string): string {
  if (/\p{Nd}/u.test(character)) return digitOf(character);
  if (/\p{White_Space}/u.test(character)) return ' ';
  if (/[\p{Pd}\u2212]/u.test(character) && !notDashes.includes(character)) return '-';
  if (apostrophes.includes(character)) return "'";
  if (quotationMarks.includes(character)) return '"';
  if (character === '\u2044') return '/';
  const lower = character.toUpperCase().toLowerCase();
  return plainLetters[lower] ?? plainLetters[character.toLowerCase()] ?? lower;
}

const isOne = (text: string): boolean => Array.from(text).length === 1;

export function makeFoldTable(): FoldTable {
  const all = everyCharacter();
  const newcomers = standIns(all);
  const letters = all.flatMap((character): [string, string][] => {
    if (character.normalize('NFKD') !== character || newcomers.has(character)) return [];
    if (optionalMarks.test(character) || invisible.test(character)) return [];
    const apart = Array.from(lettersOf(character).normalize('NFKD')).filter(
      (one) => !optionalMarks.test(one),
    );
    const becomes = apart.map(lettersOf).join('');
    return becomes === character ? [] : [[character, becomes]];
  });
  const hidden = all.filter((one) => invisible.test(one) || newMarks.test(one));
  return {
    unicode: process.versions['unicode'] ?? '',
    invisible: classOf(hidden),
    newcomers: [...newcomers],
    whole: wholeLetters(all),
    optional: classOf(all.filter((one) => optionalMarks.test(one))),
    letters: letters.filter(([, becomes]) => isOne(becomes)),
    spelled: letters.filter(([, becomes]) => !isOne(becomes)),
  };
}
