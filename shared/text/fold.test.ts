import { describe, expect, it } from 'vitest';
import { everyCharacter, mixedText } from '#tests/support/folding.ts';
import * as fc from '#tests/support/property.ts';
import { fold } from './fold.ts';

describe('texts are equal whatever', () => {
  it.each([
    ['case', 'GROSSE Änderung', 'grosse änderung'],
    ['case of a sharp s', 'STRASSE', 'Straße'],
    ['case of the dotted and the dotless i', 'İSTANBUL ısı', 'istanbul ISI'],
    ['case of a final sigma', 'ΠΑΠΑΣ', 'παπας'],
    ['case of scripts of their own', 'Ֆրանսիա Ა Ꭰ', 'ֆրանսիա ა ꭰ'],
    ['accents', 'Málaga Ñandú Ἀθῆναι', 'malaga nandu αθηναι'],
    ['strokes', 'Łódź Øster Đorđe', 'lodz oster dorde'],
    ['letters written as one', 'Æsir œuvre ﬁn Ĳssel', 'aesir oeuvre fin ijssel'],
    ['width', 'ＡＢＣ１２３ ｶﾞｽ', 'abc123 ガス'],
    ['Unicode form', 'Qualifie\u0301 か\u3099 각', 'Qualifié が \u1100\u1161\u11a8'],
    ['kind of space', 'Key\u00a0 Account\u3000\t1', ' Key Account 1 '],
    ['kind of dash', '030\u2013123\u2011456\u2212789', '030-123-456-789'],
    ['kind of apostrophe', 'O\u2019Brien O\u00b4Brien O\u02bcBrien', "O'Brien O'Brien O'Brien"],
    ['what is not seen', 'soft\u00adhy\u200bphen\ufeff \u202b1\u202c ❤\ufe0f', 'softhyphen 1 ❤'],
    ['the script of digits', '٠١٢ ۳۴۵ ६७८ ๙', '012 345 678 9'],
    ['points and vowels left out', 'שָׁלוֹם مُحَمَّد مـحـمد', 'שלום محمد محمد'],
    ['a stress that is marked', 'за\u0301мок', 'замок'],
  ])('%s', (_, one, other) => {
    expect(fold(one)).toBe(fold(other));
  });
});

describe('texts differ by what is a letter in its script', () => {
  it.each([
    ['voiced kana', 'バス', 'ハス'],
    ['half-voiced kana', 'ぱ', 'は'],
    ['Cyrillic й', 'йод', 'иод'],
    ['Cyrillic ё', 'Ёлка', 'Елка'],
    ['Ukrainian ї', 'їжак', 'іжак'],
    ['Hangul', '각', '가'],
    ['vowel signs of Devanagari', 'मीना', 'मना'],
    ['the nukta of Devanagari', 'क़', 'क'],
    ['vowel signs of Thai', 'ร้านปู', 'ร้านป'],
    ['Arabic hamza', 'سأل', 'سال'],
    ['signs that are crossed out', 'a ≠ b', 'a = b'],
  ])('%s', (_, one, other) => {
    expect(fold(one)).not.toBe(fold(other));
  });
});

function expectStable(text: string): void {
  const folded = fold(text);
  expect(fold(folded)).toBe(folded);
  for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD']) expect(fold(text.normalize(form))).toBe(folded);
}

describe('folding', () => {
  it('changes nothing the second time, and does not depend on the Unicode form', () => {
    const unstable = everyCharacter().filter((one) => {
      const folded = fold(one);
      return [folded, ...['NFC', 'NFD', 'NFKC', 'NFKD'].map((form) => one.normalize(form))].some(
        (text) => fold(text) !== folded,
      );
    });
    expect(unstable).toEqual([]);
    fc.assert(fc.property(mixedText, expectStable), { numRuns: 5_000 });
  });

  it('keeps spaces between words only', () => {
    expect(
      fc
        .sample(mixedText, 5_000)
        .map(fold)
        .filter((text) => /^\s|\s$|\s\s|[^\S ]/u.test(text)),
    ).toEqual([]);
  });
});
