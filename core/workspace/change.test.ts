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

  it('keeps a name and a real currency code, and is changed by administrators only', async () => {
    for (const wrong of [
      { name: ' ', currency: 'USD' },
      { name: 'Firm', currency: 'usd' },
    ]) {
      await expect(admin.workspace.update(wrong)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    }
    await expect(rep.workspace.update({ name: 'Mine', currency: 'EUR' })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});
