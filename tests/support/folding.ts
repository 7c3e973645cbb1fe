import { fold } from '#shared/text/fold.ts';
import * as fc from './property.ts';

/** Every character there is, by itself. */
export function everyCharacter(): string[] {
  const codes = Array.from({ length: 0x10_ffff }, (_, index) => index + 1);
  return codes.filter((code) => code < 0xd800 || code > 0xdfff).map((code) => String.fromCodePoint(code));
}

/** Where characters act on each other: letters with marks, in disorder too, syllables, what came with late versions. */
const neighbourhoods: readonly (readonly [number, number])[] = [
  [0x20, 0x7e],
  [0x01, 0x24f],
  [0x300, 0x36f],
  [0x370, 0x52f],
  [0x591, 0x6ff],
  [0x900, 0x97f],
  [0x1100, 0x11ff],
  [0x1e00, 0x22ff],
  [0x3000, 0x30ff],
  [0xac00, 0xac80],
  [0xff00, 0xffef],
  [0x1_1380, 0x1_13d0],
  [0x1_6100, 0x1_6130],
  [0x1_e000, 0x1_e08f],
];

const character = fc.oneof(
  ...neighbourhoods.map(([min, max]) => fc.integer({ min, max }).map((code) => String.fromCodePoint(code))),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }).filter((one) => one !== '\u0000'),
);

export const mixedText = fc.array(character, { maxLength: 12 }).map((characters) => characters.join(''));

/** Where `fold` and a database differ: the text, and what each makes of it. */
export async function differences(
  texts: readonly string[],
  inDatabase: (texts: readonly string[]) => Promise<readonly string[]>,
): Promise<object[]> {
  const folded = await inDatabase(texts);
  return texts.flatMap((text, index) => {
    const [here, there] = [fold(text), folded[index] ?? ''];
    return here === there ? [] : [{ text: numbers(text), here: numbers(here), there: numbers(there) }];
  });
}

const numbers = (text: string): string =>
  Array.from(text)
    .map((one) => one.codePointAt(0)?.toString(16))
    .join(' ');

export const foldTexts =
  'SELECT satchel.fold(text) AS folded FROM unnest($1::text[]) WITH ORDINALITY AS given (text, place) ORDER BY place';
