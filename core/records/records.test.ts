import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine, Identity } from '#db/engine/types.ts';
import { recordIdSchema } from '#shared/ids.ts';
import { openTestEngine, type TestEngine } from '#tests/support/engine.ts';
import { addPerson, clientOf, seedWorkspace, testApplication } from '#tests/support/records.ts';

let test: TestEngine;
let engine: Engine;
let admin: Identity;
let rep: Identity;
let stranger: Identity;
let client: ReturnType<typeof clientOf>;

beforeAll(async () => {
  test = await openTestEngine();
  engine = test.engine;
  admin = await seedWorkspace(engine);
  rep = await addPerson(engine, admin, 'Rosa Rep', 'Sales Representative');
  stranger = await seedWorkspace(engine);
  client = as(admin);
});
afterAll(() => test.close());

function as(identity: Identity) {
  return clientOf(testApplication(engine), identity);
}

/** The contract takes any record's id in these places. */
function anyId(id: string) {
  return recordIdSchema.parse(id);
}

/** An error of this code, about this field. */
function failure(code: string, field?: string) {
  const details: object = field === undefined ? {} : { field };
  return expect.objectContaining({ code, details: expect.objectContaining(details) });
}

async function account(name: string, values: object = {}) {
  const { record } = await client.accounts.create({ values: { name, ...values } });
  return { ...record, recordId: anyId(record.id) };
}

describe('a new record', () => {
  it('gets its defaults, belongs to who made it and can be read again', async () => {
    const { record } = await client.accounts.create({
      values: { name: 'Acme', industry: '', annualRevenue: '12.5' },
    });
    expect(record).toMatchObject({
      name: 'Acme',
      industry: null,
      annualRevenue: '12.5000',
      ownerId: admin.userId,
      ownerName: 'Ada Admin',
      deletedAt: null,
      customFields: {},
    });
    expect(await client.accounts.get({ id: anyId(record.id) })).toEqual(record);
  });

  it('needs what its object needs', async () => {
    await expect(client.accounts.create({ values: { industry: 'Steel' } })).rejects.toEqual(
      failure('invalid', 'name'),
    );
    await expect(client.contacts.create({ values: { jobTitle: 'CEO' } })).rejects.toEqual(
      failure('invalid', 'lastName'),
    );
    await expect(client.opportunities.create({ values: { name: 'Deal' } })).rejects.toEqual(
      failure('invalid', 'accountId'),
    );
  });

  it('may not refer to what lies in the trash, does not exist or belongs to another workspace', async () => {
    const trashed = await account('Trashed parent');
    await client.accounts.trash({ selection: { ids: [trashed.recordId] } });
    const foreign = await as(stranger).accounts.create({ values: { name: 'Foreign' } });
    for (const accountId of [trashed.id, foreign.record.id]) {
      await expect(client.contacts.create({ values: { lastName: 'X', accountId } })).rejects.toEqual(
        failure('invalid', 'accountId'),
      );
    }
  });

  it('refuses a custom field that nobody defined', async () => {
    await expect(
      client.accounts.create({ values: { name: 'Odd', customFields: { nope: 1 } } }),
    ).rejects.toEqual(failure('invalid'));
  });
});

