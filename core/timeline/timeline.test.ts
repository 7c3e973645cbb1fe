import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Identity } from '#db/engine/types.ts';
import type { TimelineEntry } from '#shared/contract/timeline.ts';
import type { ActivityType } from '#shared/enums.ts';
import { recordIdSchema } from '#shared/ids.ts';
import { openTestEngine, type TestEngine } from '#tests/support/engine.ts';
import { addPerson, clientOf, seedWorkspace, testApplication } from '#tests/support/records.ts';

let test: TestEngine;
let me: Identity;
let client: ReturnType<typeof clientOf>;

beforeAll(async () => {
  test = await openTestEngine();
  me = await seedWorkspace(test.engine);
  client = clientOf(testApplication(test.engine), me);
});
afterAll(() => test.close());

function anyId(id: string) {
  return recordIdSchema.parse(id);
}

/** An account, a person there and a deal with them. */
async function customer(name: string) {
  const { record: account } = await client.accounts.create({ values: { name } });
  const { record: contact } = await client.contacts.create({
    values: { firstName: 'Kim', lastName: name, accountId: account.id },
  });
  const { record: deal } = await client.opportunities.create({
    values: { name: `${name} deal`, accountId: account.id, contactId: contact.id },
  });
  return { account, contact, deal };
}

const activityKinds: ActivityType[] = ['call', 'email', 'meeting', 'note', 'task_completed'];

async function subjects(
  object: 'accounts' | 'contacts' | 'opportunities',
  id: string,
  kinds = activityKinds,
) {
  const { entries } = await client.timeline.list({ object, id: anyId(id), kinds });
  return entries.map((entry) => (entry.kind === 'activity' ? entry.activity.subject : entry.kind));
}

