import { describe, expect, test } from 'vitest';
import { inEnglish } from '#shared/message.ts';
import { csv, ImportClient } from './import-client.ts';

const deals = csv(
  'deals.csv',
  'opportunity,account,deal_stage,amount',
  'One,Acme,Engaging,1',
  'Two,Acme,Engaging,2',
  'Three,Acme,Won,3',
  'Four,Acme,Legal review,4',
  'Five,Acme,On ice,5',
);

const stages = 'SELECT name, stage::text AS stage FROM opportunities ORDER BY amount';

describe('a column of stages', () => {
  test('tells what each value becomes, and asks about those it does not know', async () => {
    await using client = await ImportClient.open();
    const plan = await client.plan([deals]);
    const { questions, valueColumns } = await client.client.imports.preview({ plan });
    expect(questions).toMatchObject([
      { kind: 'unknown_values', header: 'deal_stage', values: ['Legal review', 'On ice'] },
    ]);
    expect(valueColumns).toMatchObject([
      {
        header: 'deal_stage',
        values: [
          { from: 'Engaging', rows: 2, to: 'qualification', how: 'synonym' },
          { from: 'Won', rows: 1, to: 'closed_won', how: 'same' },
          { from: 'Legal review', rows: 1, to: null, how: 'unknown' },
          { from: 'On ice', rows: 1, to: null, how: 'unknown' },
        ],
      },
    ]);
    await expect(client.run(plan)).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('“Legal review”, “On ice”'),
    });

    const column = plan.files[0]?.columns.find(({ header }) => header === 'deal_stage');
    column?.chosen.push(
      { from: 'Engaging', to: 'needs_analysis' },
      { from: 'Legal review', to: 'negotiation' },
      { from: 'On ice', to: null },
    );
    const report = await client.run(plan);
    expect(await client.rows(stages)).toEqual([
      { name: 'One', stage: 'needs_analysis' },
      { name: 'Two', stage: 'needs_analysis' },
      { name: 'Three', stage: 'closed_won' },
      { name: 'Four', stage: 'negotiation' },
    ]);
    expect(report.reasons.map(({ message }) => inEnglish(message))).toEqual([
      'deal_stage: “On ice” is no stage of the pipeline.',
    ]);
    expect(report.values).toMatchObject([
      { from: 'Engaging', to: 'needs_analysis', label: 'Needs analysis', rows: 2 },
      { from: 'Legal review', to: 'negotiation', rows: 1 },
    ]);

    // The next file of this kind asks nothing that was answered.
    const again = await client.plan([deals]);
    expect((await client.client.imports.preview({ plan: again })).questions).toEqual([]);
  });

  test('a stage that the workspace calls by another one’s name is what the workspace says', async () => {
    await using client = await ImportClient.open();
    await client.app.engine.transaction({ as: client.identity }, (tx) =>
      tx.execute(
        `UPDATE pipeline_stages SET name = CASE kind WHEN 'negotiation' THEN 'Proposal' ELSE 'Offer' END
         WHERE kind IN ('negotiation', 'proposal')`,
      ),
    );
    const plan = await client.plan([csv('deals.csv', 'opportunity,account,stage', 'One,Acme,proposal')]);
    const { valueColumns } = await client.client.imports.preview({ plan });
    expect(valueColumns[0]?.values).toMatchObject([{ to: 'negotiation', how: 'same' }]);
    plan.files[0]?.columns[2]?.chosen.push({ from: 'proposal', to: 'proposal' });
    await client.run(plan);
    expect(await client.rows(stages)).toEqual([{ name: 'One', stage: 'proposal' }]);
  });
});

test('other columns of choices are read the same way', async () => {
  await using client = await ImportClient.open();
  await client.app.engine.transaction({ as: client.identity }, (tx) =>
    tx.execute(
      `INSERT INTO custom_field_definitions (workspace_id, id, object, key, label, type, options, position)
       VALUES ($1, $2, 'contacts', 'tier', 'Tier', 'select', '[{"value": "Gold"}, {"value": "Silver"}]', 1)`,
      [client.identity.workspaceId, client.app.ids.next()],
    ),
  );
  const plan = await client.plan([
    csv(
      'people.csv',
      'First Name,Email,Lifecycle Stage,Tier',
      'Ada,ada@x.org,Evangelist,gold',
      'Bo,bo@x.org,Enemy,Bronze',
    ),
  ]);
  const { valueColumns, questions } = await client.client.imports.preview({ plan });
  expect(valueColumns.map(({ header, values }) => [header, values.map(({ to, how }) => [to, how])])).toEqual([
    [
      'Lifecycle Stage',
      [
        ['customer', 'synonym'],
        [null, 'unknown'],
      ],
    ],
    [
      'Tier',
      [
        ['Gold', 'same'],
        [null, 'unknown'],
      ],
    ],
  ]);
  expect(questions.map(({ kind, header }) => `${kind} ${header}`)).toEqual([
    'unknown_values Lifecycle Stage',
    'unknown_values Tier',
  ]);
});

test('a status without a stage beside it tells the stage', async () => {
  await using client = await ImportClient.open();
  const alone = await client.plan([csv('deals.csv', 'opportunity,account,status', 'One,Acme,Open')]);
  expect(alone.files[0]?.columns[2]?.target).toEqual({ kind: 'field', field: 'stage' });
  await client.import([
    csv(
      'more.csv',
      'opportunity,account,status,stage,amount',
      'Two,Acme,open,Proposal,1',
      'Three,Acme,lost,Proposal,2',
    ),
  ]);
  expect(await client.rows(stages)).toEqual([
    { name: 'Two', stage: 'proposal' },
    { name: 'Three', stage: 'closed_lost' },
  ]);
});

test('a code that is no currency goes into the error file; an amount below zero is kept and told', async () => {
  await using client = await ImportClient.open();
  const report = await client.import([
    csv(
      'deals.csv',
      'opportunity,account,stage,amount,currency',
      'Refund,Acme,Won,-250,eur',
      'Odd,Acme,Won,1,ZZZ',
      'Odder,Acme,Won,QQQ 5,',
    ),
  ]);
  expect(report.counts.opportunities).toMatchObject({ created: 1, failed: 2 });
  expect(report.reasons.map(({ message }) => inEnglish(message))).toEqual([
    'currency: “ZZZ” is not the code of a currency, such as EUR.',
    'amount: “QQQ” is not the code of a currency, such as EUR.',
  ]);
  expect(report.warnings.map(inEnglish)).toEqual(['deals.csv: amounts below zero were kept as they stand.']);
  expect(await client.rows('SELECT amount::integer AS amount, currency FROM opportunities')).toEqual([
    { amount: -250, currency: 'EUR' },
  ]);
});
