import { closedStages, type OpportunityStage } from '#shared/enums.ts';
import type { AccountCast } from './cast.ts';
import type { Chance } from './chance.ts';
import { day } from './conversation.ts';
import type { Deal } from './deal.ts';
import type { RowCollector } from './rows.ts';
import { stageMilestones } from './stage-path.ts';

const nextSteps = [
  'Send revised offer',
  'Call about the trial',
  'Wait for the board',
  'Integration plan',
  'Visit on site',
  'Contract review',
  'Reference call',
];

/** The pipeline that the deals stand in, and its stage of each kind. */
export interface StoryPipeline {
  readonly id: string;
  readonly stageIds: Readonly<Record<OpportunityStage, string>>;
}

export interface DealContext {
  readonly account: AccountCast;
  readonly currency: string;
  readonly pipeline: StoryPipeline;
  readonly now: number;
  /** Counts quotes through the whole workspace. */
  readonly nextQuoteNumber: () => number;
}

/** Writes a deal with its people, its way through the stages, its quotes and its tasks. */
export function addDeal(chance: Chance, rows: RowCollector, deal: Deal, context: DealContext): void {
  const isOpen = !closedStages.includes(deal.stage);
  const created = new Date(deal.engagedAt).toISOString();
  const changed = new Date(deal.path.at(-1)?.at ?? deal.engagedAt).toISOString();
  const { id: pipelineId, stageIds } = context.pipeline;
  rows.add('opportunities', {
    id: deal.id,
    name: `${context.account.name}: ${dealTitle(chance, deal)}`,
    account_id: context.account.id,
    contact_id: deal.contact.id,
    product_id: deal.product.id,
    pipeline_stage_id: stageIds[deal.stage],
    pipeline_id: pipelineId,
    stage: deal.stage,
    amount: deal.amount,
    currency: context.currency,
    probability:
      stageMilestones.find((milestone) => milestone.stage === deal.stage)?.probability ??
      (deal.stage === 'closed_won' ? 1 : 0),
    close_date: isoDate(deal.closesAt),
    engaged_on: isoDate(deal.engagedAt),
    closed_at: isOpen ? null : new Date(deal.closesAt).toISOString(),
    next_step: isOpen && chance.happens(0.8) ? chance.pick(nextSteps) : null,
    lead_source: chance.pick(['Trade fair', 'Referral', 'Existing customer', 'Website', 'Cold call']),
    won_reason: deal.stage === 'closed_won' ? deal.reason : null,
    lost_reason: deal.stage === 'closed_lost' ? deal.reason : null,
    description: null,
    owner_id: deal.rep.id,
    created_at: created,
    updated_at: changed,
  });
  for (const { contact, role } of deal.participants) {
    rows.add('opportunity_participants', {
      opportunity_id: deal.id,
      contact_id: contact.id,
      role,
      created_at: created,
      updated_at: created,
    });
  }
  for (const [index, step] of deal.path.entries()) {
    const before = deal.path[index - 1]?.stage;
    rows.add('opportunity_stage_history', {
      id: chance.idAt(step.at),
      opportunity_id: deal.id,
      from_stage: before ?? null,
      to_stage: step.stage,
      from_pipeline_stage_id: before ? stageIds[before] : null,
      to_pipeline_stage_id: stageIds[step.stage],
      changed_at: new Date(step.at).toISOString(),
      changed_by: deal.rep.id,
      amount: deal.amount,
      currency: context.currency,
    });
  }
  addQuotes(chance, rows, deal, context);
  addTasks(chance, rows, deal, context, isOpen);
}

function dealTitle(chance: Chance, deal: Deal): string {
  const many = deal.units > 3 ? `${deal.units} × ${deal.product.name}` : deal.product.name;
  return chance.pick([
    many,
    many,
    `${deal.product.series} rollout`,
    `${deal.product.name} pilot`,
    `${deal.product.name} for all sites`,
  ]);
}

