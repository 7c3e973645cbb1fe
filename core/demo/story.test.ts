import { beforeAll, describe, expect, test } from 'vitest';
import { seededPipeline } from '#tests/support/story-pipeline.ts';
import { type DemoTable, demoTableNames, type Row } from './rows.ts';
import { seededRandom } from './seeded-random.ts';
import { type StoryOptions, storyBegins, tellStory } from './story.ts';

const now = Date.UTC(2026, 5, 15, 12);

function options(change: Partial<StoryOptions> = {}): StoryOptions {
  return {
    contacts: 1_500,
    activities: 9_000,
    random: seededRandom(11),
    now,
    currency: 'EUR',
    pipeline: seededPipeline('01900000-0000-7000-8000-000000000000'),
    founder: { id: '01900000-0000-7000-8000-000000000001', firstName: 'Ada', fullName: 'Ada Lovelace' },
    ...change,
  };
}

type AllRows = { [Table in DemoTable]: Row<Table>[] };

function tellAll(change: Partial<StoryOptions> = {}): AllRows {
  const all = Object.fromEntries(demoTableNames.map((table) => [table, []])) as unknown as AllRows;
  for (const group of tellStory(options(change))) {
    for (const table of demoTableNames) (all[table] as object[]).push(...(group[table] ?? []));
  }
  return all;
}

let rows: AllRows;
beforeAll(() => {
  rows = tellAll();
});

describe('size', () => {
  test('exactly as many contacts and activities as asked for', () => {
    expect(rows.contacts).toHaveLength(1_500);
    expect(rows.activities).toHaveLength(9_000);
  });

  test.each([
    [1, 0],
    [1, 50],
    [40, 3],
  ])('%i contacts and %i activities', (contacts, activities) => {
    const small = tellAll({ contacts, activities });
    expect(small.contacts).toHaveLength(contacts);
    expect(small.activities).toHaveLength(activities);
  });
});

test('a seed tells the same story, another one a different story', () => {
  const small = { contacts: 60, activities: 300 };
  expect(tellAll({ ...small, random: seededRandom(4) })).toEqual(
    tellAll({ ...small, random: seededRandom(4) }),
  );
  expect(tellAll({ ...small, random: seededRandom(4) })).not.toEqual(
    tellAll({ ...small, random: seededRandom(5) }),
  );
});

describe('people and firms', () => {
  test('names are written in many scripts', () => {
    const names = rows.contacts.map((contact) => `${contact.first_name} ${contact.last_name}`).join(' ');
    for (const script of [
      'Latin',
      'Cyrillic',
      'Greek',
      'Arabic',
      'Hebrew',
      'Devanagari',
      'Han',
      'Hangul',
      'Thai',
    ]) {
      expect(names).toMatch(new RegExp(`\\p{Script=${script}}`, 'u'));
    }
    expect(names).toMatch(/[éüłşøß]/);
  });

  test('an address of a person at a firm is in its domain, plain, and nobody else’s', () => {
    const domains = new Map(rows.accounts.map((account) => [account.id, account.domain]));
    const seen = new Set<unknown>();
    for (const contact of rows.contacts) {
      if (contact.email === null) continue;
      expect(contact.email).toMatch(/^[a-z0-9.]+@[a-z0-9.-]+$/);
      if (contact.account_id === null) continue;
      expect(String(contact.email).split('@')[1]).toBe(domains.get(contact.account_id));
      expect(seen.has(contact.email)).toBe(false);
      seen.add(contact.email);
    }
  });

  test('no two firms share a domain', () => {
    expect(new Set(rows.accounts.map((account) => account.domain)).size).toBe(rows.accounts.length);
  });

  test('telephone numbers are typed in different ways', () => {
    const shapes = new Set(
      rows.contacts.map((contact) => String(contact.phone_mobile).replaceAll(/\d/g, '9')),
    );
    expect(shapes.size).toBeGreaterThan(50);
  });
});

