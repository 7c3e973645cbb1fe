import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Identity } from '#db/engine/types.ts';
import { boardOrder } from '#shared/contract/pipeline.ts';
import type { OpportunityStage } from '#shared/enums.ts';
import type { AccountId } from '#shared/ids.ts';
import { recordIdSchema } from '#shared/ids.ts';
import { openTestEngine, type TestEngine } from '#tests/support/engine.ts';
import { clientOf, seedWorkspace, testApplication } from '#tests/support/records.ts';

let test: TestEngine;
let me: Identity;
let client: ReturnType<typeof clientOf>;
let accountId: AccountId;

beforeAll(async () => {
  test = await openTestEngine();
  me = await seedWorkspace(test.engine, 'EUR');
  client = clientOf(testApplication(test.engine), me);
  accountId = (await client.accounts.create({ values: { name: 'Firm' } })).record.id;
});
afterAll(() => test.close());

async function deal(name: string, stage: OpportunityStage, values: object = {}) {
  return (await client.opportunities.create({ values: { name, stage, accountId, ...values } })).record;
}

describe('the board', () => {
  it('goes on, when more of a stage is asked for, where its first cards end', async () => {
    for (const day of ['01', '02', '03', '04']) {
      await deal(`Won ${day}`, 'closed_won', { closeDate: `2029-05-${day}` });
    }
    const board = await client.pipeline.board({ cardsPerStage: 2 });
    const first = board.find(({ stage }) => stage === 'closed_won')?.cards.map(({ name }) => name);
    const more = await client.opportunities.list({
      filter: { join: 'and', conditions: [{ field: 'stage', operator: 'is', values: ['closed_won'] }] },
      sort: boardOrder('closed_won'),
      offset: 2,
    });
    expect([...(first ?? []), ...more.rows.map(({ name }) => name)]).toEqual([
      'Won 04',
      'Won 03',
      'Won 02',
      'Won 01',
    ]);
  });

  it('adds up each stage, weighted by the deal or else by its stage, in the currency of the workspace', async () => {
    await deal('Late', 'proposal', { amount: '100', closeDate: '2030-02-01' });
    await deal('Soon', 'proposal', {
      amount: '50.5',
      probability: '0.2',
      closeDate: '2030-01-01',
      currency: 'EUR',
    });
    await deal('Undated', 'proposal');
    await deal('In dollars', 'proposal', { amount: '1000', currency: 'USD', closeDate: '2030-03-01' });
    await deal('Lost', 'closed_lost', { amount: '70', probability: '0.9' });
    const board = await client.pipeline.board({ cardsPerStage: 3 });
    const column = (stage: OpportunityStage) => board.find((one) => one.stage === stage);
    expect(board.map(({ stage }) => stage).slice(0, 2)).toEqual(['prospecting', 'qualification']);
    expect(column('proposal')).toMatchObject({ count: 4, total: '150.5000', weightedTotal: '70.1000' });
    expect(column('proposal')?.cards.map(({ name }) => name)).toEqual(['Soon', 'Late', 'In dollars']);
    expect(column('closed_lost')).toMatchObject({ count: 1, total: '70.0000', weightedTotal: '0.0000' });
    expect(column('prospecting')).toEqual({
      stage: 'prospecting',
      count: 0,
      total: '0',
      weightedTotal: '0',
      cards: [],
    });
    const filtered = await client.pipeline.board({ search: 'soon' });
    expect(filtered.reduce((sum, { count }) => sum + count, 0)).toBe(1);
  });

  it('leaves out hidden stages and tells renamed ones from the built-in', async () => {
    await test.engine.transaction({ as: me }, async (tx) => {
      await tx.execute(`UPDATE stage_settings SET is_hidden = true WHERE stage = 'needs_analysis'`);
      await tx.execute(`UPDATE stage_settings SET label = 'Haggling' WHERE stage = 'negotiation'`);
    });
    const stages = await client.pipeline.stages({});
    expect(stages.find(({ stage }) => stage === 'negotiation')?.label).toBe('Haggling');
    expect(stages.find(({ stage }) => stage === 'proposal')?.label).toBeNull();
    expect((await client.pipeline.board({})).map(({ stage }) => stage)).not.toContain('needs_analysis');
  });
});

describe('moving a deal', () => {
  it('closes it today, keeps that from won to lost, and takes it back on reopening; undo restores the dates', async () => {
    const open = await deal('Moving', 'negotiation', { closeDate: '2031-05-05' });
    const id = recordIdSchema.parse(open.id);
    const today = new Date().toISOString().slice(0, 10);
    const won = await client.pipeline.moveToStage({ id: open.id, stage: 'closed_won' });
    expect(won.record).toMatchObject({ stage: 'closed_won', closeDate: today });
    expect(won.record.closedAt?.slice(0, 10)).toBe(today);
    const lost = await client.pipeline.moveToStage({ id: open.id, stage: 'closed_lost' });
    expect(lost.record).toMatchObject({ closeDate: today, closedAt: won.record.closedAt });
    const reopened = await client.pipeline.moveToStage({ id: open.id, stage: 'proposal' });
    expect(reopened.record).toMatchObject({ stage: 'proposal', closeDate: null, closedAt: null });
    await client.history.undo({ changeSetId: reopened.changeSetId });
    await client.history.undo({ changeSetId: lost.changeSetId });
    await client.history.undo({ changeSetId: won.changeSetId });
    expect(await client.opportunities.get({ id })).toMatchObject({
      stage: 'negotiation',
      closeDate: '2031-05-05',
      closedAt: null,
    });
    const stages = await test.engine.transaction({ as: me }, (tx) =>
      tx.query<{ stage: string }>(
        'SELECT to_stage::text AS stage FROM opportunity_stage_history WHERE opportunity_id = $1 ORDER BY changed_at, id',
        [open.id],
      ),
    );
    expect(stages.map(({ stage }) => stage).slice(0, 4)).toEqual([
      'negotiation',
      'closed_won',
      'closed_lost',
      'proposal',
    ]);
  });

  it('takes the date that is given along with it', async () => {
    const open = await deal('Dated', 'proposal');
    const { record } = await client.opportunities.update({
      id: recordIdSchema.parse(open.id),
      values: { stage: 'closed_won', closeDate: '2024-03-01' },
    });
    expect(record.closeDate).toBe('2024-03-01');
    const entered = await deal('Entered closed', 'closed_won', { closeDate: '2020-01-15' });
    expect(entered).toMatchObject({ closeDate: '2020-01-15', closedAt: '2020-01-15T00:00:00.000000Z' });
  });
});
