import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { WorkspaceDatabase } from './workspace-database.ts';

let home: WorkspaceDatabase;
beforeAll(async () => {
  home = await WorkspaceDatabase.open();
});
afterAll(() => home[Symbol.asyncDispose]());

describe('the pipeline', () => {
  test('keeps the history of stages and the moment of closing', async () => {
    const id = home.nextId();
    const account = await home.createAccount();
    await home.as((tx) =>
      tx.query("INSERT INTO opportunities (workspace_id, id, name, account_id) VALUES ($1, $2, 'Deal', $3)", [
        home.workspace,
        id,
        account,
      ]),
    );
    await home.as((tx) =>
      tx.query("UPDATE opportunities SET stage = 'closed_won', amount = 150 WHERE id = $1", [id]),
    );
    const closed = await home.db.query(
      'SELECT closed_at IS NOT NULL AS closed FROM opportunities WHERE id = $1',
      [id],
    );
    expect(closed.rows).toEqual([{ closed: true }]);
    await home.as((tx) => tx.query("UPDATE opportunities SET stage = 'negotiation' WHERE id = $1", [id]));
    const reopened = await home.db.query('SELECT closed_at FROM opportunities WHERE id = $1', [id]);
    expect(reopened.rows).toEqual([{ closed_at: null }]);
    const { rows } = await home.db.query(
      'SELECT from_stage, to_stage, amount FROM opportunity_stage_history WHERE opportunity_id = $1 ORDER BY id',
      [id],
    );
    expect(rows).toEqual([
      { from_stage: null, to_stage: 'prospecting', amount: null },
      { from_stage: 'prospecting', to_stage: 'closed_won', amount: '150.0000' },
      { from_stage: 'closed_won', to_stage: 'negotiation', amount: '150.0000' },
    ]);
  });

  test('the database adds up a quote, whatever is written into its totals', async () => {
    const account = await home.createAccount();
    const opportunity = home.nextId();
    const quote = home.nextId();
    const line = home.nextId();
    await home.as(async (tx) => {
      await tx.query(
        "INSERT INTO opportunities (workspace_id, id, name, account_id) VALUES ($1, $2, 'Deal', $3)",
        [home.workspace, opportunity, account],
      );
      await tx.query(
        `INSERT INTO quotes (workspace_id, id, opportunity_id, quote_number, discount_percent, total)
         VALUES ($1, $2, $3, 'Q-1', 10, 999)`,
        [home.workspace, quote, opportunity],
      );
      await tx.query(
        `INSERT INTO quote_line_items (workspace_id, id, quote_id, quantity, unit_price, discount_percent, tax_percent)
         VALUES ($1, $2, $3, 3, 100, 50, 20), ($1, $4, $3, 1, 50, 0, 0)`,
        [home.workspace, line, quote, home.nextId()],
      );
    });
    const totals = async (): Promise<unknown> =>
      (
        await home.db.query('SELECT subtotal, discount_total, tax_total, total FROM quotes WHERE id = $1', [
          quote,
        ])
      ).rows[0];
    // 3 x 100 at half price is 150, and 50: 200. Ten percent off: 180. Tax on 150 x 0.9 at 20 %: 27.
    expect(await totals()).toEqual({
      subtotal: '200.0000',
      discount_total: '20.0000',
      tax_total: '27.0000',
      total: '207.0000',
    });
    await home.as((tx) => tx.query('DELETE FROM quote_line_items WHERE id = $1', [line]));
    expect(await totals()).toEqual({
      subtotal: '50.0000',
      discount_total: '5.0000',
      tax_total: '0.0000',
      total: '45.0000',
    });
  });
});

