import type { OpportunityStage } from '#shared/enums.ts';
import type { AccountCast, CastMember } from './cast.ts';
import type { Chance } from './chance.ts';
import {
  converse,
  day,
  type Ending,
  type Matter,
  pickCompetitor,
  topicLength,
  type Utterance,
} from './conversation.ts';
import type { Firm, Product, Rep } from './staff.ts';
import { milestoneAt, stageMilestones } from './stage-path.ts';
import type { TopicName } from './text/language.ts';

/** What stood between the firm and a signature. */
const concernNames = ['pricing', 'integration', 'security', 'delivery', 'competitor', 'budget'] as const;
type Concern = (typeof concernNames)[number];

const lostReasons: Readonly<Record<Concern | 'champion', string>> = {
  pricing: 'Price too high',
  integration: 'Integration effort',
  security: 'Security requirements',
  delivery: 'Delivery too late',
  competitor: 'Lost to a competitor',
  budget: 'No budget',
  champion: 'Champion left',
};
const wonReasons: Readonly<Record<Concern | 'champion', string>> = {
  pricing: 'Fair price for the volume',
  integration: 'Quick integration',
  security: 'Answers on security',
  delivery: 'Delivery on time',
  competitor: 'Better product than the competitor',
  budget: 'Benefit shown in figures',
  champion: 'Strong champion',
};

export interface Deal {
  readonly id: string;
  readonly product: Product;
  readonly units: number;
  readonly amount: number;
  readonly rep: Rep;
  readonly contact: CastMember;
  readonly participants: readonly { readonly contact: CastMember; readonly role: string }[];
  readonly engagedAt: number;
  /** Expected while open. */
  readonly closesAt: number;
  readonly stage: OpportunityStage;
  readonly reason: string | null;
  readonly competitor: string;
  /** The stages it has been in, with the moments it came to them. */
  readonly path: readonly { readonly stage: OpportunityStage; readonly at: number }[];
  readonly concerns: readonly Concern[];
  readonly decisive: Concern | 'champion';
  readonly hasChampion: boolean;
  /** Won, and then disappointed. */
  readonly isUnhappy: boolean;
  /** When a disappointed customer gave notice. */
  readonly churnedAt: number | null;
}

const roles = ['Decision maker', 'Economic buyer', 'Technical buyer', 'User', 'Influencer'];

/** A deal whose end fits what stood in its way: a champion helps, every concern hurts. */
export function makeDeal(
  chance: Chance,
  options: { account: AccountCast; firm: Firm; rep: Rep; now: number; size: number },
): Deal {
  const { account, now } = options;
  const engagedAt = account.knownSince + chance.fraction() * (now - account.knownSince);
  const contact = chance.pick(account.members);
  const concerns = chance.sample(
    concernNames,
    chance.weighted([
      { weight: 5, n: 1 },
      { weight: 4, n: 2 },
      { weight: 2, n: 3 },
    ]).n,
  );
  const hasChampion = chance.happens(0.45);
  const willWin = chance.happens(0.58 + (hasChampion ? 0.22 : 0) - 0.1 * concerns.length);
  const cycle = Math.min(420, Math.max(12, chance.around(75, 0.6) * Math.sqrt(options.size))) * day;
  const closesAt = engagedAt + cycle;
  const product = chance.pick(
    options.firm.products.filter((item) => item.isActive && item.series !== 'Care'),
  );
  const units =
    product.unitPrice > 2_000
      ? chance.integer(1, 3)
      : Math.max(5, Math.round(chance.around(40 * options.size, 0.6)));
  const amount = Math.round(units * product.unitPrice * (1 + 0.4 * chance.fraction()));

  const isClosed = closesAt <= now;
  const reached = milestoneAt(Math.min(1, (now - engagedAt) / cycle));
  const stage = isClosed ? (willWin ? 'closed_won' : 'closed_lost') : reached.stage;
  const lastOpen =
    isClosed && !willWin
      ? chance.pick(stageMilestones.slice(2))
      : isClosed
        ? stageMilestones.at(-1)
        : reached;
  const path = stageMilestones
    .filter((milestone) => milestone.reachedAt <= (lastOpen?.reachedAt ?? 0))
    .map((milestone) => ({ stage: milestone.stage, at: engagedAt + milestone.reachedAt * cycle }));
  if (isClosed) path.push({ stage, at: closesAt });
  const decisive =
    (willWin && hasChampion && chance.happens(0.4)) || (!willWin && hasChampion && chance.happens(0.3))
      ? 'champion'
      : (concerns[0] ?? 'pricing');
  const isUnhappy = stage === 'closed_won' && chance.happens(0.16);
  const noticeAt = closesAt + 350 * day;
  const others = account.members.filter((member) => member !== contact);
  return {
    id: chance.idAt(engagedAt),
    product,
    units,
    amount,
    rep: options.rep,
    contact,
    participants: [
      { contact, role: hasChampion ? 'Champion' : chance.pick(roles) },
      ...chance
        .sample(others, chance.integer(0, 3))
        .map((member) => ({ contact: member, role: chance.pick(roles) })),
    ],
    engagedAt,
    closesAt,
    stage,
    reason: isClosed ? (willWin ? wonReasons : lostReasons)[decisive] : null,
    competitor: pickCompetitor(chance),
    path,
    concerns,
    decisive,
    hasChampion,
    isUnhappy,
    churnedAt: isUnhappy && noticeAt < now ? noticeAt : null,
  };
}

