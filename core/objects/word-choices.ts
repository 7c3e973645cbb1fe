import type { OptionSet } from '#shared/enums.ts';
import { say } from '#shared/message.ts';
import { shown } from '../data/shown.ts';
import type { Choices } from './import-module.ts';

/**
 * The choices of a closed set for an import: each value by its own name, and by the words under which other systems and
 * people write it.
 */
export function wordChoices<Value extends string>(
  set: OptionSet<Value>,
  words: Readonly<Record<Value, readonly string[]>>,
): Choices {
  const byWord = new Map(
    set.values.flatMap((to) => words[to].map((word) => [lettersOf(word), { to, isSynonym: true }])),
  );
  for (const to of set.values) byWord.set(lettersOf(to), { to, isSynonym: false });
  return {
    options: set.values.map((value) => ({ value, label: null })),
    read: (text) => byWord.get(lettersOf(text)) ?? null,
    refuse: (text) => say`“${shown(text)}” is none of: ${set.values.join(', ')}.`,
  };
}

/** Case, spaces, accents and signs make no other word. */
function lettersOf(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '');
}