describe('a deal that is won', () => {
  const people = async (deal: string): Promise<unknown> =>
    (
      await home.db.query(
        `SELECT last_name, lifecycle_stage::text AS stage FROM contacts
         WHERE id = (SELECT contact_id FROM opportunities WHERE id = $1)
           OR id IN (SELECT contact_id FROM opportunity_participants WHERE opportunity_id = $1) ORDER BY last_name`,
        [deal],
      )
    ).rows;
  let deal: string;
  const win = (settings: Readonly<Record<string, string>> = {}) =>
    home.as(
      (tx) => tx.query("UPDATE opportunities SET stage = 'closed_won' WHERE id = $1", [deal]),
      settings,
    );

  beforeEach(async () => {
    deal = home.nextId();
    const [buyer, evaluator, champion] = [home.nextId(), home.nextId(), home.nextId()];
    await home.as(async (tx) => {
      await tx.query(
        `INSERT INTO contacts (workspace_id, id, last_name, lifecycle_stage)
         VALUES ($1, $2, 'Buyer', 'lead'), ($1, $3, 'Champion', 'churned'), ($1, $4, 'Evaluator', 'opportunity_contact')`,
        [home.workspace, buyer, champion, evaluator],
      );
      await tx.query(
        "INSERT INTO opportunities (workspace_id, id, name, contact_id, stage) VALUES ($1, $2, 'Deal', $3, 'negotiation')",
        [home.workspace, deal, buyer],
      );
      await tx.query(
        'INSERT INTO opportunity_participants (workspace_id, opportunity_id, contact_id) VALUES ($1, $2, $3), ($1, $2, $4)',
        [home.workspace, deal, evaluator, champion],
      );
    });
  });
  const before = [
    { last_name: 'Buyer', stage: 'lead' },
    { last_name: 'Champion', stage: 'churned' },
    { last_name: 'Evaluator', stage: 'opportunity_contact' },
  ];
  const after = before.map(({ last_name }) => ({ last_name, stage: 'customer' }));

  test('makes customers of all who take part, within the same action, and undo and redo follow', async () => {
    const [won, undone, again] = [home.nextId(), home.nextId(), home.nextId()];
    await win({ 'satchel.change_set_id': won });
    expect(await people(deal)).toEqual(after);
    const undo = (set: string, as: string) =>
      home.as(
        async (tx) =>
          (await tx.query<{ conflicts: number }>('SELECT * FROM satchel.undo_slice($1)', [set])).rows[0],
        { 'satchel.change_set_id': as },
      );
    expect(await undo(won, undone)).toMatchObject({ conflicts: 0, undone: 4 });
    expect(await people(deal)).toEqual(before);
    expect(await undo(undone, again)).toMatchObject({ conflicts: 0, undone: 4 });
    expect(await people(deal)).toEqual(after);
  });

  test('leaves them as sync brings them, and is no win a second time', async () => {
    await win({ 'satchel.source': 'sync' });
    expect(await people(deal)).toEqual(before);
    await home.as((tx) =>
      tx.query('UPDATE opportunities SET stage = stage, amount = 5 WHERE id = $1', [deal]),
    );
    expect(await people(deal)).toEqual(before);
  });

  test('that is entered as won makes a customer too', async () => {
    const [person, bought] = [home.nextId(), home.nextId()];
    await home.as(async (tx) => {
      await tx.query("INSERT INTO contacts (workspace_id, id, last_name) VALUES ($1, $2, 'Jane')", [
        home.workspace,
        person,
      ]);
      await tx.query(
        "INSERT INTO opportunities (workspace_id, id, name, contact_id, stage, amount) VALUES ($1, $2, 'Product X', $3, 'closed_won', 150)",
        [home.workspace, bought, person],
      );
    });
    expect(await people(bought)).toEqual([{ last_name: 'Jane', stage: 'customer' }]);
  });
});