interface PlannedTopic {
  readonly name: TopicName;
  readonly ending: Ending;
  readonly startsAt: number;
}

/** What is told first where not everything can be told: how it ended and why. */
const importance: readonly TopicName[] = [
  'introduction',
  'won',
  'lost',
  'churn',
  ...concernNames,
  'complaint',
  'champion',
  'discovery',
  'renewal',
  'contract',
  'demonstration',
  'onboarding',
  'review',
];

/**
 * The talk of a deal, in order of time, at most `budget` activities and none after `now`. What matters most for its
 * end is kept first when the budget is small.
 */
export function tellDeal(
  chance: Chance,
  deal: Deal,
  matter: Matter,
  budget: number,
  now: number,
): Utterance[] {
  const rank = (name: TopicName) => importance.indexOf(name === deal.decisive ? 'lost' : name);
  const planned = [...planSale(chance, deal), ...planCustomerLife(chance, deal, now)].sort(
    (a, b) => rank(a.name) - rank(b.name),
  );
  const utterances: Utterance[] = [];
  for (const topic of planned) {
    const left = budget - utterances.length;
    if (left <= 0) break;
    if (topic.startsAt > now) continue;
    const turns = Math.min(left, topicLength(matter.language, topic.name, topic.ending));
    for (const utterance of converse(chance, matter, topic.name, { ...topic, turns })) {
      if (utterance.occurredAt <= now) utterances.push(utterance);
    }
  }
  return utterances;
}

/** Topics of the sale. */
function planSale(chance: Chance, deal: Deal): PlannedTopic[] {
  const span = deal.closesAt - deal.engagedAt;
  const at = (part: number) => deal.engagedAt + span * (part + (chance.fraction() - 0.5) * 0.08);
  const isWon = deal.stage === 'closed_won';
  const isLost = deal.stage === 'closed_lost';
  const topics: PlannedTopic[] = [{ name: 'introduction', ending: null, startsAt: deal.engagedAt }];
  if (isWon) topics.push({ name: 'won', ending: null, startsAt: deal.closesAt - day });
  if (isLost) topics.push({ name: 'lost', ending: null, startsAt: deal.closesAt - 2 * day });
  for (const concern of deal.concerns) {
    const hurt = isLost && (concern === deal.decisive || chance.happens(0.3));
    const ending: Ending = hurt || (!isWon && !isLost && chance.happens(0.3)) ? 'bad' : 'good';
    topics.push({ name: concern, ending, startsAt: at(hurt ? 0.7 : chance.pick([0.35, 0.5, 0.62])) });
  }
  if (deal.hasChampion) {
    topics.push({
      name: 'champion',
      ending: isLost && deal.decisive === 'champion' ? 'bad' : 'good',
      startsAt: at(0.55),
    });
  }
  topics.push({ name: 'discovery', ending: null, startsAt: at(0.18) });
  if (chance.happens(0.7)) {
    topics.push({
      name: 'demonstration',
      ending: isWon ? 'good' : isLost && chance.happens(0.5) ? 'bad' : null,
      startsAt: at(0.33),
    });
  }
  if (deal.path.some((step) => step.stage === 'negotiation')) {
    topics.push({ name: 'contract', ending: null, startsAt: at(0.84) });
  }
  return topics;
}

/** What follows a signature: the start, reviews, complaints, renewals, and now and then the end. */
function planCustomerLife(chance: Chance, deal: Deal, now: number): PlannedTopic[] {
  if (deal.stage !== 'closed_won') return [];
  const topics: PlannedTopic[] = [
    { name: 'onboarding', ending: null, startsAt: deal.closesAt + chance.integer(5, 20) * day },
  ];
  const years = (now - deal.closesAt) / (365 * day);
  if (deal.isUnhappy) {
    topics.push({
      name: 'complaint',
      ending: 'bad',
      startsAt: deal.closesAt + chance.integer(60, 260) * day,
    });
    if (deal.churnedAt !== null) {
      topics.push({ name: 'churn', ending: null, startsAt: deal.churnedAt });
      topics.push({ name: 'renewal', ending: 'bad', startsAt: deal.churnedAt - 20 * day });
    }
    return topics;
  }
  for (let year = 1; year <= years; year++) {
    topics.push({ name: 'renewal', ending: 'good', startsAt: deal.closesAt + (year * 365 - 30) * day });
  }
  for (let quarter = 1; quarter <= years * 4; quarter++) {
    topics.push({
      name: 'review',
      ending: null,
      startsAt: deal.closesAt + (quarter * 91 + chance.integer(-12, 12)) * day,
    });
  }
  if (chance.happens(0.3)) {
    topics.push({
      name: 'complaint',
      ending: 'good',
      startsAt: deal.closesAt + chance.integer(40, 300) * day,
    });
  }
  return topics;
}