describe('a change', () => {
  it('sets the given fields and leaves the others', async () => {
    const before = await account('Changing', { industry: 'Steel', employeeCount: 5 });
    const { record } = await client.accounts.update({
      id: before.recordId,
      values: { industry: null, employeeCount: 6 },
    });
    expect(record).toMatchObject({ name: 'Changing', industry: null, employeeCount: 6 });
  });

  it('conflicts only where somebody gave the same field another value meanwhile', async () => {
    const seen = await account('Shared', { industry: 'Steel' });
    const expectedUpdatedAt = seen.updatedAt;
    await client.accounts.update({ id: seen.recordId, values: { industry: 'Glass' } });
    const update = (values: object) =>
      client.accounts.update({ id: seen.recordId, values, expectedUpdatedAt });
    await expect(update({ industry: 'Wood' })).rejects.toEqual(
      expect.objectContaining({ code: 'conflict', details: { fields: ['industry'] } }),
    );
    await expect(update({ industry: 'Glass' })).resolves.toBeDefined();
    await expect(update({ domain: 'shared.example' })).resolves.toBeDefined();
  });

  it('of a record that is not there, or not to be seen, finds nothing', async () => {
    const mine = await account('Of the admin');
    const missing = anyId('01980000-0000-7000-8000-000000000000');
    for (const attempt of [
      client.accounts.get({ id: missing }),
      as(rep).accounts.update({ id: mine.recordId, values: { name: 'Taken' } }),
      as(stranger).accounts.get({ id: mine.recordId }),
      as(stranger).accounts.trash({ selection: { ids: [mine.recordId] } }),
    ]) {
      await expect(attempt).rejects.toEqual(failure('not_found'));
    }
    await as(stranger).accounts.bulkUpdate({ selection: { all: {} }, values: { name: 'Taken' } });
    expect(await client.accounts.get({ id: mine.recordId })).toMatchObject({ name: 'Of the admin' });
  });

  it('of a product is forbidden to who may only read products', async () => {
    const { record } = await client.products.create({ values: { name: 'Widget' } });
    const id = anyId(record.id);
    await expect(as(rep).products.update({ id, values: { name: 'Mine' } })).rejects.toEqual(
      failure('forbidden'),
    );
    await expect(as(rep).products.trash({ selection: { ids: [id] } })).rejects.toEqual(failure('forbidden'));
    await expect(as(rep).products.create({ values: { name: 'Mine' } })).rejects.toEqual(failure('forbidden'));
  });

  it('may not take the last name from a contact, nor the last party from an opportunity', async () => {
    const { record: contact } = await client.contacts.create({ values: { lastName: 'Solo' } });
    const id = anyId(contact.id);
    await expect(client.contacts.update({ id, values: { lastName: null } })).rejects.toEqual(
      failure('invalid', 'lastName'),
    );
    await expect(
      client.contacts.update({ id, values: { lastName: null, email: 'a@b.example' } }),
    ).resolves.toBeDefined();
    const { record: deal } = await client.opportunities.create({
      values: { name: 'Deal', contactId: contact.id },
    });
    await expect(
      client.opportunities.update({ id: anyId(deal.id), values: { contactId: null } }),
    ).rejects.toEqual(failure('invalid', 'accountId'));
  });

  it('may not put an account below itself, however far', async () => {
    const top = await account('Top');
    const middle = await account('Middle', { parentAccountId: top.id });
    const low = await account('Low', { parentAccountId: middle.id });
    for (const parent of [top, middle, low]) {
      await expect(
        client.accounts.update({ id: top.recordId, values: { parentAccountId: parent.id } }),
      ).rejects.toEqual(failure('invalid'));
    }
    expect(await client.accounts.get({ id: low.recordId })).toMatchObject({ parentAccountName: 'Middle' });
  });

  it('merges custom fields key by key', async () => {
    await client.customFields.define({
      object: 'accounts',
      key: 'tier',
      label: 'Tier',
      type: 'select',
      options: ['Gold', 'Tin'],
      isRequired: false,
    });
    await client.customFields.define({
      object: 'accounts',
      key: 'score',
      label: 'Score',
      type: 'number',
      options: [],
      isRequired: false,
    });
    const it = await account('Custom', { customFields: { tier: 'Gold', score: 1 } });
    const { record } = await client.accounts.update({
      id: it.recordId,
      values: { customFields: { score: 2.5 } },
    });
    expect(record.customFields).toEqual({ tier: 'Gold', score: 2.5 });
    const asSeenBefore = (customFields: object) =>
      client.accounts.update({ id: it.recordId, values: { customFields }, expectedUpdatedAt: it.updatedAt });
    await expect(asSeenBefore({ score: 3 })).rejects.toEqual(
      expect.objectContaining({ code: 'conflict', details: { fields: ['custom.score'] } }),
    );
    await expect(asSeenBefore({ tier: 'Gold' })).resolves.toBeDefined();
    const cleared = await client.accounts.update({
      id: it.recordId,
      values: { customFields: { tier: null } },
    });
    expect(cleared.record.customFields).toEqual({ score: 2.5 });
    await expect(
      client.accounts.update({ id: it.recordId, values: { customFields: { tier: 'Lead' } } }),
    ).rejects.toMatchObject({
      code: 'invalid',
      message: 'The custom field "tier" does not take this value.',
      details: { field: 'tier' },
    });
  });
});