describe('custom fields', () => {
  beforeAll(async () => {
    for (const [key, type, options] of [
      ['score', 'number', '[]'],
      ['sector', 'select', '[{"value": "tech", "label": "Technology"}]'],
      ['regions', 'multi_select', '[{"value": "emea"}, {"value": "apac"}]'],
      ['since', 'date', '[]'],
      ['site', 'url', '[]'],
    ])
      await home.db.query(
        `INSERT INTO custom_field_definitions (workspace_id, id, object, key, label, type, options)
         VALUES ($1, $2, 'accounts', $3, $3, $4, $5::text::jsonb)`,
        [home.workspace, home.nextId(), key, type, options],
      );
  });

  test('take what their definition says', async () => {
    const id = await home.createAccount({
      score: 81.5,
      sector: 'tech',
      regions: ['emea'],
      since: '2024-02-29',
      site: 'https://a.b',
    });
    const { rows } = await home.db.query(
      `SELECT id FROM accounts WHERE custom_fields @> '{"sector": "tech"}'`,
    );
    expect(rows).toEqual([{ id }]);
  });

  test.each([
    ['an unknown key', { color: 'red' }],
    ['text for a number', { score: 'high' }],
    ['an option that is not offered', { sector: 'retail' }],
    ['one wrong choice among several', { regions: ['emea', 'mars'] }],
    ['a day that does not exist', { since: '2023-02-29' }],
    ['no address', { site: 'javascript:alert(1)' }],
  ])('refuse %s', async (_what, fields) => {
    await expect(home.createAccount(fields)).rejects.toThrow(/The custom field ".*" of accounts/u);
  });

  test('that are required must be filled in, yet a later definition does not block other edits', async () => {
    const old = await home.createAccount();
    await home.db.query(
      `INSERT INTO custom_field_definitions (workspace_id, id, object, key, label, type, is_required)
       VALUES ($1, $2, 'accounts', 'code', 'Code', 'text', true)`,
      [home.workspace, home.nextId()],
    );
    await expect(home.createAccount({})).rejects.toThrow(
      /"code" of accounts breaks the rule required_field/u,
    );
    await home.createAccount({ code: 'A1' });
    await home.as((tx) => tx.query("UPDATE accounts SET industry = 'x' WHERE id = $1", [old]));
    await home.db.query("UPDATE custom_field_definitions SET is_required = false WHERE key = 'code'");
  });
});

describe('the trash', () => {
  test('only what lies in it is deleted for good, and nothing live goes along', async () => {
    const account = await home.createAccount();
    const opportunity = home.nextId();
    await home.as((tx) =>
      tx.query("INSERT INTO opportunities (workspace_id, id, name, account_id) VALUES ($1, $2, 'Deal', $3)", [
        home.workspace,
        opportunity,
        account,
      ]),
    );
    const purge = () => home.as((tx) => tx.query('DELETE FROM accounts WHERE id = $1', [account]));
    await expect(purge()).rejects.toThrow(/Only what is in the trash/u);
    await home.as((tx) => tx.query('UPDATE accounts SET deleted_at = now() WHERE id = $1', [account]));
    await expect(purge()).rejects.toThrow(/opportunities/u);
    await home.as((tx) =>
      tx.query('UPDATE opportunities SET deleted_at = now() WHERE id = $1', [opportunity]),
    );
    await purge();
    const { rows } = await home.db.query('SELECT FROM opportunities WHERE id = $1', [opportunity]);
    expect(rows).toHaveLength(0);
  });
});

test('a line that moves to another quote changes the totals of both', async () => {
  const [deal, from, to, line] = [home.nextId(), home.nextId(), home.nextId(), home.nextId()];
  const account = await home.createAccount();
  await home.as(async (tx) => {
    await tx.query(
      "INSERT INTO opportunities (workspace_id, id, name, account_id) VALUES ($1, $2, 'Deal', $3)",
      [home.workspace, deal, account],
    );
    await tx.query(
      "INSERT INTO quotes (workspace_id, id, opportunity_id, quote_number) VALUES ($1, $2, $4, 'Q-1'), ($1, $3, $4, 'Q-2')",
      [home.workspace, from, to, deal],
    );
    await tx.query(
      'INSERT INTO quote_line_items (workspace_id, id, quote_id, unit_price) VALUES ($1, $2, $3, 40)',
      [home.workspace, line, from],
    );
    await tx.query('UPDATE quote_line_items SET quote_id = $1 WHERE id = $2', [to, line]);
  });
  const { rows } = await home.db.query(
    'SELECT quote_number, total::int AS total FROM quotes WHERE opportunity_id = $1 ORDER BY 1',
    [deal],
  );
  expect(rows).toEqual([
    { quote_number: 'Q-1', total: 0 },
    { quote_number: 'Q-2', total: 40 },
  ]);
});