describe('deals', () => {
  test('what a deal says of itself fits its stage', () => {
    for (const deal of rows.opportunities) {
      const isClosed = deal.stage === 'closed_won' || deal.stage === 'closed_lost';
      expect(deal.closed_at !== null).toBe(isClosed);
      expect(deal.won_reason !== null).toBe(deal.stage === 'closed_won');
      expect(deal.lost_reason !== null).toBe(deal.stage === 'closed_lost');
      expect(String(deal.engaged_on) <= String(deal.close_date)).toBe(true);
      expect(String(deal.closed_at ?? '') <= new Date(now).toISOString()).toBe(true);
      expect([deal.stage, deal.probability === 1, deal.probability === 0]).toEqual([
        deal.stage,
        deal.stage === 'closed_won',
        deal.stage === 'closed_lost',
      ]);
    }
  });

  test('the stages a deal went through lead to the one it is in', () => {
    const last = new Map<unknown, Row<'opportunity_stage_history'>>();
    for (const step of rows.opportunity_stage_history) {
      const before = last.get(step.opportunity_id);
      expect(step.from_stage).toBe(before?.to_stage ?? null);
      expect(String(before?.changed_at ?? '') <= String(step.changed_at)).toBe(true);
      last.set(step.opportunity_id, step);
    }
    for (const deal of rows.opportunities) expect(last.get(deal.id)?.to_stage).toBe(deal.stage);
  });

  test('open, won and lost deals are all common', () => {
    const share = (stages: string[]) =>
      rows.opportunities.filter((deal) => stages.includes(String(deal.stage))).length /
      rows.opportunities.length;
    expect(share(['closed_won'])).toBeGreaterThan(0.2);
    expect(share(['closed_lost'])).toBeGreaterThan(0.2);
    expect(
      share([
        'prospecting',
        'qualification',
        'needs_analysis',
        'value_proposition',
        'proposal',
        'negotiation',
      ]),
    ).toBeGreaterThan(0.1);
  });

  test('a deal lost to a competitor speaks of one before it is lost', () => {
    const texts = textsByDeal();
    const lost = rows.opportunities.filter((deal) => deal.lost_reason === 'Lost to a competitor');
    const spoken = lost.filter((deal) =>
      /Metricon|Probelink|Sensoria|DataHive|Tempora|Watchfield/.test(texts.get(deal.id) ?? ''),
    );
    expect(lost.length).toBeGreaterThan(10);
    expect(spoken.length / lost.length).toBeGreaterThan(0.7);
  });
});

function textsByDeal(): Map<unknown, string> {
  const bodies = new Map(
    rows.activities.map((activity) => [activity.id, `${activity.subject} ${activity.body}`]),
  );
  const texts = new Map<unknown, string>();
  for (const link of rows.activity_opportunities) {
    texts.set(
      link.opportunity_id,
      `${texts.get(link.opportunity_id) ?? ''}\n${bodies.get(link.activity_id)}`,
    );
  }
  return texts;
}

describe('conversations', () => {
  test('nothing is left of the patterns they are made from', () => {
    for (const activity of rows.activities) {
      expect(`${activity.subject}\n${activity.body}`).not.toMatch(/[[\]{}|]|undefined| {2}/);
      expect(String(activity.body).trim()).not.toBe('');
    }
  });

  test('no text comes twice within a hundred', () => {
    const last = new Map<unknown, number>();
    for (const [index, activity] of rows.activities.entries()) {
      expect(index - (last.get(activity.body) ?? Number.NEGATIVE_INFINITY)).toBeGreaterThan(100);
      last.set(activity.body, index);
    }
  });

  test('several languages', () => {
    const bodies = rows.activities.map((activity) => String(activity.body)).join('\n');
    for (const word of [
      'Viele Grüße',
      'Cordialement',
      'Un saludo',
      'Kind regards',
      'С уважением',
      'よろしく',
    ]) {
      expect(bodies).toContain(word);
    }
  });

  test('all of it happened within the story, at working hours of working days', () => {
    for (const activity of rows.activities) {
      const moment = new Date(String(activity.occurred_at));
      expect(moment.getTime()).toBeGreaterThanOrEqual(storyBegins(now));
      expect(moment.getTime()).toBeLessThanOrEqual(now);
      expect([0, 6]).not.toContain(moment.getUTCDay());
    }
  });

  test('an email and its answer share a subject, the answer is later, and each greets the other side', () => {
    const answers = rows.activities.filter((activity) => String(activity.subject).startsWith('Re: '));
    expect(answers.length).toBeGreaterThan(200);
    for (const answer of answers) {
      const index = rows.activities.indexOf(answer);
      const thread = rows.activities.slice(Math.max(0, index - 4), index);
      const question = thread.findLast(
        (earlier) => `Re: ${earlier.subject}` === answer.subject || earlier.subject === answer.subject,
      );
      expect(question).toBeDefined();
      expect(String(question?.occurred_at) <= String(answer.occurred_at)).toBe(true);
    }
  });
});
