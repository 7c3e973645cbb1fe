import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OpportunityStage } from '#shared/enums.ts';
import { type RecordId, recordIdSchema } from '#shared/ids.ts';
import { openTestEngine, type TestEngine } from '../support/engine.ts';
import { seedWorkspace, testApplication } from '../support/records.ts';
import { csv, ImportClient } from './import-client.ts';

/**
 * What a change of stage does to close date and moment of closing is one rule, whoever writes: a person, a person with
 * many records chosen, a file, or a statement of SQL.
 */
interface Case {
  readonly name: string;
  /** Null where it is entered as it is. */
  readonly from: { readonly stage: OpportunityStage; readonly closeDate: string | null } | null;
  readonly stage: OpportunityStage;
  /** Left out where the writer gives none. */
  readonly closeDate?: string;
}

const past = '2026-03-08';
const future = '2031-05-05';
const open = { stage: 'negotiation', closeDate: future } as const;
const closed = { stage: 'closed_won', closeDate: past } as const;
const cases: readonly Case[] = [
  { name: 'Entered open', from: null, stage: 'proposal' },
  { name: 'Entered open with a date', from: null, stage: 'proposal', closeDate: future },
  { name: 'Entered closed', from: null, stage: 'closed_won' },
  { name: 'Entered closed in the past', from: null, stage: 'closed_lost', closeDate: past },
  { name: 'Entered closed ahead of time', from: null, stage: 'closed_won', closeDate: future },
  { name: 'Closed', from: open, stage: 'closed_won' },
  { name: 'Closed without a date before', from: { ...open, closeDate: null }, stage: 'closed_lost' },
  { name: 'Closed in the past', from: open, stage: 'closed_won', closeDate: past },
  {
    name: 'Closed on the day expected',
    from: { ...open, closeDate: past },
    stage: 'closed_won',
    closeDate: past,
  },
  { name: 'Closed ahead of time', from: open, stage: 'closed_won', closeDate: future },
  { name: 'Reopened', from: closed, stage: 'proposal' },
  { name: 'Reopened for a day', from: closed, stage: 'proposal', closeDate: future },
  { name: 'Reopened for the same day', from: closed, stage: 'proposal', closeDate: past },
  { name: 'Lost after all', from: closed, stage: 'closed_lost' },
  { name: 'Lost after all on a day', from: closed, stage: 'closed_lost', closeDate: '2026-03-09' },
  { name: 'Moved on', from: open, stage: 'proposal' },
];

type Writer = 'hand' | 'bulk' | 'file' | 'sql';
const zone = 'America/New_York';

let engine: TestEngine;
beforeAll(async () => {
  engine = await openTestEngine();
});
afterAll(() => engine.close());

async function written(by: Writer): Promise<Record<string, unknown>[]> {
  const identity = await seedWorkspace(engine.engine);
  const client = new ImportClient(
    { close: () => Promise.resolve() },
    testApplication(engine.engine, engine.dataDir),
    identity,
  );
  const { opportunities, workspace, accounts } = client.client;
  await workspace.update({ timezone: zone });
  const { record: account } = await accounts.create({ values: { name: 'Harbour' } });
  const entered = new Map<string, RecordId>();
  const refOf = (name: string) => `D-${String(cases.findIndex((one) => one.name === name) + 100)}`;
  const enter = async ({ name }: Case, values: { stage: OpportunityStage; closeDate?: string | null }) => {
    if (by === 'sql') {
      const [row] = await engine.engine.transaction({ as: identity }, (tx) =>
        tx.query<{ id: string }>(
          `INSERT INTO opportunities (workspace_id, id, name, external_ref, account_id, stage, close_date)
           VALUES ($1, gen_random_uuid(), $2, $6, $3, $4::opportunity_stage, $5) RETURNING id`,
          [identity.workspaceId, name, account.id, values.stage, values.closeDate ?? null, refOf(name)],
        ),
      );
      entered.set(name, recordIdSchema.parse(row?.id));
    } else {
      const { record } = await opportunities.create({
        values: { name, externalRef: refOf(name), accountId: account.id, ...values },
      });
      entered.set(name, recordIdSchema.parse(record.id));
    }
  };
  for (const one of cases) if (one.from) await enter(one, one.from);

  if (by === 'file') {
    const rows = cases.map(({ name, stage, closeDate }) =>
      [refOf(name), name, 'Harbour', stage, closeDate ?? ''].join(','),
    );
    await client.import([csv('opportunities.csv', 'opportunity_id,name,account,stage,close date', ...rows)]);
  } else {
    for (const one of cases) {
      const { name, from, stage, closeDate } = one;
      const values = { stage, ...(closeDate !== undefined && { closeDate }) };
      const id = entered.get(name);
      if (!from || id === undefined) await enter(one, values);
      else if (by === 'hand') await opportunities.update({ id, values });
      else if (by === 'bulk') await opportunities.bulkUpdate({ selection: { ids: [id] }, values });
      else
        await engine.engine.transaction({ as: identity }, (tx) =>
          tx.execute(
            `UPDATE opportunities SET stage = $2::opportunity_stage${closeDate === undefined ? '' : ', close_date = $3'}
             WHERE id = $1`,
            [id, stage, ...(closeDate === undefined ? [] : [closeDate])],
          ),
        );
    }
  }
  return engine.engine.transaction({ as: identity, readOnly: true }, (tx) =>
    tx.query(
      `SELECT name, stage::text,
         CASE WHEN close_date = (now() AT TIME ZONE $1)::date THEN 'today' ELSE close_date::text END AS close_date,
         CASE WHEN closed_at > now() - interval '10 minutes' THEN 'now'
           ELSE to_char(closed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') END AS closed_at
       FROM opportunities ORDER BY name`,
      [zone],
    ),
  );
}

const outcome = [
  ['Closed', 'closed_won', 'today', 'now'],
  ['Closed ahead of time', 'closed_won', future, 'now'],
  ['Closed in the past', 'closed_won', past, '2026-03-08 05:00'],
  ['Closed on the day expected', 'closed_won', past, '2026-03-08 05:00'],
  ['Closed without a date before', 'closed_lost', 'today', 'now'],
  ['Entered closed', 'closed_won', 'today', 'now'],
  ['Entered closed ahead of time', 'closed_won', future, 'now'],
  ['Entered closed in the past', 'closed_lost', past, '2026-03-08 05:00'],
  ['Entered open', 'proposal', null, null],
  ['Entered open with a date', 'proposal', future, null],
  ['Lost after all', 'closed_lost', past, '2026-03-08 05:00'],
  ['Lost after all on a day', 'closed_lost', '2026-03-09', '2026-03-08 05:00'],
  ['Moved on', 'proposal', future, null],
  ['Reopened', 'proposal', null, null],
  ['Reopened for a day', 'proposal', future, null],
  ['Reopened for the same day', 'proposal', past, null],
].map(([name, stage, close_date, closed_at]) => ({ name, stage, close_date, closed_at }));

describe('close date and moment of closing', () => {
  test.each(['hand', 'bulk', 'file', 'sql'] as const)(
    'are the same by %s',
    async (writer) => {
      expect(await written(writer)).toEqual(outcome);
    },
    120_000,
  );
});