test('what is kept of a record of any kind goes with it for good', async () => {
  const [id, other] = [await home.createAccount(), await home.createAccount()];
  const tag = home.nextId();
  const [first, last] = ['00000000-0000-7000-8000-000000000001', 'ffffffff-0000-7000-8000-000000000001'];
  await home.db.query("INSERT INTO tags (workspace_id, id, name) VALUES ($1, $2, 'VIP')", [
    home.workspace,
    tag,
  ]);
  for (const record of [id, other])
    for (const statement of [
      `INSERT INTO record_tags (workspace_id, object, record_id, tag_id) VALUES ($1, 'accounts', $2, '${tag}')`,
      `INSERT INTO passages (workspace_id, id, object, record_id, position, start_offset, content)
       VALUES ($1, gen_random_uuid(), 'accounts', $2, 0, 0, 'secret')`,
      `INSERT INTO summaries (workspace_id, id, object, record_id, content, method, content_hash)
       VALUES ($1, gen_random_uuid(), 'accounts', $2, 'secret', 'm', 'h')`,
      "INSERT INTO embedding_queue (workspace_id, object, record_id, level) VALUES ($1, 'accounts', $2, 'summary')",
      `INSERT INTO duplicate_candidates (workspace_id, id, object, record_a, record_b, score)
       VALUES ($1, gen_random_uuid(), 'accounts', $2, '${last}', 1), ($1, gen_random_uuid(), 'accounts', '${first}', $2, 1)`,
    ])
      await home.db.query(statement, [home.workspace, record]);
  await home.as(async (tx) => {
    await tx.query('UPDATE accounts SET deleted_at = now() WHERE id = $1', [id]);
    await tx.query('DELETE FROM accounts WHERE id = $1', [id]);
  });
  const { rows } = await home.db.query(
    `SELECT 'tag' AS of, record_id FROM record_tags UNION ALL SELECT 'passage', record_id FROM passages
     UNION ALL SELECT 'summary', record_id FROM summaries UNION ALL SELECT 'queue', record_id FROM embedding_queue
     UNION ALL SELECT 'pair', record_a FROM duplicate_candidates WHERE record_a <> $1
     UNION ALL SELECT 'pair', record_b FROM duplicate_candidates WHERE record_b <> $2
     ORDER BY 1`,
    [first, last],
  );
  expect(rows).toEqual(
    ['pair', 'pair', 'passage', 'queue', 'summary', 'tag'].map((of) => ({ of, record_id: other })),
  );
});

test('a task has a time of completion exactly while it is completed, whatever is written', async () => {
  const id = home.nextId();
  const state = async () => {
    const { rows } = await home.db.query<{ status: string; has_time: boolean }>(
      'SELECT status, completed_at IS NOT NULL AS has_time FROM tasks WHERE id = $1',
      [id],
    );
    return rows;
  };
  const set = (assignments: string) =>
    home.as((tx) => tx.query(`UPDATE tasks SET ${assignments} WHERE id = $1`, [id]));
  await home.as((tx) =>
    tx.query("INSERT INTO tasks (workspace_id, id, title, completed_at) VALUES ($1, $2, 'Call', now())", [
      home.workspace,
      id,
    ]),
  );
  expect(await state()).toEqual([{ status: 'pending', has_time: false }]);
  await set('completed_at = now()');
  expect(await state()).toEqual([{ status: 'pending', has_time: false }]);
  await set("status = 'completed'");
  expect(await state()).toEqual([{ status: 'completed', has_time: true }]);
  await set('completed_at = NULL');
  expect(await state()).toEqual([{ status: 'completed', has_time: true }]);
  await set("status = 'pending'");
  expect(await state()).toEqual([{ status: 'pending', has_time: false }]);
});
