import { type LifecycleStage, lifecycleStages } from '#shared/enums.ts';
import { say } from '#shared/message.ts';
import { shown } from '../../data/shown.ts';
import type { Choices } from '../import-module.ts';

/** What HubSpot and others call the stages of a contact's life, reduced to their letters. */
const names = new Map<string, LifecycleStage>(
  Object.entries({
    lead: 'lead',
    subscriber: 'lead',
    marketingqualifiedlead: 'lead',
    salesqualifiedlead: 'lead',
    mql: 'lead',
    sql: 'lead',
    prospect: 'lead',
    opportunity: 'opportunity_contact',
    opportunitycontact: 'opportunity_contact',
    customer: 'customer',
    client: 'customer',
    evangelist: 'customer',
    churned: 'churned',
    former: 'churned',
    formercustomer: 'churned',
    other: 'lead',
  } as const),
);
/** Names that say the stage itself. */
const own = new Set(['lead', 'opportunity', 'opportunitycontact', 'customer', 'churned']);

export const lifecycleStageChoices: Choices = {
  options: lifecycleStages.map((value) => ({ value, label: null })),
  read: lifecycleStageOf,
  refuse: (text) => say`“${shown(text)}” is no lifecycle stage. Use lead, opportunity, customer or churned.`,
};

/** The stage that a text names; null when it names none. */
function lifecycleStageOf(text: string): { to: LifecycleStage; isSynonym: boolean } | null {
  const key = text.toLowerCase().replaceAll(/[^a-z]+/g, '');
  const to = names.get(key);
  return to === undefined ? null : { to, isSynonym: !own.has(key) };
}