describe('handing over', () => {
  it('gives a record away, out of the sight of who may see only their own', async () => {
    const repClient = as(rep);
    const { record } = await repClient.accounts.create({ values: { name: 'To hand over' } });
    const id = anyId(record.id);
    const given = await repClient.accounts.update({
      id,
      values: { ownerId: admin.userId, industry: 'Steel' },
    });
    expect(given.record).toMatchObject({ name: 'To hand over', industry: 'Steel', ownerId: admin.userId });
    await expect(repClient.accounts.get({ id })).rejects.toEqual(failure('not_found'));
    expect(await client.accounts.get({ id })).toMatchObject({ industry: 'Steel', ownerName: 'Ada Admin' });

    const another = await repClient.accounts.create({ values: { name: 'In bulk' } });
    const selection = { ids: [anyId(another.record.id), id] };
    const bulk = await repClient.accounts.bulkUpdate({ selection, values: { ownerId: admin.userId } });
    expect(bulk.changed).toBe(1);
  });
});

describe('the trash', () => {
  it('keeps a record out of lists until it is restored, and purges only what lies in it', async () => {
    const it = await account('Thrown away');
    const selection = { ids: [it.recordId] };
    const filter = {
      join: 'and' as const,
      conditions: [{ field: 'name', operator: 'is' as const, values: ['thrown AWAY'] }],
    };
    const listed = async (trashed: boolean) => (await client.accounts.list({ filter, trashed })).rows.length;

    expect(await client.accounts.purge({ selection })).toEqual({ purged: 0 });
    await client.accounts.trash({ selection });
    expect([await listed(false), await listed(true)]).toEqual([0, 1]);
    await expect(client.accounts.update({ id: it.recordId, values: { name: 'X' } })).rejects.toEqual(
      failure('conflict'),
    );
    await client.accounts.restore({ selection });
    expect([await listed(false), await listed(true)]).toEqual([1, 0]);
    await client.accounts.trash({ selection });
    expect(await client.accounts.purge({ selection })).toEqual({ purged: 1 });
    await expect(client.accounts.get({ id: it.recordId })).rejects.toEqual(failure('not_found'));
  });

  it('does not let go of an account while a live deal hangs on it alone', async () => {
    const it = await account('With deals');
    const { record: contact } = await client.contacts.create({
      values: { lastName: 'Stays', accountId: it.id },
    });
    const alone = await client.opportunities.create({ values: { name: 'Alone', accountId: it.id } });
    const both = await client.opportunities.create({
      values: { name: 'Both', accountId: it.id, contactId: contact.id },
    });
    await client.accounts.trash({ selection: { ids: [it.recordId] } });
    await expect(client.accounts.purge({ selection: { ids: [it.recordId] } })).rejects.toEqual(
      failure('conflict'),
    );
    await client.opportunities.trash({ selection: { ids: [anyId(alone.record.id)] } });
    expect(await client.accounts.purge({ selection: { ids: [it.recordId] } })).toEqual({ purged: 1 });
    expect(await client.opportunities.get({ id: anyId(both.record.id) })).toMatchObject({ accountId: null });
    expect(await client.contacts.get({ id: anyId(contact.id) })).toMatchObject({
      accountId: null,
      accountName: null,
    });
  });
});

