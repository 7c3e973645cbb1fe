import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Identity } from '#db/engine/types.ts';
import { lifecycleStages } from '#shared/enums.ts';
import { recordIdSchema } from '#shared/ids.ts';
import { inEnglish, say, term } from '#shared/message.ts';
import { openTestEngine, type TestEngine } from '#tests/support/engine.ts';
import * as fc from '#tests/support/property.ts';
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

async function contact(values: object = {}) {
  const { record } = await client.contacts.create({
    values: { lastName: 'Base', email: 'base@x.example', ...values },
  });
  return anyId(record.id);
}

/** The record without what every change touches. */
async function stateOf(id: ReturnType<typeof anyId>) {
  const { updatedAt: _, ...state } = await client.contacts.get({ id });
  return state;
}

const line = fc.option(fc.constantFrom('x', 'Ünïcode 東京', 'a long one '.repeat(20).trim(), `'; --`));
const values = fc.record(
  {
    firstName: line,
    jobTitle: line,
    email: fc.option(fc.constantFrom('one@x.example', 'two@x.example')),
    lifecycleStage: fc.constantFrom(...lifecycleStages),
    birthday: fc.option(fc.constantFrom('1980-02-29', '2001-12-31')),
    description: fc.option(fc.constantFrom('several\nlines\n\twith "quotes" \\ and 😀', '')),
  },
  { requiredKeys: [] },
);

describe('undo', () => {
  it('of any change is as if it had not been made; undoing that does it again', async () => {
    await fc.assert(
      fc.asyncProperty(values, values, async (start, change) => {
        const id = await contact(start);
        const before = await stateOf(id);
        const { changeSetId } = await client.contacts.update({ id, values: change });
        const after = await stateOf(id);
        const undone = await client.history.undo({ changeSetId });
        expect(await stateOf(id)).toEqual(before);
        expect(undone.skipped).toBe(0);
        await client.history.undo({ changeSetId: undone.changeSetId });
        expect(await stateOf(id)).toEqual(after);
      }),
      { numRuns: 25 },
    );
  });

  it('of a new record moves it to the trash, and again takes it out', async () => {
    const { record, changeSetId } = await client.contacts.create({ values: { lastName: 'New' } });
    const undone = await client.history.undo({ changeSetId });
    expect(undone).toMatchObject({ undone: 1, skipped: 0 });
    expect((await stateOf(anyId(record.id))).deletedAt).not.toBeNull();
    await client.history.undo({ changeSetId: undone.changeSetId });
    expect((await stateOf(anyId(record.id))).deletedAt).toBeNull();
  });

  it('leaves a field that was changed again since, and says so', async () => {
    const id = await contact({ jobTitle: 'Clerk' });
    const { changeSetId } = await client.contacts.update({
      id,
      values: { jobTitle: 'Buyer', leadSource: 'Fair' },
    });
    await client.contacts.update({ id, values: { jobTitle: 'Head' } });
    expect(await client.history.undo({ changeSetId })).toMatchObject({ undone: 1, skipped: 1 });
    expect(await stateOf(id)).toMatchObject({ jobTitle: 'Head', leadSource: null });
    await expect(client.history.undo({ changeSetId })).rejects.toMatchObject({ code: 'conflict' });
  });

  it('passes over what the database no longer allows, and takes back the rest', async () => {
    const { record: account } = await client.accounts.create({ values: { name: 'Soon gone' } });
    const [one, two] = [await contact({ accountId: account.id }), await contact({ lastName: 'Other' })];
    const { changeSetId } = await client.contacts.bulkUpdate({
      selection: { ids: [one, two] },
      values: { accountId: null, jobTitle: 'Moved' },
    });
    await client.accounts.trash({ selection: { ids: [anyId(account.id)] } });
    await client.accounts.purge({ selection: { ids: [anyId(account.id)] } });
    const undone = await client.history.undo({ changeSetId });
    expect(undone.skipped).toBe(1);
    expect(await stateOf(one)).toMatchObject({ accountId: null, jobTitle: null });
    expect(await stateOf(two)).toMatchObject({ jobTitle: null });
  });

  it('of a colleague’s change needs the permission for it, and of what is hidden finds nothing', async () => {
    const rep = await addPerson(test.engine, me, 'Rosa Rep', 'Sales Representative');
    const undoneByRep = async (id: Awaited<ReturnType<typeof contact>>) => {
      const { changeSetId } = await client.contacts.update({ id, values: { jobTitle: 'Buyer' } });
      return clientOf(testApplication(test.engine), rep).history.undo({ changeSetId });
    };
    const theirs = await contact({ ownerId: rep.userId });
    await expect(undoneByRep(theirs)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await stateOf(theirs)).toMatchObject({ jobTitle: 'Buyer' });
    const hidden = await contact({ ownerId: me.userId });
    await expect(undoneByRep(hidden)).rejects.toMatchObject({ code: 'not_found' });
    expect(await stateOf(hidden)).toMatchObject({ jobTitle: 'Buyer' });
  });

  it('of what is not known finds nothing', async () => {
    const { changeSetId } = await client.contacts.create({ values: { lastName: 'Mine' } });
    const stranger = clientOf(testApplication(test.engine), await seedWorkspace(test.engine));
    await expect(stranger.history.undo({ changeSetId })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('the recent changes', () => {
  it('are named, newest first, and say what took them back', async () => {
    const id = await contact();
    const { changeSetId } = await client.contacts.update({ id, values: { jobTitle: 'Buyer' } });
    const undone = await client.history.undo({ changeSetId });
    const [newest, second] = await client.history.recent({ limit: 2 });
    expect(newest).toMatchObject({
      id: undone.changeSetId,
      label: say`Undid: ${say`Changed ${term('contact')}`}`,
      undoneBy: null,
    });
    expect(second).toMatchObject({
      id: changeSetId,
      label: say`Changed ${term('contact')}`,
      source: 'person',
      userName: 'Ada Admin',
      undoneBy: undone.changeSetId,
    });
    const redone = await client.history.undo({ changeSetId: undone.changeSetId });
    await client.history.undo({ changeSetId: redone.changeSetId });
    const labels = (await client.history.recent({ limit: 2 })).map(({ label }) => label && inEnglish(label));
    expect(labels).toEqual(['Undid: Changed contact', 'Redid: Changed contact']);
  });
});
