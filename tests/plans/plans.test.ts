import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LargeWorkspace, openLargeWorkspace } from '../support/large-workspace.ts';
import { localClient } from '../support/local-client.ts';
import { recordingEngine } from '../support/recording-engine.ts';
import { type Sample, screens, takeSample } from '../support/screens.ts';
import { type Explained, explain } from './explain.ts';

/**
 * What each screen may read of 100,000 contacts and 1,000,000 activities: `by` are the indexes meant for it, all of which
 * must be used; `rows` is how many rows it may look at in all, those dropped again included. A statement that reads a
 * large table in sequence fails whatever it reads.
 */
const plans: Readonly<Record<string, { readonly by: readonly string[]; readonly rows: number }>> = {
  'contacts by name': { by: ['idx_contacts_name_key'], rows: 500 },
  'contacts, next page': { by: ['idx_contacts_name_key'], rows: 1_500 },
  'contacts, newest': { by: ['idx_contacts_created_at'], rows: 500 },
  'contacts, last changed': { by: ['idx_contacts_updated_at'], rows: 500 },
  // Jumping counts its way through the index.
  'contacts, scrolled to the middle': { by: ['idx_contacts_name_key'], rows: 50_000 },
  'contacts of an account': { by: ['idx_contacts_company_lookup'], rows: 500 },
  'contacts that are customers': { by: ['idx_contacts_lifecycle_stage'], rows: 600 },
  'contacts searched by name': { by: ['idx_contacts_search'], rows: 6_000 },
  'contacts of one owner': { by: ['idx_contacts_owner_id'], rows: 500 },
  'contacts by account': { by: ['idx_contacts_company_lookup', 'idx_accounts_name_key'], rows: 600 },
  'contacts by account, next page': {
    by: ['idx_contacts_company_lookup', 'idx_accounts_name_key'],
    rows: 1_000,
  },
  // Jumping counts its way through the accounts and their contacts.
  'contacts by account, scrolled to the middle': {
    by: ['idx_contacts_company_lookup', 'idx_accounts_name_key'],
    rows: 110_000,
  },
  'contacts by account, scrolled to those without': { by: ['idx_contacts_company_lookup'], rows: 101_000 },
  'contacts by owner, next page': { by: ['idx_contacts_owner_id'], rows: 800 },
  'contacts by owner, backwards, scrolled to the middle': { by: ['idx_contacts_owner_id'], rows: 110_000 },
  'customers by account': { by: ['idx_accounts_name_key'], rows: 2_500 },
  'contacts counted': { by: [], rows: 100_000 },
  'accounts by name': { by: ['idx_accounts_name_key'], rows: 500 },
  'accounts by revenue': { by: ['idx_accounts_annual_revenue'], rows: 500 },
  'accounts by parent account, next page': { by: ['idx_accounts_parent_account_id'], rows: 5_000 },
  'accounts of an industry': { by: ['idx_accounts_industry'], rows: 4_000 },
  'opportunities by name': { by: ['idx_opportunities_name_key'], rows: 700 },
  'opportunities by amount': { by: ['idx_opportunities_amount'], rows: 700 },
  'opportunities by account, next page': {
    by: ['idx_opportunities_account_id', 'idx_accounts_name_key'],
    rows: 1_500,
  },
  'opportunities by contact, next page': {
    by: ['idx_opportunities_contact_id', 'idx_contacts_name_key'],
    rows: 3_000,
  },
  'opportunities by product, next page': { by: ['idx_opportunities_product_id'], rows: 800 },
  'opportunities in negotiation by close date': { by: ['idx_opportunities_stage_close_date'], rows: 700 },
  'opportunities of an account': { by: ['idx_opportunities_account_id'], rows: 300 },
  'open opportunities of one owner': { by: ['idx_opportunities_o'], rows: 2_500 },
  'products by name': { by: [], rows: 0 },
  'a contact': { by: ['contacts_pkey'], rows: 5 },
  'an account': { by: ['accounts_pkey'], rows: 5 },
  'an opportunity': { by: ['opportunities_pkey'], rows: 5 },
  'timeline of an account': { by: ['idx_activity_accounts_timeline'], rows: 800 },
  'timeline of a contact': { by: ['idx_activity_contacts_timeline'], rows: 400 },
  'timeline of an opportunity': { by: ['idx_activity_opportunities_timeline'], rows: 800 },
  'timeline of an account, meetings only': { by: ['idx_activity_accounts_timeline'], rows: 6_000 },
  'the board': { by: ['idx_opportunities_board', 'idx_opportunities_stage_close_date'], rows: 55_000 },
  'the board of one owner': { by: ['idx_opportunities_o'], rows: 9_000 },
  'a keystroke in quick search': { by: ['idx_contacts_search', 'idx_accounts_search'], rows: 8_000 },
};

