import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WorkspaceDatabase } from './workspace-database.ts';

/**
 * The figures of every report, worked out by hand on eight deals, seven activities and four leads of a firm in New York,
 * beside a neighbour who sells in euros.
 */
const neighbour = '018f0000-0000-7000-8000-000000000009';
let home: WorkspaceDatabase;
let rep: string;
let mate: string;
let manager: string;
let abroad: string;
let reports: readonly string[];

const refresh = async (): Promise<void> => {
  for (const report of reports) await home.db.query('SELECT satchel.refresh_report($1)', [report]);
};

beforeAll(async () => {
  home = await WorkspaceDatabase.open();
  const { db, workspace } = home;
  await db.query("UPDATE workspaces SET timezone = 'America/New_York'");
  abroad = home.nextId();
  await db.query("SELECT satchel.seed_workspace($1, 'Neighbour', $2, 'Bo', NULL, 'EUR')", [
    neighbour,
    abroad,
  ]);
  rep = await home.addPerson('Sales Representative');
  mate = await home.addPerson('Sales Representative');
  manager = await home.addPerson('Sales Manager');
  const [account, contact, bought, wonDeal] = Array.from({ length: 4 }, () => home.nextId());
  const started = home.nextId();
  await db.query("INSERT INTO accounts (workspace_id, id, name) VALUES ($1, $2, 'A'), ($3, $4, 'B')", [
    workspace,
    account,
    neighbour,
    bought,
  ]);
  await db.query("INSERT INTO contacts (workspace_id, id, last_name) VALUES ($1, $2, 'Doe')", [
    workspace,
    contact,
  ]);
  await db.query(
    `INSERT INTO opportunities
       (workspace_id, id, name, account_id, contact_id, owner_id, stage, amount, currency, probability, close_date, closed_at, created_at, deleted_at)
     VALUES
       ($1, $5, 'went back', $2, NULL, $6, 'negotiation', 1000, NULL, NULL, '2026-12-31', NULL, '2026-01-10Z', NULL),
       ($1, gen_random_uuid(), 'in euros', $2, NULL, $6, 'negotiation', 500, 'EUR', 0.5, '2026-12-01', NULL, '2026-01-10Z', NULL),
       ($1, gen_random_uuid(), 'late in January, for New York', $2, NULL, $6, 'prospecting', NULL, NULL, NULL, NULL, NULL, '2026-02-01T02:00Z', NULL),
       ($1, gen_random_uuid(), 'thrown away', $2, NULL, $7, 'proposal', 200, NULL, NULL, '2026-12-31', NULL, '2026-01-10Z', now()),
       ($1, gen_random_uuid(), 'won with an account', $2, NULL, $7, 'closed_won', 300, NULL, NULL, '2026-01-31', NULL, '2026-01-10Z', NULL),
       ($1, $4, 'won from a person, closed late in January', NULL, $3, $6, 'closed_won', 70, NULL, NULL, NULL, '2026-02-01T03:00Z', '2026-01-10Z', NULL),
       ($1, gen_random_uuid(), 'lost at once', $2, NULL, $6, 'closed_lost', 40, NULL, NULL, '2026-01-15', NULL, '2026-01-10Z', NULL),
       ($1, gen_random_uuid(), 'nobody''s', $2, NULL, NULL, 'qualification', 10, NULL, NULL, '2026-11-30', NULL, '2026-02-01T06:00Z', NULL)`,
    [workspace, account, contact, wonDeal, started, rep, mate],
  );
  await db.query("UPDATE opportunities SET stage = 'proposal' WHERE id = $1", [started]);
  await db.query(
    `INSERT INTO opportunities (workspace_id, id, name, account_id, owner_id, stage, amount, close_date, created_at)
     VALUES ($1, gen_random_uuid(), 'next door', $2, $3, 'closed_won', 9999, '2026-01-20', '2026-01-10Z'),
       ($1, gen_random_uuid(), 'next door', $2, $3, 'proposal', 5000, '2026-12-20', '2026-01-10Z')`,
    [neighbour, bought, abroad],
  );
  // The first moment of the twelfth month back is the last that counts.
  const oldest =
    "(date_trunc('month', now() AT TIME ZONE 'America/New_York') - interval '12 months') AT TIME ZONE 'America/New_York'";
  await db.query(
    `INSERT INTO activities (workspace_id, id, type, user_id, duration_minutes, occurred_at, deleted_at)
     VALUES
       ($1, gen_random_uuid(), 'call', $2, 10, ${oldest}, NULL), ($1, gen_random_uuid(), 'call', $2, 20, ${oldest} + interval '1 day', NULL),
       ($1, gen_random_uuid(), 'email', $2, NULL, ${oldest}, NULL), ($1, gen_random_uuid(), 'call', $2, 99, ${oldest}, now()),
       ($1, gen_random_uuid(), 'call', $2, 99, ${oldest} - interval '1 second', NULL),
       ($1, gen_random_uuid(), 'meeting', $2, 99, now() + interval '1 day', NULL), ($3, gen_random_uuid(), 'call', $4, 99, ${oldest}, NULL)`,
    [workspace, rep, neighbour, abroad],
  );
  await db.query(
    `INSERT INTO leads (workspace_id, id, last_name, source, owner_id, created_at, status, converted_at, converted_opportunity_id, deleted_at)
     VALUES
       ($1, gen_random_uuid(), 'Won', 'fair', $2, '2026-01-10Z', 'converted', now(), $3, NULL),
       ($1, gen_random_uuid(), 'Known', 'fair', $2, '2026-01-10Z', 'converted', now(), NULL, NULL),
       ($1, gen_random_uuid(), 'New', 'fair', $2, '2026-02-01T02:00Z', 'new', NULL, NULL, NULL),
       ($1, gen_random_uuid(), 'Gone', 'fair', $2, '2026-01-10Z', 'new', NULL, NULL, now())`,
    [workspace, rep, wonDeal],
  );
  const found = await db.query<{ name: string }>(
    "SELECT matviewname AS name FROM pg_matviews WHERE schemaname = 'satchel' ORDER BY 1",
  );
  reports = found.rows.map(({ name }) => name);
  await refresh();
});
afterAll(() => home[Symbol.asyncDispose]());

