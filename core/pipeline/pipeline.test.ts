import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Identity } from '#db/engine/types.ts';
import { boardOrder, type StageInput } from '#shared/contract/pipeline.ts';
import type { OpportunityStage } from '#shared/enums.ts';
import type { IdOf } from '#shared/ids.ts';
import { recordIdSchema } from '#shared/ids.ts';
import { openTestEngine, type TestEngine } from '#tests/support/engine.ts';
import { addPerson, clientOf, seedWorkspace, testApplication } from '#tests/support/records.ts';

let test: TestEngine;
let me: Identity;
let client: ReturnType<typeof clientOf>;
let accountId: IdOf<'accounts'>;

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

  it('adds up each stage by currency, weighted by the deal or else by its stage', async () => {
    await deal('Late', 'proposal', { amount: '100', closeDate: '2030-02-01' });
    await deal('Soon', 'proposal', {
      amount: '50.5',
      probability: '0.2',
      closeDate: '2030-01-01',
      currency: 'EUR',
    });
    await deal('Undated', 'proposal');
    await deal('In dollars', 'proposal', { amount: '1000', currency: 'USD', closeDate: '2030-03-01' });
    await deal('In krone, amount unknown', 'proposal', { currency: 'NOK', closeDate: '2030-04-01' });
    await deal('Lost', 'closed_lost', { amount: '70', probability: '0.9' });
    const board = await client.pipeline.board({ cardsPerStage: 3 });
    const column = (stage: OpportunityStage) => board.find((one) => one.stage === stage);
    expect(board.map(({ stage }) => stage).slice(0, 2)).toEqual(['prospecting', 'qualification']);
    expect(column('proposal')).toMatchObject({
      count: 5,
      totals: [
        { currency: 'EUR', total: '150.5000', weightedTotal: '70.1000' },
        { currency: 'USD', total: '1000.0000', weightedTotal: '600.0000' },
      ],
    });
    expect(column('proposal')?.cards.map(({ name }) => name)).toEqual(['Soon', 'Late', 'In dollars']);
    expect(column('closed_lost')).toMatchObject({
      count: 1,
      totals: [{ currency: 'EUR', total: '70.0000', weightedTotal: '0.0000' }],
    });
    expect(column('prospecting')).toEqual({ stage: 'prospecting', count: 0, totals: [], cards: [] });
    const filtered = await client.pipeline.board({ search: 'soon' });
    expect(filtered.reduce((sum, { count }) => sum + count, 0)).toBe(1);
  });
});

describe('the stages', () => {
  const asInput = async (): Promise<StageInput[]> =>
    (await client.pipeline.stages({})).map(({ stage, label, isHidden, probability }) => ({
      stage,
      label,
      isHidden,
      probability,
    }));
  const changed = async (stage: OpportunityStage, values: Partial<StageInput>) =>
    (await asInput()).map((one) => (one.stage === stage ? { ...one, ...values } : one));

  it('are named, ordered, hidden and weighted by the workspace; the built-in names are told apart', async () => {
    const stages = await changed('negotiation', { label: 'Haggling', probability: '0.5' });
    const [first, second, third = stages[2], ...rest] = stages;
    if (!first || !second || !third) throw new Error('There are stages.');
    const saved = await client.pipeline.saveStages({
      stages: [second, first, { ...third, isHidden: true }, ...rest],
    });
    expect(saved.map(({ stage }) => stage).slice(0, 3)).toEqual([second.stage, first.stage, third.stage]);
    expect(saved.find(({ stage }) => stage === 'negotiation')).toMatchObject({
      label: 'Haggling',
      probability: '0.5000',
    });
    expect(saved.find(({ stage }) => stage === 'proposal')?.label).toBeNull();
    expect(await client.pipeline.stages({})).toEqual(saved);
    // A hidden stage keeps its deals: the board counts them, and the interface decides what shows.
    const board = await client.pipeline.board({});
    expect(board.map(({ stage }) => stage)).toContain(third.stage);
    const back = await changed('negotiation', { label: null });
    expect((await client.pipeline.saveStages({ stages: back })).map(({ label }) => label)).toEqual(
      Array.from({ length: 8 }, () => null),
    );
  });

  it('must leave a pipeline that works, and are changed by administrators only', async () => {
    const all = await asInput();
    const wrong: StageInput[][] = [
      [...all.slice(1), ...all.slice(1, 2)],
      await changed('proposal', { label: 'negotiation' }),
      all.map((stage) => ({ ...stage, isHidden: !stage.stage.startsWith('closed') })),
      await changed('closed_won', { isHidden: true }),
      await changed('closed_won', { probability: '0.9' }),
      await changed('closed_lost', { probability: '0.1' }),
    ];
    for (const stages of wrong) {
      await expect(client.pipeline.saveStages({ stages })).rejects.toMatchObject({
        code: 'invalid',
        details: { field: 'stages' },
      });
    }
    const rep = await addPerson(test.engine, me, 'Rosa Rep', 'Sales Representative');
    await expect(
      clientOf(testApplication(test.engine), rep).pipeline.saveStages({ stages: all }),
    ).rejects.toMatchObject({ code: 'forbidden' });
    expect(await asInput()).toEqual(all);
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
