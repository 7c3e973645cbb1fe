import { invisible, letterForms, letters, newcomers, optional, spelled, whole } from './fold-table.ts';

const ascii = /^[ -~]*$/;

interface Rule {
  readonly unseen: RegExp;
  readonly newcomer: RegExp;
  readonly newcomers: ReadonlyMap<string, string>;
  readonly marks: RegExp;
  readonly letter: ReadonlyMap<string, string>;
}

/** Made when the first text is folded that is not plain ASCII. */
let rule: Rule | undefined;

function makeRule(): Rule {
  const forms = Array.from(letterForms);
  const single = Array.from(letters).map((one, index): [string, string] => [one, forms[index] ?? one]);
  return {
    unseen: new RegExp(`[${invisible}]+`, 'gu'),
    newcomer: new RegExp(`[${newcomers.map(([one]) => one).join('')}]`, 'gu'),
    newcomers: new Map(newcomers),
    marks: new RegExp(`(${whole})|[${optional}]`, 'gu'),
    letter: new Map([...single, ...spelled]),
  };
}

/**
 * A text as it is compared wherever two are compared: case, accents, width, Unicode form, kinds of spaces, dashes and
 * quotation marks, digits of other scripts and what is not seen make no difference; marks that make another letter of
 * one, as in й or が, do. The database's `satchel.fold` is made of the same table and gives the same.
 */
export function fold(text: string): string {
  if (ascii.test(text)) return singleSpaced(text.toLowerCase());
  rule ??= makeRule();
  const { unseen, newcomer, newcomers: standIns, marks, letter } = rule;
  const bare = text
    .replace(unseen, '')
    .replace(newcomer, (character) => standIns.get(character) ?? character)
    .normalize('NFKD')
    // An acute accent by itself, typed for an apostrophe.
    .replaceAll(' \u0301', "'")
    .replace(marks, '$1');
  if (ascii.test(bare)) return singleSpaced(bare.toLowerCase());
  let folded = '';
  for (const character of bare) folded += letter.get(character) ?? character;
  return singleSpaced(folded.normalize('NFC'));
}

function singleSpaced(text: string): string {
  return (text.includes('  ') ? text.replaceAll(/ +/g, ' ') : text).trim();
}
