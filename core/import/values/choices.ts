import type { ImportObject } from '#shared/contract/import-targets.ts';
import type { ColumnPlan, ColumnTarget } from '#shared/contract/imports.ts';
import { lifecycleStages, type OpportunityStage, opportunityStages } from '#shared/enums.ts';
import { type Message, say } from '#shared/message.ts';
import { shown } from './convert.ts';
import { lifecycleStageOf } from './lifecycle-stages.ts';
import { stageOf } from './stages.ts';

/** What a workspace calls its choices. */
export interface Vocabulary {
  readonly stageLabels: ReadonlyMap<OpportunityStage, string>;
  /** Of the object at hand, by key. */
  readonly customFields: ReadonlyMap<string, { readonly type: string; readonly options: readonly string[] }>;
}

export interface ReadChoice {
  readonly to: string;
  /** Known by our table of what other systems and people say, and not by the name of the choice itself. */
  readonly isSynonym: boolean;
}

/** The choices of a field that takes nothing else. */
export interface Choices {
  /** `label` is null where the interface has a name of its own for the value. */
  readonly options: readonly { readonly value: string; readonly label: string | null }[];
  /** The choice that a text names; null when it names none. */
  read(text: string): ReadChoice | null;
  /** Why a text cannot be kept. */
  refuse(text: string): Message;
}

/** The choices of what a column fills; null for a field that takes other values too. */
export function choicesOf(
  object: ImportObject,
  target: ColumnTarget,
  { stageLabels, customFields }: Vocabulary,
): Choices | null {
  if (target.kind === 'field') {
    if (object === 'opportunities' && target.field === 'stage') return stages(stageLabels);
    if (object === 'opportunities' && target.field === 'status') return statuses(stageLabels);
    return object === 'contacts' && target.field === 'lifecycleStage' ? lifecycle : null;
  }
  if (target.kind !== 'custom') return null;
  const field = customFields.get(target.key);
  return field?.type === 'select' ? listed(field.options) : null;
}

function stages(labels: Vocabulary['stageLabels']): Choices {
  return {
    options: opportunityStages.map((value) => ({ value, label: labels.get(value) ?? null })),
    read(text) {
      const found = stageOf(text, labels);
      return found && { to: found.stage, isSynonym: found.isSynonym };
    },
    refuse: (text) => say`“${shown(text)}” is no stage of the pipeline.`,
  };
}

/** What a status says that is neither won nor lost: the stage is in another column. */
export const openStatus = 'open';
const openWords = new Set([
  'open',
  'opened',
  'active',
  'pending',
  'inprogress',
  'offen',
  'abierto',
  'ouvert',
]);

/** Pipedrive tells won and lost apart in a column beside the stage. */
function statuses(labels: Vocabulary['stageLabels']): Choices {
  const closed = ['closed_won', 'closed_lost'] as const;
  return {
    options: [
      { value: openStatus, label: null },
      ...closed.map((value) => ({ value, label: labels.get(value) ?? null })),
    ],
    read(text) {
      const stage = closed.find((candidate) => candidate === stageOf(text, labels)?.stage);
      if (stage) return { to: stage, isSynonym: false };
      const isOpen = openWords.has(text.toLowerCase().replaceAll(/[^\p{L}]+/gu, ''));
      return isOpen ? { to: openStatus, isSynonym: false } : null;
    },
    refuse: (text) => say`“${shown(text)}” is no status of a deal: open, won or lost.`,
  };
}

const lifecycle: Choices = {
  options: lifecycleStages.map((value) => ({ value, label: null })),
  read: lifecycleStageOf,
  refuse: (text) => say`“${shown(text)}” is no lifecycle stage. Use lead, opportunity, customer or churned.`,
};

function listed(options: readonly string[]): Choices {
  return {
    options: options.map((value) => ({ value, label: value })),
    read(text) {
      const option = options.find((candidate) => candidate.toLowerCase() === text.toLowerCase());
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
