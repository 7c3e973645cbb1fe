import type { ActivityType } from '#shared/enums.ts';
import type { AccountCast, CastMember } from './cast.ts';
import type { Chance } from './chance.ts';
import { competitors, customerSystems } from './companies/catalogue.ts';
import { roundedSum, writeAmount } from './money.ts';
import type { RecentTexts } from './recent-texts.ts';
import type { Rep } from './staff.ts';
import type { Language, LanguageKey, TopicName, Turn, TurnKind } from './text/language.ts';
import { findTopic } from './text/languages.ts';
import { type FactName, type Facts, renderTemplate } from './text/template.ts';

export const day = 86_400_000;

/** One thing that was said or written, before it has links to records. */
export interface Utterance {
  readonly type: ActivityType;
  readonly subject: string;
  readonly body: string;
  readonly outcome: string | null;
  readonly direction: 'inbound' | 'outbound' | null;
  readonly durationMinutes: number | null;
  readonly occurredAt: number;
  readonly topic: TopicName;
  readonly contact: CastMember;
  /** Who was in the room besides. */
  readonly colleague: CastMember | null;
}

/** What a conversation is about; everything in it that is a fact of the deal and not of chance. */
export interface Matter {
  readonly account: AccountCast;
  readonly contact: CastMember;
  readonly colleague: CastMember | null;
  readonly rep: Rep;
  readonly language: LanguageKey;
  readonly product: string;
  readonly otherProduct: string;
  readonly amount: number;
  readonly competitor: string;
  /** A customer that may be named as a reference. */
  readonly reference: string;
  readonly currency: string;
  /** Of the rep's own firm. */
  readonly deputy: Rep;
  /** What was said last in the whole workspace, so that nobody repeats it at once. */
  readonly recent: RecentTexts;
}

/** How a topic ended, where it ended. */
export type Ending = 'good' | 'bad' | null;

/** Says the turns of a topic one after the other, some days apart, beginning at a moment. */
export function* converse(
  chance: Chance,
  matter: Matter,
  name: TopicName,
  options: { startsAt: number; ending: Ending; turns?: number },
): Generator<Utterance> {
  const { language, topic } = findTopic(matter.language, name);
  const turns = name === 'checkIn' ? [chance.pick(topic.turns)] : [...topic.turns];
  if (options.ending !== null) turns.push(...topic[options.ending]);
  yield* speak(chance, matter, name, language, turns.slice(0, options.turns), options.startsAt);
}

/** The number of activities that a topic makes with an ending. */
export function topicLength(language: LanguageKey, name: TopicName, ending: Ending): number {
  const { topic } = findTopic(language, name);
  if (name === 'checkIn') return 1;
  return topic.turns.length + (ending === null ? 0 : topic[ending].length);
}

function* speak(
  chance: Chance,
  matter: Matter,
  topic: TopicName,
  language: Language,
  turns: readonly Turn[],
  startsAt: number,
): Generator<Utterance> {
  const facts = factsOf(chance, matter, language, startsAt);
  let moment = workingHour(chance, startsAt);
  let subject = '';
  for (const turn of turns) {
    const isAnswer = turn.subject === null && subject !== '';
    if (turn.subject !== null) subject = renderTemplate(turn.subject, chance, facts);
    const isEmail = turn.as === 'email_in' || turn.as === 'email_out';
    const body = matter.recent.freshOf(() => {
      const said = renderTemplate(turn.body, chance, facts).replaceAll(/ {2,}/g, ' ').trim();
      return isEmail ? letter(chance, language, said, facts, { kind: turn.as, deputy: matter.deputy }) : said;
    });
    const outcome = turn.outcome === null ? '' : renderTemplate(turn.outcome, chance, facts);
    yield {
      ...kept[turn.as],
      subject: isAnswer && isEmail ? `${language.reply}${subject}` : subject,
      body,
      outcome: outcome === '' ? null : outcome,
      durationMinutes: duration(chance, turn.as),
      occurredAt: moment,
      topic,
      contact: matter.contact,
      colleague: turn.as === 'meeting' ? matter.colleague : null,
    };
    const next = workingHour(chance, moment + chance.integer(4, 100) * 3_600_000);
    moment = next > moment ? next : workingHour(chance, moment + day);
  }
}

