import type { LifecycleStage } from '#shared/enums.ts';
import { closedStages } from '#shared/enums.ts';
import type { Random } from '#shared/runtime.ts';
import { addActivities } from './activity-rows.ts';
import type { AccountCast, CastMember } from './cast.ts';
import { Chance } from './chance.ts';
import { CompanyRegister } from './companies/naming.ts';
import { converse, day, type Matter, pickCompetitor, type Utterance } from './conversation.ts';
import { addCustomer, addLead, type Customer, meetCustomer } from './customer.ts';
import { type Deal, makeDeal, tellDeal } from './deal.ts';
import { addDeal, type StoryPipeline } from './deal-rows.ts';
import { RecentTexts } from './recent-texts.ts';
import { RowCollector, type RowGroup } from './rows.ts';
import { type Firm, foundFirm, type Rep } from './staff.ts';

export interface StoryOptions {
  readonly contacts: number;
  readonly activities: number;
  readonly random: Random;
  /** The end of the story, milliseconds since the epoch; it begins three years before. */
  readonly now: number;
  readonly currency: string;
  readonly pipeline: StoryPipeline;
  /** The person who fills the workspace; some of the customers are theirs. */
  readonly founder: Rep;
}

/** How far back the story goes. */
export const storyYears = 3;

/** The moment of the first thing that can have happened. */
export function storyBegins(now: number): number {
  return now - storyYears * 365 * day;
}

/**
 * The example firm's whole workspace as groups of rows, the firm first, then one customer at a time; each group only
 * refers to itself and to groups before it. Exactly as many contacts and activities as asked for. The same options
 * give the same rows. Memory does not grow with the number of activities.
 */
export function* tellStory(options: StoryOptions): Generator<RowGroup> {
  const chance = new Chance(options.random);
  const since = storyBegins(options.now);
  const firm = foundFirm(chance, {
    headcount: Math.min(60, Math.max(6, Math.round(options.contacts / 250))),
    currency: options.currency,
    founder: options.founder,
    foundedAt: since - 30 * day,
  });
  yield firm.rows;

  const teller = new Teller(chance, firm, options);
  let met = 0;
  let told = 0;
  while (met < options.contacts) {
    const isPerson = chance.happens(0.06);
    const count = isPerson ? 1 : Math.min(40, Math.max(1, Math.round(chance.around(4.2, 0.7))));
    const people = Math.min(count, options.contacts - met);
    met += people;
    // Each customer gets its share, and the shares add up to the whole.
    const quota = Math.round((options.activities * met) / options.contacts) - told;
    told += quota;
    yield teller.customer({ people, isPerson, activities: quota });
  }
}

class Teller {
  readonly #chance: Chance;
  readonly #firm: Firm;
  readonly #options: StoryOptions;
  readonly #register = new CompanyRegister();
  /** Recent happy customers, to be named in talks with others. */
  readonly #references = ['Harwell Provisions', 'Lindqvist Marine', 'Castellan Foods'];
  /** Recent accounts that a new one may belong to. */
  readonly #groups: string[] = [];
  readonly #recent = new RecentTexts(150);
  #quotes = 0;
  #cases = 0;

  constructor(chance: Chance, firm: Firm, options: StoryOptions) {
    this.#chance = chance;
    this.#firm = firm;
    this.#options = options;
  }

