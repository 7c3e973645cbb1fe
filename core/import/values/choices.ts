import type { ImportObject } from '#shared/contract/import-targets.ts';
import type { ColumnPlan, ColumnTarget } from '#shared/contract/imports.ts';
import { say } from '#shared/message.ts';
import { fold } from '#shared/text/fold.ts';
import { shown } from '../../data/shown.ts';
import type { Choices, Labels } from '../../objects/import-module.ts';
import { importModuleOf } from '../../objects/import-modules.ts';

/** What a workspace calls its choices. */
export interface Vocabulary {
  /** Of fields of the object at hand. */
  readonly labels: Labels;
  /** Of the object at hand, by key. */
  readonly customFields: ReadonlyMap<string, { readonly type: string; readonly options: readonly string[] }>;
}

/** The choices of what a column fills; null for a field that takes other values too. */
export function choicesOf(
  object: ImportObject,
  target: ColumnTarget,
  { labels, customFields }: Vocabulary,
): Choices | null {
  if (target.kind === 'field') return importModuleOf(object).choices?.(labels)[target.field] ?? null;
  if (target.kind !== 'custom') return null;
  const field = customFields.get(target.key);
  return field?.type === 'select' ? listed(field.options) : null;
}

function listed(options: readonly string[]): Choices {
  return {
    options: options.map((value) => ({ value, label: value })),
    read(text) {
      const option = options.find((candidate) => fold(candidate) === fold(text));
      return option === undefined ? null : { to: option, isSynonym: false };
    },
    refuse: (text) => say`“${shown(text)}” is none of the options of this field.`,
  };
}

export type ValueReading = {
  readonly to: string | null;
  readonly how: 'same' | 'synonym' | 'chosen' | 'left' | 'unknown';
};

/** What a value of a column becomes: as a person chose, else as the choices read it. */
export function readValue(choices: Choices, chosen: ColumnPlan['chosen'], text: string): ValueReading {
  const decided = chosen.find(({ from }) => from === text);
  if (decided?.to === null) return { to: null, how: 'left' };
  if (decided && choices.options.some(({ value }) => value === decided.to))
    return { to: decided.to, how: 'chosen' };
  const read = choices.read(text);
  if (!read) return { to: null, how: 'unknown' };
  return { to: read.to, how: read.isSynonym ? 'synonym' : 'same' };
}
