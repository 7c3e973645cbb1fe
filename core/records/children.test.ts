import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine, Identity } from '#db/engine/types.ts';
import { recordIdSchema } from '#shared/ids.ts';
import { openTestEngine, type TestEngine } from '#tests/support/engine.ts';
import { addPerson, clientOf, seedWorkspace, testApplication } from '#tests/support/records.ts';

let test: TestEngine;
let engine: Engine;
let admin: Identity;
let client: ReturnType<typeof clientOf>;

beforeAll(async () => {
  test = await openTestEngine();
  engine = test.engine;
  admin = await seedWorkspace(engine);
  client = as(admin);
});
afterAll(() => test.close());

function as(identity: Identity) {
  return clientOf(testApplication(engine), identity);
}

async function contact(values: object) {
  const { record } = await client.contacts.create({ values: { lastName: 'Reach', ...values } });
  return { record, id: recordIdSchema.parse(record.id) };
}

describe('the children of a record', () => {
  it('are made with it, in their order, and come with it', async () => {
    const { record, id } = await contact({
      emails: [{ value: 'one@example.com' }, { value: 'two@example.com', label: 'personal' }],
    });
    expect(record.emails).toMatchObject([
      { value: 'one@example.com', label: 'work' },
      { value: 'two@example.com', label: 'personal' },
    ]);
    expect(record.phones).toEqual([]);
    expect(await client.contacts.get({ id })).toEqual(record);
    const { rows } = await client.contacts.list({});
    expect(rows.find((row) => row.id === record.id)).not.toHaveProperty('emails');
  });

  it('are changed, added, taken away and put into another order as one change, which is undone as one', async () => {
    const { record, id } = await contact({
      phones: [{ value: '+49 30 1' }, { value: '+49 30 2', label: 'fax' }, { value: '+49 30 3' }],
    });
    const [first, second] = record.phones;
    const changed = await client.contacts.update({
      id,
      values: {
        phones: [
          { id: second?.id, label: 'home' },
          { value: '+49 30 4' },
          { id: first?.id, value: '+49 30 11' },
        ],
      },
    });
    expect(changed.record.phones).toMatchObject([
      { id: second?.id, value: '+49 30 2', label: 'home' },
      { value: '+49 30 4', label: 'work' },
      { id: first?.id, value: '+49 30 11' },
    ]);
    await client.history.undo({ changeSetId: changed.changeSetId });
    expect((await client.contacts.get({ id })).phones).toEqual(record.phones);
  });

  it('stay as they are where they are not given', async () => {
    const { record, id } = await contact({ emails: [{ value: 'stays@example.com' }] });
    const { record: after } = await client.contacts.update({ id, values: { jobTitle: 'CTO' } });
    expect(after.emails).toEqual(record.emails);
  });

  it('refuse a value that is none, children of another record, and a change of many records at once', async () => {
    const { id } = await contact({});
    const other = await contact({ emails: [{ value: 'other@example.com' }] });
    await expect(
      client.contacts.update({ id, values: { emails: [{ value: 'no address' }] } }),
    ).rejects.toThrow('Input validation failed');
    await expect(
      client.contacts.update({ id, values: { emails: [{ label: 'work' }] } }),
    ).rejects.toMatchObject({
      code: 'invalid',
    });
    await expect(
      client.contacts.update({
        id,
        values: { emails: [{ id: other.record.emails[0]?.id, value: 'a@example.com' }] },
      }),
    ).rejects.toMatchObject({ code: 'conflict' });
    await expect(
      client.contacts.bulkUpdate({ selection: { ids: [id] }, values: { emails: [] } }),
    ).rejects.toMatchObject({ code: 'invalid', details: { field: 'emails' } });
    expect((await client.contacts.get({ id: other.id })).emails).toEqual(other.record.emails);
  });

  it('are not given over what somebody else did meanwhile', async () => {
    const { record, id } = await contact({ emails: [{ value: 'mine@example.com' }] });
    await client.contacts.update({ id, values: { emails: [] } });
    await expect(
      client.contacts.update({
        id,
        values: { emails: [{ value: 'theirs@example.com' }] },
        expectedUpdatedAt: record.updatedAt,
      }),
    ).rejects.toMatchObject({ code: 'conflict', details: { fields: ['emails'] } });
  });

  it('are as far out of reach as their record', async () => {
    const rep = await addPerson(engine, admin, 'Rosa Rep', 'Sales Representative');
    const { record, id } = await contact({ emails: [{ value: 'hidden@example.com' }] });
    await expect(as(rep).contacts.get({ id })).rejects.toMatchObject({ code: 'not_found' });
    await expect(
      as(rep).contacts.update({ id, values: { emails: [{ value: 'hers@example.com' }] } }),
    ).rejects.toMatchObject({ code: 'not_found' });
    expect((await client.contacts.get({ id })).emails).toEqual(record.emails);
  });

  it('are not taken away by who sees the record and may not change it', async () => {
    const manager = await addPerson(engine, admin, 'Mia Manager', 'Sales Manager');
    const { record, id } = await contact({ emails: [{ value: 'kept@example.com' }] });
    expect((await as(manager).contacts.get({ id })).emails).toEqual(record.emails);
    const [email] = record.emails;
    for (const emails of [
      [],
      [{ id: email?.id, value: 'other@example.com' }],
      [{ value: 'new@example.com' }],
    ]) {
      await expect(as(manager).contacts.update({ id, values: { emails } })).rejects.toMatchObject({
        code: 'forbidden',
      });
    }
    expect((await client.contacts.get({ id })).emails).toEqual(record.emails);
  });

  it('are found by a search for the contact', async () => {
    const { record, id } = await contact({
      lastName: 'Searched',
      emails: [{ value: 'Needle.Haystack@example.com' }],
      phones: [{ value: '+49 (171) 555-0199' }],
    });
    for (const search of ['needle.haystack', '1715550199']) {
      const { rows } = await client.contacts.list({ search });
      expect(rows.map((row) => row.id)).toEqual([record.id]);
    }
    const cleared = await client.contacts.update({ id, values: { emails: [], phones: [] } });
    expect((await client.contacts.list({ search: 'needle.haystack' })).rows).toEqual([]);
    await client.history.undo({ changeSetId: cleared.changeSetId });
    expect((await client.contacts.list({ search: 'needle.haystack' })).rows).toHaveLength(1);
  });
});