/** Offers exist from the proposal on: the first version, and a discounted second one when the price was discussed. */
function addQuotes(chance: Chance, rows: RowCollector, deal: Deal, context: DealContext): void {
  const proposed = deal.path.find((step) => step.stage === 'proposal');
  if (!proposed || !chance.happens(0.5)) return;
  const number = `Q-${String(context.nextQuoteNumber()).padStart(5, '0')}`;
  const versions = deal.concerns.includes('pricing') ? 2 : 1;
  for (let version = 1; version <= versions; version++) {
    const madeAt = proposed.at + (version - 1) * 9 * day;
    if (madeAt > context.now) return;
    const isLast = version === versions;
    const validUntil = madeAt + 45 * day;
    const discount = version === 1 ? 0 : chance.integer(3, 12);
    const quoteId = chance.idAt(madeAt);
    const moment = new Date(madeAt).toISOString();
    const subtotal = deal.units * deal.product.unitPrice;
    const discountTotal = Math.round(subtotal * discount) / 100;
    rows.add('quotes', {
      id: quoteId,
      opportunity_id: deal.id,
      account_id: context.account.id,
      contact_id: deal.contact.id,
      quote_number: number,
      version,
      status: quoteStatus(deal, isLast, validUntil < context.now),
      valid_until: isoDate(validUntil),
      currency: context.currency,
      discount_percent: discount,
      subtotal,
      discount_total: discountTotal,
      tax_total: 0,
      total: subtotal - discountTotal,
      owner_id: deal.rep.id,
      created_at: moment,
      updated_at: moment,
    });
    rows.add('quote_line_items', {
      id: chance.idAt(madeAt),
      quote_id: quoteId,
      product_id: deal.product.id,
      position: 1,
      description: deal.product.name,
      quantity: deal.units,
      unit_price: deal.product.unitPrice,
      created_at: moment,
      updated_at: moment,
    });
  }
}

function quoteStatus(deal: Deal, isLast: boolean, hasExpired: boolean): string {
  if (isLast && deal.stage === 'closed_won') return 'accepted';
  if (isLast && deal.stage === 'closed_lost') return 'rejected';
  return hasExpired || !isLast ? 'expired' : 'sent';
}

function addTasks(
  chance: Chance,
  rows: RowCollector,
  deal: Deal,
  context: DealContext,
  isOpen: boolean,
): void {
  const count = isOpen ? chance.integer(0, 2) : chance.happens(0.25) ? 1 : 0;
  for (let index = 0; index < count; index++) {
    const madeAt = isOpen
      ? context.now - chance.integer(0, 20) * day
      : deal.closesAt - chance.integer(3, 30) * day;
    const dueAt = madeAt + chance.integer(2, 21) * day;
    const moment = new Date(madeAt).toISOString();
    rows.add('tasks', {
      id: chance.idAt(madeAt),
      title: chance.pick([
        `Send the offer to ${deal.contact.fullName}`,
        `Call ${deal.contact.fullName} about the trial`,
        `Written integration plan for ${context.account.name}`,
        `Confirm the delivery date to ${deal.contact.fullName}`,
        `Ask ${deal.contact.fullName} for the decision`,
        `Find a reference for ${context.account.name}`,
        `Prepare the visit at ${context.account.name}`,
      ]),
      due_date: isoDate(dueAt),
      status: isOpen ? 'pending' : 'completed',
      priority: chance.weighted([
        { weight: 2, p: 'low' },
        { weight: 6, p: 'normal' },
        { weight: 2, p: 'high' },
      ]).p,
      assigned_to_id: deal.rep.id,
      contact_id: deal.contact.id,
      account_id: context.account.id,
      opportunity_id: deal.id,
      completed_at: isOpen ? null : new Date(Math.min(dueAt, context.now)).toISOString(),
      created_at: moment,
      updated_at: moment,
    });
  }
}

function isoDate(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10);
}
