import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestEngine, type TestEngine } from '#tests/support/engine.ts';
import { addPerson, clientOf, seedWorkspace, testApplication } from '#tests/support/records.ts';

let test: TestEngine;
let admin: ReturnType<typeof clientOf>;
let rep: ReturnType<typeof clientOf>;

beforeAll(async () => {
  test = await openTestEngine();
  const me = await seedWorkspace(test.engine, 'USD');
  const app = testApplication(test.engine);
  admin = clientOf(app, me);
  rep = clientOf(app, await addPerson(test.engine, me, 'Rosa Rep', 'Sales Representative'));
});
afterAll(() => test.close());

describe('the workspace', () => {
  it('is renamed, and its currency counts for amounts that name none', async () => {
    const { record: account } = await admin.accounts.create({ values: { name: 'Firm' } });
    await admin.opportunities.create({
      values: { name: 'Deal', stage: 'proposal', accountId: account.id, amount: '10' },
    });
    await admin.workspace.update({ name: '  Fjord & Sons ', currency: 'NOK' });
    expect(await admin.workspace.status({})).toMatchObject({
      workspace: { name: 'Fjord & Sons', currency: 'NOK' },
    });
    const board = await admin.pipeline.board({});
    expect(board.find(({ stage }) => stage === 'proposal')?.totals).toMatchObject([{ currency: 'NOK' }]);
  });

  it('counts the days of a filter in its time zone, as soon as that is changed', async () => {
    const { record } = await admin.accounts.create({ values: { name: 'Of a day' } });
    const setMoment = (moment: string) =>
      test.engine.transaction({ as: 'system' }, (tx) =>
        tx.execute('UPDATE accounts SET created_at = $2 WHERE id = $1', [record.id, moment]),
      );
    const isListedOn = async (day: string) => {
      const { rows } = await admin.accounts.list({
        filter: { join: 'and', conditions: [{ field: 'createdAt', operator: 'is', values: [day] }] },
      });
      return rows.some(({ id }) => id === record.id);
    };
    for (const [timezone, moment, day] of [
      ['America/New_York', '2026-03-06T02:30:00Z', '2026-03-05'],
      ['Pacific/Auckland', '2026-03-04T12:30:00Z', '2026-03-05'],
      ['Asia/Kolkata', '2026-03-04T18:30:00Z', '2026-03-05'],
      // A day of 23 hours and one of 25, up to their last minutes.
      ['America/New_York', '2026-03-09T03:59:59Z', '2026-03-08'],
      ['America/New_York', '2026-11-02T04:59:59Z', '2026-11-01'],
      // In Havana the first hour of this day is shown twice; in Cairo it is skipped.
      ['America/Havana', '2026-11-01T04:00:00Z', '2026-11-01'],
      ['Africa/Cairo', '2026-04-23T22:00:00Z', '2026-04-24'],
    ] as const) {
      await setMoment(moment);
      expect(await admin.workspace.update({ timezone })).toMatchObject({ timezone });
      const [before, after] = [-1, 1].map((days) =>
        new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10),
      );
      expect([await isListedOn(before ?? ''), await isListedOn(day), await isListedOn(after ?? '')]).toEqual([
        false,
        true,
        false,
      ]);
    }
  });

  it('keeps what is left out', async () => {
    await admin.workspace.update({ timezone: 'Asia/Kolkata', locale: 'en-IN' });
    const settings = await admin.workspace.update({ name: 'Firm' });
    expect(settings).toMatchObject({ name: 'Firm', timezone: 'Asia/Kolkata', locale: 'en-IN' });
    expect(await admin.workspace.status({})).toMatchObject({ workspace: settings });
  });

  it('keeps a name and a real currency code, and is changed by administrators only', async () => {
    for (const wrong of [
      { name: ' ', currency: 'USD' },
      { name: 'Firm', currency: 'usd' },
      { timezone: 'Mars/Phobos' },
      { timezone: '+05:30' },
      { locale: 'no locale' },
    ]) {
      await expect(admin.workspace.update(wrong)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    }
    await expect(rep.workspace.update({ name: 'Mine', currency: 'EUR' })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});
