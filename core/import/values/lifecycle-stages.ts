import type { LifecycleStage } from '#shared/enums.ts';

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

/** The stage that a text names; null when it names none. */
export function lifecycleStageOf(text: string): { to: LifecycleStage; isSynonym: boolean } | null {
  const key = text.toLowerCase().replaceAll(/[^a-z]+/g, '');
  const to = names.get(key);
  return to === undefined ? null : { to, isSynonym: !own.has(key) };
}