  customer(share: { people: number; isPerson: boolean; activities: number }): RowGroup {
    const chance = this.#chance;
    const { now, currency, pipeline } = this.#options;
    const rows = new RowCollector();
    const owner = chance.pick(this.#firm.reps);
    const customer = meetCustomer(chance, this.#register, {
      count: share.people,
      isPerson: share.isPerson,
      owner,
      since: storyBegins(now),
      now,
    });
    const deals = this.#deals(customer);
    const parentId = chance.happens(0.08) ? (this.#groups.at(chance.integer(0, 19)) ?? null) : null;
    addCustomer(chance, rows, customer, {
      currency,
      parentId,
      lifecycle: (person) => lifecycleOf(person, deals),
    });
    this.#remember(customer, deals);

    const budget = share.activities;
    let left = budget;
    for (const [index, deal] of deals.entries()) {
      addDeal(chance, rows, deal, {
        account: customer.cast,
        currency,
        pipeline,
        now,
        nextQuoteNumber: () => ++this.#quotes,
      });
      const matter = this.#matter(customer.cast, deal.rep, deal);
      const part = Math.floor((left * 0.92) / (deals.length - index));
      const utterances = tellDeal(chance, deal, matter, part, now);
      left -= utterances.length;
      this.#add(rows, utterances, customer.cast, deal.rep, deal.id);
    }
    // What no deal explains is keeping in touch.
    const smallTalk: Utterance[] = [];
    while (smallTalk.length < left) smallTalk.push(...this.#checkIn(customer));
    this.#add(rows, smallTalk.slice(0, left), customer.cast, owner, null);

    if (chance.happens(0.2)) addLead(chance, rows, this.#register, { owner, now });
    return rows.rows;
  }

  #deals(customer: Customer): Deal[] {
    const chance = this.#chance;
    const size = Math.max(0.3, customer.people.length / 4);
    const count = Math.min(16, Math.floor(0.5 * customer.people.length + chance.fraction()));
    const deals: Deal[] = [];
    for (let index = 0; index < count; index++) {
      const rep = chance.happens(0.85) ? customer.owner : chance.pick(this.#firm.reps);
      deals.push(
        makeDeal(chance, { account: customer.cast, firm: this.#firm, rep, now: this.#options.now, size }),
      );
    }
    return deals.sort((a, b) => a.engagedAt - b.engagedAt);
  }

  #remember(customer: Customer, deals: readonly Deal[]): void {
    if (!customer.company || customer.cast.id === null) return;
    this.#groups.unshift(customer.cast.id);
    this.#groups.splice(20);
    if (deals.some((deal) => deal.stage === 'closed_won' && !deal.isUnhappy)) {
      this.#references.unshift(customer.company.name);
      this.#references.splice(12);
    }
  }

  #matter(account: AccountCast, rep: Rep, deal: Deal | null): Matter {
    const chance = this.#chance;
    const contact = deal?.contact ?? chance.pick(account.members);
    const others = account.members.filter((member) => member !== contact);
    return {
      account,
      contact,
      colleague: others.length > 0 ? chance.pick(others) : null,
      rep,
      language: account.language,
      product: (deal?.product ?? chance.pick(this.#firm.products)).name,
      otherProduct: chance.pick(this.#firm.products).name,
      amount: deal?.amount ?? chance.around(9_000, 0.9),
      competitor: deal?.competitor ?? pickCompetitor(chance),
      reference: chance.pick(this.#references),
      currency: this.#options.currency,
      deputy: chance.pick(this.#firm.reps),
      recent: this.#recent,
    };
  }

  #checkIn(customer: Customer): Utterance[] {
    const { now } = this.#options;
    const { knownSince } = customer.cast;
    const startsAt = knownSince + this.#chance.fraction() * Math.max(0, now - knownSince - 4 * day);
    const matter = this.#matter(customer.cast, customer.owner, null);
    return [...converse(this.#chance, matter, 'checkIn', { startsAt, ending: null })];
  }

  #add(
    rows: RowCollector,
    utterances: readonly Utterance[],
    account: AccountCast,
    rep: Rep,
    dealId: string | null,
  ): void {
    addActivities(this.#chance, rows, utterances, {
      account,
      rep,
      dealId,
      now: this.#options.now,
      nextCaseNumber: () => ++this.#cases,
    });
  }
}

/** What a person is to the firm follows from the deals they take part in. */
function lifecycleOf(person: CastMember, deals: readonly Deal[]): LifecycleStage {
  const own = deals.filter((deal) =>
    deal.participants.some((participant) => participant.contact.id === person.id),
  );
  if (own.some((deal) => deal.stage === 'closed_won' && deal.churnedAt === null)) return 'customer';
  if (own.some((deal) => !closedStages.includes(deal.stage))) return 'opportunity_contact';
  if (own.some((deal) => deal.churnedAt !== null)) return 'churned';
  return 'lead';
}