const largeTables =
  /^(?:accounts|contacts|opportunities|opportunity_.*|activity_.*|activities.*|field_history)$/u;
/** Where a timeline may look: the months of one page and not all of the story's. */
const mostMonths = 30;

let workspace: LargeWorkspace;
let sample: Sample;

beforeAll(async () => {
  workspace = await openLargeWorkspace();
  sample = await takeSample(workspace.engine, workspace.identity);
});
afterAll(() => workspace.close());

/** All statements of a screen, explained as they run, under the role of requests and its policies. */
async function explainScreen(name: string): Promise<Explained[]> {
  const screen = screens.find((candidate) => candidate.name === name);
  if (!screen) throw new Error(`There is no screen "${name}".`);
  const explained: Explained[] = [];
  const engine = recordingEngine(workspace.engine, async (statement, tx) => {
    if (/^\s*(?:SELECT|WITH)\b/iu.test(statement.sql)) explained.push(await explain(tx, statement));
  });
  await screen.show(localClient({ ...workspace.app, engine }, workspace.identity), sample, 3);
  return explained;
}

test('every screen has its plan here', () => {
  expect(Object.keys(plans).sort()).toEqual(screens.map((screen) => screen.name).sort());
});

test('requests are bound by row-level security here', async () => {
  const [row] = await workspace.engine.transaction({ as: workspace.identity, readOnly: true }, (tx) =>
    tx.query<{ role: string; bypasses: boolean; forced: boolean }>(
      `SELECT current_user::text AS role, rolbypassrls OR rolsuper AS bypasses,
         (SELECT relforcerowsecurity FROM pg_class WHERE oid = 'contacts'::regclass) AS forced
       FROM pg_roles WHERE rolname = current_user`,
    ),
  );
  expect(row).toEqual({ role: 'satchel_app', bypasses: false, forced: true });
});

describe.each(Object.entries(plans))('%s', (name, { by, rows }) => {
  let explained: Explained[];
  beforeAll(async () => {
    explained = await explainScreen(name);
  });

  test('runs statements', () => {
    expect(explained.length).toBeGreaterThan(0);
  });

  test('reads no large table in sequence', () => {
    const sequential = explained.flatMap(({ sql, scans }) =>
      scans
        .filter((scan) => scan.node === 'Seq Scan' && largeTables.test(scan.table))
        .map((scan) => ({ scan, sql })),
    );
    expect(sequential).toEqual([]);
  });

  test('uses the indexes meant for it', () => {
    const used = explained.flatMap(({ scans }) => scans.map((scan) => scan.index ?? ''));
    expect(by.filter((index) => !used.some((name) => name.startsWith(index)))).toEqual([]);
  });

  test('looks at no more rows than it should', () => {
    const read = explained
      .flatMap(({ scans }) => scans)
      .filter((scan) => largeTables.test(scan.table))
      .reduce((sum, scan) => sum + scan.rows, 0);
    expect(read).toBeLessThanOrEqual(rows);
  });

  test('opens only the months it needs', () => {
    const months = explained.map(
      ({ scans }) =>
        new Set(scans.map((scan) => scan.table).filter((table) => table.startsWith('activities_'))).size,
    );
    expect(Math.max(...months)).toBeLessThanOrEqual(mostMonths);
  });
});
