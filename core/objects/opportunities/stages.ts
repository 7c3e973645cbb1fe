import type { Tx } from '#db/engine/types.ts';
import { returning } from '#db/row.ts';
import { sql } from '#db/sql.ts';
import { closedStages, type OpportunityStage, opportunityStages } from '#shared/enums.ts';
import { say } from '#shared/message.ts';
import { fold } from '#shared/text/fold.ts';
import { shown } from '../../data/shown.ts';
import { queryRows } from '../../data/statement.ts';
import type { Choices, Labels, Values } from '../import-module.ts';
import { firstStages } from './first-stages.ts';

/** How files tell the stage of an opportunity. */

/** How other systems, and people, call the stages. Keys are reduced by `stageKey`. */
const stageNames: Readonly<Record<OpportunityStage, readonly string[]>> = {
  prospecting: ['prospecting', 'prospect', 'lead', 'leadin', 'new', 'open', 'identified', 'discovery'],
  qualification: [
    'qualification',
    'qualified',
    'qualifying',
    'qualifiedtobuy',
    'engaging',
    'engaged',
    'contactmade',
    'contacted',
    'appointmentscheduled',
    'working',
  ],
  needs_analysis: [
    'needsanalysis',
    'analysis',
    'needsdefined',
    'iddecisionmakers',
    'perceptionanalysis',
    'evaluation',
  ],
  value_proposition: [
    'valueproposition',
    'presentationscheduled',
    'demoscheduled',
    'demo',
    'presentation',
    'decisionmakerboughtin',
  ],
  proposal: ['proposal', 'proposalmade', 'proposalsent', 'proposalpricequote', 'quote', 'quotesent', 'offer'],
  negotiation: [
    'negotiation',
    'negotiations',
    'negotiationsstarted',
    'negotiationreview',
    'contractsent',
    'contract',
    'closing',
  ],
  closed_won: ['closedwon', 'won', 'closewon', 'win', 'sold', 'ganado', 'cierreganado', 'gewonnen', 'gagne'],
  closed_lost: ['closedlost', 'lost', 'closelost', 'dead', 'perdido', 'cierreperdido', 'verloren', 'perdu'],
};

const stageOfName = new Map<string, OpportunityStage>(
  opportunityStages.flatMap((stage) => stageNames[stage].map((name) => [name, stage] as const)),
);

/** Every sales team says won and lost. */
const plainNames = new Set(['won', 'lost']);

function stageKey(label: string): string {
  return fold(label).replaceAll(/[^\p{L}\p{N}]+/gu, '');
}

/**
 * Finds a stage by the workspace's own label for it, by its name, or by what other systems call it; the last is a synonym,
 * which the plan shows to the person.
 */
function stageOf(text: string, labels: Labels): { stage: string; isSynonym: boolean } | null {
  const key = stageKey(text);
  for (const [stage, label] of labels) if (stageKey(label) === key) return { stage, isSynonym: false };
  const stage = stageOfName.get(key);
  return stage === undefined ? null : { stage, isSynonym: stageKey(stage) !== key && !plainNames.has(key) };
}

/** What the workspace calls its stages. */
export async function readStageLabels(tx: Tx): Promise<Labels> {
  const rows = await queryRows(
    tx,
    returning({ stage: 'pipeline_stages.kind', label: 'pipeline_stages.name' }),
    sql`SELECT s.kind AS stage, s.name AS label FROM ${firstStages} s`,
  );
  return new Map(rows.map(({ stage, label }) => [stage, label]));
}

export function stageChoices(labels: Labels): Choices {
  return {
    options: opportunityStages.map((value) => ({ value, label: labels.get(value) ?? null })),
    read(text) {
      const found = stageOf(text, labels);
      return found && { to: found.stage, isSynonym: found.isSynonym };
    },
    refuse: (text) => say`“${shown(text)}” is no stage of the pipeline.`,
    keep: keepStage,
  };
}

/** What a status says that is neither won nor lost: the stage is in another column. */
const openStatus = 'open';
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
export function statusChoices(labels: Labels): Choices {
  return {
    options: [
      { value: openStatus, label: null },
      ...closedStages.map((value) => ({ value, label: labels.get(value) ?? null })),
    ],
    read(text) {
      const stage = closedStages.find((candidate) => candidate === stageOf(text, labels)?.stage);
      if (stage) return { to: stage, isSynonym: false };
      const isOpen = openWords.has(fold(text).replaceAll(/[^\p{L}]+/gu, ''));
      return isOpen ? { to: openStatus, isSynonym: false } : null;
    },
    refuse: (text) => say`“${shown(text)}” is no status of an opportunity: open, won or lost.`,
    field: 'stage',
    keep: keepStage,
  };
}

/** A status of won or lost, in another column, says more than the stage it happened in. */
function keepStage(values: Values, to: string): void {
  const isClosed = closedStages.some((stage) => stage === values['stage']);
  if (to !== openStatus && !isClosed) values['stage'] = to;
}