/** The rows of a report as somebody gets them, each as text. */
function read(report: string, user: string, workspace = home.workspace): Promise<string[]> {
  return home.as(
    async (tx) => {
      const { rows } = await tx.query<{ line: string }>(
        `SELECT concat_ws(' ', coalesce((SELECT name FROM (VALUES ('${rep}', 'rep'), ('${mate}', 'mate'), ('${abroad}', 'abroad')) AS p (id, name)
           WHERE id = ${report.includes('activity') ? 'user_id' : 'owner_id'}::text), 'nobody'), ${columns[report]}) AS line
         FROM satchel.${report} ORDER BY 1`,
      );
      return rows.map(({ line }) => line);
    },
    { 'satchel.user_id': user, 'satchel.workspace_id': workspace },
  );
}
const months = "('2020-01-01', '2030-01-01')";
const pipeline = 'report_pipeline()';
const sales = `report_sales${months}`;
const conversion = `report_conversion${months}`;
const activity = `report_activity${months}`;
const forecast = 'report_forecast()';
const leads = `report_lead_conversion${months}`;
const columns: Readonly<Record<string, string>> = {
  [pipeline]: 'stage, currency, deals, amount::int, weighted_amount::int',
  [sales]: "month, currency, won || ' won', lost || ' lost', won_amount::int, accounts_won, contacts_won",
  [conversion]: 'month, stage, deals',
  [activity]: 'type, activities, minutes',
  [forecast]: "coalesce(month::text, 'some day'), currency, deals, amount::int, weighted_amount::int",
  [leads]: 'month, source, leads, converted, with_deal, won',
};

