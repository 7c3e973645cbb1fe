import { afterAll, beforeAll, expect, test } from 'vitest';
import { shownTables } from '#renderer/client/shown-tables.ts';
import { WorkspaceDatabase } from './workspace-database.ts';

let home: WorkspaceDatabase;
beforeAll(async () => {
  home = await WorkspaceDatabase.open();
});
afterAll(() => home[Symbol.asyncDispose]());

/** Tables that tell of their changes and that no screen shows yet; jobs have a stream of their own. */
const notShown = [
  'activity_cases',
  'cases',
  'documents',
  'duplicate_candidates',
  'exchange_rates',
  'jobs',
  'merges',
  'notes',
  'opportunity_participants',
  'quote_line_items',
  'quotes',
  'record_tags',
  'summaries',
  'sync_conflicts',
  'sync_quarantine',
  'sync_state',
  'tags',
];

test('each table that the interface waits for tells of its changes, and each that tells is waited for', async () => {
  const { rows } = await home.db.query<{ name: string }>(
    `SELECT DISTINCT c.relname AS name FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid
     WHERE t.tgname LIKE 'notify\\_%' AND NOT c.relispartition`,
  );
  const notifying = rows.map(({ name }) => name);
  expect(shownTables.filter((table) => !notifying.includes(table))).toEqual([]);
  expect(notifying.filter((table) => !shownTables.includes(table)).toSorted()).toEqual(notShown);
});

test('a new name of the workspace is told to every window', async () => {
  const heard: unknown[] = [];
  const stop = await home.db.listen('satchel_changes', (payload) => heard.push(JSON.parse(payload)));
  await home.db.query("UPDATE workspaces SET name = 'Renamed'");
  await stop();
  expect(heard).toEqual([{ workspace_id: home.workspace, table: 'workspaces', ids: [home.workspace] }]);
});