describe('bulk actions', () => {
  it('change what a list shows but what is excepted, as one change that can be undone', async () => {
    const made: Awaited<ReturnType<typeof account>>[] = [];
    for (const n of [1, 2, 3]) made.push(await account(`Bulk ${n}`, { industry: 'Old' }));
    const filter = {
      join: 'and' as const,
      conditions: [{ field: 'industry', operator: 'is' as const, values: ['old'] }],
    };
    const [first] = made;
    const { changed, changeSetId } = await client.accounts.bulkUpdate({
      selection: { all: { filter }, except: first ? [first.recordId] : [] },
      values: { industry: 'New' },
    });
    expect(changed).toBe(2);
    const industries = async () =>
      Promise.all(made.map(async (one) => (await client.accounts.get({ id: one.recordId })).industry));
    expect(await industries()).toEqual(['Old', 'New', 'New']);
    expect(await client.history.undo({ changeSetId })).toMatchObject({ undone: 2, skipped: 0 });
    expect(await industries()).toEqual(['Old', 'Old', 'Old']);
  });

  it('do thousands of records in slices under one change set, and nothing where one of them fails', async () => {
    await engine.transaction({ as: admin }, (tx) =>
      tx.execute(
        `INSERT INTO contacts (workspace_id, id, first_name, email, lead_source)
         SELECT $1, gen_random_uuid(), CASE WHEN n = 1100 THEN NULL ELSE 'Mass ' || n END, n || '@mass.example', 'mass'
         FROM generate_series(1, 1200) AS n`,
        [admin.workspaceId],
      ),
    );
    const filter = {
      join: 'and' as const,
      conditions: [{ field: 'leadSource', operator: 'is' as const, values: ['mass'] }],
    };
    const selection = { all: { filter } };
    const done = await client.contacts.bulkUpdate({ selection, values: { jobTitle: 'Moved' } });
    expect(done.changed).toBe(1_200);
    expect(await client.history.undo({ changeSetId: done.changeSetId })).toMatchObject({
      undone: 1_200,
      skipped: 0,
    });

    await expect(client.contacts.bulkUpdate({ selection, values: { email: null } })).rejects.toEqual(
      failure('invalid', 'lastName'),
    );
    const withoutEmail = { field: 'email', operator: 'is_empty' as const, values: [] };
    const count = await client.contacts.count({
      filter: { join: 'and', conditions: [...filter.conditions, withoutEmail] },
    });
    expect(count).toEqual({ count: 0, isEstimate: false });
  });
});

describe('search words of a list', () => {
  it('find names without accents and phones in any formatting', async () => {
    await client.contacts.create({
      values: {
        firstName: 'Zoë',
        lastName: 'Sørensen-Müller',
        email: 'zoe@fjord.example',
        phoneMobile: '+49 (30) 123-456 78',
      },
    });
    const found = async (search: string) =>
      (await client.contacts.list({ search })).rows.map((row) => row.name);
    const ways = ['zoe', 'SORENSEN', 'muller zo', 'fjord.ex', '030 12345678', '+493012345678', '30/123 456'];
    expect(await Promise.all(ways.map(found))).toEqual(ways.map(() => ['Zoë Sørensen-Müller']));
    expect(await found('100%')).toEqual([]);
  });
});

describe('a place in a list', () => {
  it('that was tampered with is refused', async () => {
    const page = await client.accounts.list({ limit: 1 });
    const cursor = page.nextCursor ?? '';
    for (const wrong of ['x', `${cursor.slice(0, -4)}AAAA`, cursor.slice(3)]) {
      await expect(client.accounts.list({ limit: 1, cursor: wrong })).rejects.toEqual(
        failure('invalid', 'cursor'),
      );
    }
    await expect(
      client.accounts.list({ limit: 1, cursor, sort: [{ field: 'industry', direction: 'asc' }] }),
    ).rejects.toEqual(failure('invalid', 'cursor'));
  });
});
