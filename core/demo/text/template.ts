import type { Chance } from '../chance.ts';

/**
 * What a text may mention. Facts are asked for only when a text needs them, and answered the same all through one
 * conversation, so that an answer speaks of the thing that was asked.
 */
export const factNames = [
  'contact',
  'first',
  'rep',
  'repFull',
  'account',
  'city',
  'colleague',
  'colleagueTitle',
  'product',
  'otherProduct',
  'amount',
  'reduced',
  'discount',
  'units',
  'sites',
  'weeks',
  'days',
  'competitor',
  'system',
  'reference',
  'date',
  'laterDate',
  'month',
  'pastMonth',
  'years',
  'hours',
] as const;
export type FactName = (typeof factNames)[number];
export type Facts = (name: FactName) => string;

type Part = string | { readonly fact: FactName } | { readonly choices: readonly (readonly Part[])[] };

/** A text with alternatives `[one|two]`, which may nest and be empty, and facts `{product}`. */
export interface Template {
  readonly parts: readonly Part[];
}

const knownFacts = new Set<string>(factNames);

function isFactName(name: string): name is FactName {
  return knownFacts.has(name);
}

/** Throws on an unbalanced bracket or an unknown fact, so that a mistyped text fails when it is loaded. */
export function compileTemplate(source: string): Template {
  let position = 0;

  function sequence(isInside: boolean): Part[] {
    const parts: Part[] = [];
    let text = '';
    const flush = () => {
      if (text !== '') parts.push(text);
      text = '';
    };
    while (position < source.length) {
      const character = source[position] ?? '';
      if (isInside && (character === '|' || character === ']')) break;
      position++;
      if (character === '[') {
        flush();
        parts.push({ choices: alternatives() });
      } else if (character === '{') {
        flush();
        parts.push({ fact: fact() });
      } else if (character === ']' || character === '}') {
        throw new SyntaxError(`Unbalanced ${character} at ${position} in: ${source}`);
      } else {
        text += character;
      }
    }
    flush();
    return parts;
  }

  function alternatives(): Part[][] {
    const choices = [sequence(true)];
    while (source[position] === '|') {
      position++;
      choices.push(sequence(true));
    }
    if (source[position] !== ']') throw new SyntaxError(`Unclosed [ in: ${source}`);
    position++;
    return choices;
  }

  function fact(): FactName {
    const end = source.indexOf('}', position);
    const name = source.slice(position, end);
    if (end < 0 || !isFactName(name)) throw new SyntaxError(`Unknown fact {${name}} in: ${source}`);
    position = end + 1;
    return name;
  }

  return { parts: sequence(false) };
}

export function renderTemplate(template: Template, chance: Chance, facts: Facts): string {
  return renderParts(template.parts, chance, facts);
}

function renderParts(parts: readonly Part[], chance: Chance, facts: Facts): string {
  let text = '';
  for (const part of parts) {
    if (typeof part === 'string') text += part;
    else if ('fact' in part) text += facts(part.fact);
    else text += renderParts(chance.pick(part.choices), chance, facts);
  }
  return text;
}