const kept: Readonly<Record<TurnKind, Pick<Utterance, 'type' | 'direction'>>> = {
  email_in: { type: 'email', direction: 'inbound' },
  email_out: { type: 'email', direction: 'outbound' },
  call_in: { type: 'call', direction: 'inbound' },
  call_out: { type: 'call', direction: 'outbound' },
  meeting: { type: 'meeting', direction: null },
  note: { type: 'note', direction: null },
};

function duration(chance: Chance, kind: TurnKind): number | null {
  if (kind === 'call_in' || kind === 'call_out') return chance.integer(2, 35);
  if (kind === 'meeting') return chance.integer(2, 8) * 15;
  return null;
}

/** The same day or the next working day, between eight and six, to the second. */
function workingHour(chance: Chance, moment: number): number {
  let start = Math.floor(moment / day) * day;
  const weekday = new Date(start).getUTCDay();
  if (weekday === 6) start += 2 * day;
  if (weekday === 0) start += day;
  return start + 8 * 3_600_000 + chance.integer(0, 36_000) * 1_000;
}

function letter(
  chance: Chance,
  language: Language,
  body: string,
  facts: Facts,
  from: { kind: TurnKind; deputy: Rep },
): string {
  const isOurs = from.kind === 'email_out';
  // The writer signs and the reader is greeted: from the customer's side the two change places.
  const sides: Facts = isOurs ? facts : (name) => facts(otherSide[name] ?? name);
  const own: Facts = isOurs ? (name) => (name === 'colleague' ? from.deputy.fullName : facts(name)) : facts;
  const greeting = renderTemplate(language.greeting, chance, sides);
  const closing = renderTemplate(language.closing, chance, sides);
  const aside = chance.happens(0.3) ? `\n\n${renderTemplate(language.aside, chance, own)}` : '';
  return `${greeting}\n\n${body}${aside}\n\n${closing}`;
}

const otherSide: Partial<Record<FactName, FactName>> = {
  first: 'rep',
  contact: 'repFull',
  rep: 'first',
  repFull: 'contact',
};

/** Answers each fact once and then the same. Days are promised from the conversation's beginning on. */
function factsOf(chance: Chance, matter: Matter, language: Language, startsAt: number): Facts {
  const known = new Map<FactName, string>();
  const invent: Record<FactName, () => string> = {
    contact: () => matter.contact.fullName,
    first: () => matter.contact.firstName,
    rep: () => matter.rep.firstName,
    repFull: () => matter.rep.fullName,
    account: () => matter.account.name,
    city: () => (chance.happens(0.5) ? matter.account.city : chance.pick(matter.account.culture.places).city),
    colleague: () => matter.colleague?.fullName ?? matter.account.absentColleague,
    colleagueTitle: () => matter.colleague?.title ?? 'CFO',
    product: () => matter.product,
    otherProduct: () => matter.otherProduct,
    amount: () => writeAmount(roundedSum(matter.amount), matter.currency, language.key),
    // The amount less the discount that this conversation is about.
    reduced: () => {
      const discount = Number(answer('discount'));
      return writeAmount(roundedSum(matter.amount) * (1 - discount / 100), matter.currency, language.key);
    },
    discount: () => String(chance.integer(3, 18)),
    units: () => String(chance.integer(2, 24) * 5),
    sites: () => String(chance.integer(2, 9)),
    weeks: () => String(chance.integer(2, 8)),
    days: () => String(chance.integer(3, 12)),
    competitor: () => matter.competitor,
    system: () => customerSystems[matter.account.systemNumber % customerSystems.length] ?? 'ERP',
    reference: () => matter.reference,
    date: () => language.day(workingHour(chance, startsAt + chance.integer(2, 9) * day)),
    laterDate: () => language.day(workingHour(chance, startsAt + chance.integer(14, 45) * day)),
    month: () => language.month(startsAt + chance.integer(30, 150) * day),
    pastMonth: () => language.month(startsAt - chance.integer(30, 150) * day),
    years: () => String(chance.integer(2, 6)),
    hours: () => String(chance.integer(4, 40)),
  };
  const answer: Facts = (name) => {
    const fact = known.get(name) ?? invent[name]();
    known.set(name, fact);
    return fact;
  };
  return answer;
}

export function pickCompetitor(chance: Chance): string {
  return chance.pick(competitors);
}