const figures: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  [
    pipeline,
    [
      'mate closed_won USD 1 300 300',
      'nobody qualification USD 1 10 2',
      'rep closed_lost USD 1 40 0',
      'rep closed_won USD 1 70 70',
      'rep negotiation EUR 1 500 250',
      'rep proposal USD 1 1000 600',
      'rep prospecting USD 1 0 0',
    ],
    ['abroad closed_won EUR 1 9999 9999', 'abroad proposal EUR 1 5000 3000'],
  ],
  [
    sales,
    ['mate 2026-01-01 USD 1 won 0 lost 300 1 0', 'rep 2026-01-01 USD 1 won 1 lost 70 0 1'],
    ['abroad 2026-01-01 EUR 1 won 0 lost 9999 1 0'],
  ],
  [
    conversion,
    [
      'mate 2026-01-01 closed_won 1',
      'mate 2026-01-01 needs_analysis 1',
      'mate 2026-01-01 negotiation 1',
      'mate 2026-01-01 proposal 1',
      'mate 2026-01-01 prospecting 1',
      'mate 2026-01-01 qualification 1',
      'mate 2026-01-01 value_proposition 1',
      'nobody 2026-02-01 prospecting 1',
      'nobody 2026-02-01 qualification 1',
      'rep 2026-01-01 closed_lost 1',
      'rep 2026-01-01 closed_won 1',
      'rep 2026-01-01 needs_analysis 3',
      // The one that is back in the proposal stage has been here.
      'rep 2026-01-01 negotiation 3',
      'rep 2026-01-01 proposal 3',
      'rep 2026-01-01 prospecting 4',
      'rep 2026-01-01 qualification 3',
      'rep 2026-01-01 value_proposition 3',
    ],
    [
      'abroad 2026-01-01 closed_won 1',
      'abroad 2026-01-01 needs_analysis 2',
      'abroad 2026-01-01 negotiation 1',
      'abroad 2026-01-01 proposal 2',
      'abroad 2026-01-01 prospecting 2',
      'abroad 2026-01-01 qualification 2',
      'abroad 2026-01-01 value_proposition 2',
    ],
  ],
  [
    forecast,
    [
      'nobody 2026-11-01 USD 1 10 2',
      'rep 2026-12-01 EUR 1 500 250',
      'rep 2026-12-01 USD 1 1000 600',
      'rep some day USD 1 0 0',
    ],
    ['abroad 2026-12-01 EUR 1 5000 3000'],
  ],
  [activity, ['rep call 2 30', 'rep email 1 0'], ['abroad call 1 99']],
  [leads, ['rep 2026-01-01 fair 3 2 1 1'], []],
];

describe.each(figures)('%s', (report, ours, theirs) => {
  test('counts what is there: by currency, without the trash, in the months of the firm’s own time zone', async () => {
    expect(await read(report, home.person)).toEqual(ours);
    expect(await read(report, manager)).toEqual(ours);
  });

  test('shows a rep the own figures, and another workspace its own', async () => {
    expect(await read(report, rep)).toEqual(ours.filter((line) => line.startsWith('rep ')));
    expect(await read(report, mate)).toEqual(ours.filter((line) => line.startsWith('mate ')));
    expect(await read(report, abroad, neighbour)).toEqual(theirs);
    expect(await read(report, abroad)).toEqual([]);
  });
});

test('every report is listed here, stamped with its age, and refused by a name that is none', async () => {
  expect(reports).toHaveLength(figures.length);
  for (const report of reports) {
    const isOfThisRun = await home.one<boolean>(
      'SELECT satchel.report_age($1) BETWEEN pg_postmaster_start_time() AND clock_timestamp()',
      [report],
    );
    expect(isOfThisRun).toBe(true);
  }
  await expect(home.db.query("SELECT satchel.refresh_report('opportunities')")).rejects.toThrow(/no report/u);
});

test('a materialized view, which knows no policies, is open to nobody but its owner', async () => {
  const { rows } = await home.db.query<{ name: string; owner: string; open: boolean }>(
    `SELECT relname AS name, relowner::regrole::text AS owner,
       has_table_privilege('satchel_app', oid, 'SELECT') OR has_table_privilege('public', oid, 'SELECT') AS open
     FROM pg_class WHERE relkind = 'm' ORDER BY 1`,
  );
  expect(rows).toEqual(reports.map((name) => ({ name, owner: 'satchel_owner', open: false })));
});

test('without the permission for reports there are no figures', async () => {
  await home.db.query(
    `DELETE FROM role_permissions WHERE workspace_id = $1 AND role_id = satchel.seeded_id($1, 'role:Sales Representative')
       AND permission_id = satchel.seeded_id($1, 'permission:report:read')`,
    [home.workspace],
  );
  for (const [report] of figures)
    expect({ report, rows: await read(report, rep) }).toEqual({ report, rows: [] });
});

test('a closed deal keeps a moment of closing whatever is written, so that no sale falls out of its month', async () => {
  await home.db.query("UPDATE opportunities SET closed_at = NULL WHERE name LIKE 'won from%'");
  expect(await home.one("SELECT closed_at IS NOT NULL FROM opportunities WHERE name LIKE 'won from%'")).toBe(
    true,
  );
  await home.db.query("UPDATE opportunities SET closed_at = now() WHERE name = 'in euros'");
  expect(await home.one("SELECT closed_at IS NULL FROM opportunities WHERE name = 'in euros'")).toBe(true);
});

test('a time zone that is not known is refused when it is written, not when months are counted in it', async () => {
  await expect(home.db.query("UPDATE workspaces SET timezone = 'America/Nowhere'")).rejects.toThrow(
    /not recognized/u,
  );
});