describe('an activity', () => {
  it('shows on the contact it is about and on the contact’s account, with whom it is about', async () => {
    const { account, contact, deal } = await customer('Fjord');
    const { activity } = await client.timeline.log({
      type: 'call',
      subject: 'Prices',
      direction: 'outbound',
      durationMinutes: 12,
      occurredAt: '2021-03-04T05:06:07.123456Z',
      links: [{ object: 'contacts', id: contact.id }],
    });
    expect(activity).toMatchObject({
      type: 'call',
      userName: 'Ada Admin',
      occurredAt: '2021-03-04T05:06:07.123456Z',
      links: [
        { object: 'accounts', id: account.id, name: 'Fjord' },
        { object: 'contacts', id: contact.id, name: 'Kim Fjord' },
      ],
    });
    expect(await subjects('accounts', account.id)).toEqual(['Prices']);
    expect(await subjects('contacts', contact.id)).toEqual(['Prices']);
    expect(await subjects('opportunities', deal.id)).toEqual([]);
    expect(await subjects('accounts', account.id, ['email'])).toEqual([]);
    const [where] = await test.engine.transaction({ as: 'system' }, (tx) =>
      tx.query<{ partition: string }>(
        'SELECT tableoid::regclass::text AS partition FROM activities WHERE id = $1',
        [activity.id],
      ),
    );
    expect(where?.partition).toBe('activities_y2021m03');
  });

  it('keeps what is left out, moves to another month with its links, and comes back by undo', async () => {
    const { account, deal } = await customer('Mover');
    const { activity } = await client.timeline.log({
      type: 'note',
      subject: 'Kept',
      body: 'All of it',
      occurredAt: '2022-01-31T23:00:00Z',
      links: [{ object: 'opportunities', id: deal.id }],
    });
    const moved = await client.timeline.update({
      id: activity.id,
      occurredAt: activity.occurredAt,
      values: { occurredAt: '2022-02-01T10:00:00Z', outcome: 'Agreed' },
    });
    expect(moved.activity).toMatchObject({
      subject: 'Kept',
      body: 'All of it',
      outcome: 'Agreed',
      occurredAt: '2022-02-01T10:00:00.000000Z',
      links: activity.links,
    });
    expect(await subjects('accounts', account.id)).toEqual(['Kept']);
    await client.history.undo({ changeSetId: moved.changeSetId });
    const removed = await client.timeline.remove({ id: activity.id, occurredAt: activity.occurredAt });
    expect(await subjects('accounts', account.id)).toEqual([]);
    await client.history.undo({ changeSetId: removed.changeSetId });
    expect(await subjects('opportunities', deal.id)).toEqual(['Kept']);
  });

  it('gets the links it is given instead of the former ones of their kind', async () => {
    const one = await customer('One');
    const two = await customer('Two');
    const { activity } = await client.timeline.log({
      type: 'meeting',
      subject: 'With whom',
      occurredAt: '2023-01-01T00:00:00Z',
      links: [{ object: 'contacts', id: one.contact.id }],
    });
    await client.timeline.update({
      id: activity.id,
      occurredAt: activity.occurredAt,
      values: { links: [{ object: 'contacts', id: two.contact.id }] },
    });
    expect(await subjects('accounts', one.account.id)).toEqual([]);
    expect(await subjects('contacts', one.contact.id)).toEqual([]);
    expect(await subjects('accounts', two.account.id)).toEqual(['With whom']);
  });

  it('is about something that the person can see, at a possible time', async () => {
    const { account } = await customer('Seen');
    const occurredAt = '2023-01-01T00:00:00Z';
    const stranger = clientOf(testApplication(test.engine), await seedWorkspace(test.engine));
    const log = (values: object) => client.timeline.log({ type: 'note', occurredAt, ...values });
    await expect(log({})).rejects.toMatchObject({ code: 'invalid' });
    await expect(
      log({ links: [{ object: 'accounts', id: account.id }], occurredAt: '0023-01-01T00:00:00Z' }),
    ).rejects.toMatchObject({
      code: 'invalid',
      details: { field: 'occurredAt' },
    });
    await expect(
      stranger.timeline.log({ type: 'note', occurredAt, links: [{ object: 'accounts', id: account.id }] }),
    ).rejects.toMatchObject({ code: 'invalid', details: { field: 'links' } });
    await expect(stranger.timeline.list({ object: 'accounts', id: anyId(account.id) })).rejects.toMatchObject(
      { code: 'not_found' },
    );
  });

  it('of a colleague may be seen with the record, and changed by nobody whose role does not reach it', async () => {
    const rep = await addPerson(test.engine, me, 'Rosa Rep', 'Sales Representative');
    const repClient = clientOf(testApplication(test.engine), rep);
    const { account } = await customer('Handed over');
    const { activity } = await client.timeline.log({
      type: 'note',
      subject: 'Mine',
      occurredAt: '2023-01-01T00:00:00Z',
      links: [{ object: 'accounts', id: account.id }],
    });
    await client.accounts.update({ id: anyId(account.id), values: { ownerId: rep.userId } });
    const { entries } = await repClient.timeline.list({
      object: 'accounts',
      id: anyId(account.id),
      kinds: ['note'],
    });
    expect(entries).toHaveLength(1);
    await expect(
      repClient.timeline.remove({ id: activity.id, occurredAt: activity.occurredAt }),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('a timeline', () => {
  it('shows the changes of one sitting as one, references by name, custom fields one by one', async () => {
    const { account } = await customer('Changed');
    const id = anyId(account.id);
    const parent = await client.accounts.create({ values: { name: 'Holding' } });
    await client.customFields.define({
      object: 'accounts',
      key: 'tier',
      label: 'Tier',
      type: 'text',
      options: [],
      isRequired: false,
    });
    await client.accounts.update({ id, values: { industry: 'Steel' } });
    await client.accounts.update({ id, values: { industry: 'Glass', parentAccountId: parent.record.id } });
    await client.accounts.update({ id, values: { customFields: { tier: 'A' } } });
    await client.accounts.update({ id, values: { domain: 'gone.example' } });
    await client.accounts.update({ id, values: { domain: null } });
    await client.accounts.trash({ selection: { ids: [id] } });
    const { entries } = await client.timeline.list({ object: 'accounts', id, kinds: ['change'] });
    expect(entries.map((entry) => (entry.kind === 'change' ? entry.operation : entry.kind))).toEqual([
      'delete',
      'update',
      'insert',
    ]);
    const update = entries[1];
    expect(update).toMatchObject({ source: 'person', userName: 'Ada Admin' });
    expect(update?.kind === 'change' ? update.changeSetIds.length : 0).toBe(5);
    const fields = update?.kind === 'change' ? update.fields : [];
    expect(new Map(fields.map(({ field, from, to }) => [field, [from, to]]))).toEqual(
      new Map([
        ['industry', [null, 'Glass']],
        ['parentAccountId', [null, 'Holding']],
        ['custom.tier', [null, 'A']],
      ]),
    );
  });

  it('is paged without a gap or a repetition, whatever the page size', async () => {
    const { account } = await customer('Busy');
    const id = anyId(account.id);
    for (let day = 1; day <= 24; day += 1) {
      await client.timeline.log({
        type: day % 5 === 0 ? 'email' : 'call',
        subject: `No. ${day}`,
        // Some at the very same moment.
        occurredAt: `2024-01-${String(Math.ceil(day / 3)).padStart(2, '0')}T12:00:00Z`,
        links: [{ object: 'accounts', id: account.id }],
      });
    }
    await client.accounts.update({ id, values: { industry: 'Steel' } });
    const all = (await client.timeline.list({ object: 'accounts', id, limit: 100 })).entries;
    expect(all).toHaveLength(26);
    expect([...all].sort((one, other) => (one.at < other.at ? 1 : one.at > other.at ? -1 : 0))).toEqual(all);
    for (const limit of [1, 7, 25, 26]) expect(await pages(id, limit)).toEqual(all);
    const emails = await client.timeline.list({ object: 'accounts', id, kinds: ['email'], limit: 3 });
    const rest = await client.timeline.list({
      object: 'accounts',
      id,
      kinds: ['email'],
      cursor: emails.nextCursor ?? '',
    });
    expect([...emails.entries, ...rest.entries]).toEqual(
      all.filter((entry) => entry.kind === 'activity' && entry.activity.type === 'email'),
    );
    await expect(client.timeline.list({ object: 'accounts', id, cursor: 'x' })).rejects.toMatchObject({
      code: 'invalid',
    });
  });
});

async function pages(id: ReturnType<typeof anyId>, limit: number): Promise<TimelineEntry[]> {
  const entries: TimelineEntry[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.timeline.list({ object: 'accounts', id, limit, ...(cursor ? { cursor } : {}) });
    entries.push(...page.entries);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return entries;
}
