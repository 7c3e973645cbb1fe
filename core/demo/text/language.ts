import { compileTemplate, type Template } from './template.ts';

export const languageKeys = ['en', 'de', 'fr', 'es', 'ru', 'ja'] as const;
export type LanguageKey = (typeof languageKeys)[number];

/** What two people can be talking about, roughly in the order in which a deal meets it. */
export const topicNames = [
  'introduction',
  'discovery',
  'demonstration',
  'pricing',
  'integration',
  'security',
  'delivery',
  'competitor',
  'budget',
  'champion',
  'contract',
  'won',
  'lost',
  'onboarding',
  'review',
  'complaint',
  'renewal',
  'churn',
  'checkIn',
] as const;
export type TopicName = (typeof topicNames)[number];

/** Who speaks, and how it was kept: emails are quoted, the rest is what the rep wrote down. */
export type TurnKind = 'email_in' | 'email_out' | 'call_in' | 'call_out' | 'meeting' | 'note';

export interface TurnSource {
  readonly as: TurnKind;
  /** Left out: an answer under the subject of the turn before. */
  readonly subject?: string;
  readonly body: string;
  readonly outcome?: string;
}

/** The turns in order, then how it ended: one of `good` or of `bad`. */
export interface TopicSource {
  readonly turns: readonly TurnSource[];
  readonly good?: readonly TurnSource[];
  readonly bad?: readonly TurnSource[];
}

export interface LanguageSource {
  readonly key: LanguageKey;
  readonly months: readonly string[];
  /** `D` is the day, `M` the month's name or number. */
  readonly date: string;
  readonly greeting: string;
  readonly closing: string;
  /** Said in emails beside the matter. */
  readonly aside: string;
  readonly reply: string;
  /** A topic that is left out is talked about in English. */
  readonly topics: Readonly<Partial<Record<TopicName, TopicSource>>>;
}

export interface Turn {
  readonly as: TurnKind;
  readonly subject: Template | null;
  readonly body: Template;
  readonly outcome: Template | null;
}

export interface Topic {
  readonly turns: readonly Turn[];
  readonly good: readonly Turn[];
  readonly bad: readonly Turn[];
}

export interface Language {
  readonly key: LanguageKey;
  readonly greeting: Template;
  readonly closing: Template;
  readonly aside: Template;
  readonly reply: string;
  readonly topics: ReadonlyMap<TopicName, Topic>;
  /** A day for people, without the year. */
  readonly day: (moment: number) => string;
  readonly month: (moment: number) => string;
}

export function compileLanguage(source: LanguageSource): Language {
  const monthName = (moment: number) => source.months[new Date(moment).getUTCMonth()] ?? '';
  return {
    key: source.key,
    greeting: compileTemplate(source.greeting),
    closing: compileTemplate(source.closing),
    aside: compileTemplate(source.aside),
    reply: source.reply,
    topics: compileTopics(source),
    day: (moment) =>
      source.date.replace('D', String(new Date(moment).getUTCDate())).replace('M', monthName(moment)),
    month: monthName,
  };
}

function compileTopics(source: LanguageSource): Map<TopicName, Topic> {
  const topics = new Map<TopicName, Topic>();
  for (const name of topicNames) {
    const topic = source.topics[name];
    if (topic) topics.set(name, compileTopic(topic));
  }
  return topics;
}

function compileTopic(source: TopicSource): Topic {
  return {
    turns: source.turns.map(compileTurn),
    good: (source.good ?? []).map(compileTurn),
    bad: (source.bad ?? []).map(compileTurn),
  };
}

function compileTurn(source: TurnSource): Turn {
  return {
    as: source.as,
    subject: source.subject === undefined ? null : compileTemplate(source.subject),
    body: compileTemplate(source.body),
    outcome: source.outcome === undefined ? null : compileTemplate(source.outcome),
  };
}
