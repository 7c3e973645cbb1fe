import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openApplication } from '#core/application.ts';
import { type Host, startHost } from '#core/platform/host/host.ts';
import { createWorkspace } from '#core/workspace/create.ts';
import type { Tx } from '#db/engine/types.ts';
import { readMigrations } from '#db/migrate/migrations.ts';
import { buildTemplate } from '#db/template/build.ts';
import { type ConnectedClient, createContractClient } from '#shared/contract/client.ts';
import { recordIdSchema } from '#shared/ids.ts';
import { systemIds } from '#shared/runtime.ts';
import { outcomeOf } from '../support/call-procedure.ts';
import { proceduresTakingIds } from '../support/contract-inputs.ts';
import { hostTransport } from '../support/stack.ts';

/** Ids of a second workspace in the same database, as somebody may know them from an export or a log. */
const foreign = {
  workspace: systemIds.next(),
  person: systemIds.next(),
  account: recordIdSchema.parse(systemIds.next()),
  contact: recordIdSchema.parse(systemIds.next()),
  opportunity: recordIdSchema.parse(systemIds.next()),
  product: recordIdSchema.parse(systemIds.next()),
  activity: systemIds.next(),
  changeSet: systemIds.next(),
  view: systemIds.next(),
  batch: systemIds.next(),
};

/** All that the other workspace has, table by table. */
async function theirRows(tx: Tx): Promise<unknown> {
  const tables = await tx.query<{ name: string }>(
    `SELECT c.oid::regclass::text AS name FROM pg_class c
     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id'
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
     ORDER BY 1`,
  );
  const found: unknown[] = [];
  for (const { name } of tables) {
    const rows = await tx.query(
      `SELECT count(*)::integer AS count, md5(string_agg(t::text, '|' ORDER BY t::text)) AS digest
       FROM ${name} AS t WHERE t.workspace_id = $1`,
      [foreign.workspace],
    );
    found.push({ name, ...rows[0] });
  }
  return found;
}

let before: unknown;
let directory: string;
let host: Host;
let client: ConnectedClient;

beforeAll(async () => {
  await buildTemplate(await readMigrations());
  directory = await mkdtemp(path.join(tmpdir(), 'satchel-workspaces-'));
  const application = await openApplication({ dataDir: directory });
  await createWorkspace(application.app, { name: 'Ours', personName: 'Ada', currency: 'EUR' });
  await application.app.engine.transaction({ as: 'system' }, async (tx) => {
    const { workspace, person, account, contact, opportunity, product } = foreign;
    await tx.query('SELECT satchel.seed_workspace($1, $2, $3, $4)', [workspace, 'Theirs', person, 'Eve']);
    await tx.query("INSERT INTO accounts (workspace_id, id, name) VALUES ($1, $2, 'Their account')", [
      workspace,
      account,
    ]);
    await tx.query(
      "INSERT INTO contacts (workspace_id, id, first_name, last_name) VALUES ($1, $2, 'Their', 'contact')",
      [workspace, contact],
    );
    await tx.query(
      "INSERT INTO opportunities (workspace_id, id, name, account_id) VALUES ($1, $2, 'Their deal', $3)",
      [workspace, opportunity, account],
    );
    await tx.query("INSERT INTO products (workspace_id, id, name) VALUES ($1, $2, 'Their product')", [
      workspace,
      product,
    ]);
  });
  await application.app.engine.transaction({ as: 'system' }, async (tx) => {
    const { workspace, person, account, activity, changeSet, view, batch } = foreign;
    await tx.query("SELECT satchel.ensure_activity_partitions('2026-03-01', '2026-03-01')");
    await tx.query(
      `INSERT INTO activities (workspace_id, id, type, subject, user_id, occurred_at)
       VALUES ($1, $2, 'call', 'Their call', $3, '2026-03-05T09:00Z')`,
      [workspace, activity, person],
    );
    await tx.query(
      `INSERT INTO activity_accounts (workspace_id, activity_id, occurred_at, account_id)
       VALUES ($1, $2, '2026-03-05T09:00Z', $3)`,
      [workspace, activity, account],
    );
    await tx.query('INSERT INTO change_sets (workspace_id, id, user_id) VALUES ($1, $2, $3)', [
      workspace,
      changeSet,
      person,
    ]);
    await tx.query(
      `INSERT INTO saved_views (workspace_id, id, owner_id, object, name, definition)
       VALUES ($1, $2, $3, 'accounts', 'Their view', '{}')`,
      [workspace, view, person],
    );
    await tx.query(
      "INSERT INTO import_batches (workspace_id, id, user_id, file_names) VALUES ($1, $2, $3, '{Their.csv}')",
      [workspace, batch, person],
    );
    before = await theirRows(tx);
  });
  await application.close();
  host = await startHost({ dataDir: directory });
  client = createContractClient(hostTransport(host));
});
afterAll(async () => {
  client.close();
  await host.close();
  await rm(directory, { recursive: true, force: true });
});

const objects = [
  ['accounts', foreign.account],
  ['contacts', foreign.contact],
  ['opportunities', foreign.opportunity],
  ['products', foreign.product],
] as const;

describe.each(objects)('another workspace’s %s', (object, id) => {
  const records = () => client.api[object];

  test('are not in a list', async () => {
    expect((await records().list({})).rows).toEqual([]);
  });

  test('are not found by their id', async () => {
    await expect(records().get({ id })).rejects.toMatchObject({ code: 'not_found' });
  });

  test('are not changed, trashed or purged by their id', async () => {
    await expect(records().update({ id, values: {} })).rejects.toMatchObject({ code: 'not_found' });
    const selection = { ids: [id] };
    for (const attempt of [records().trash({ selection }), records().restore({ selection })]) {
      const outcome = await attempt.catch((error: unknown) => error);
      expect([0, undefined]).toContain(Reflect.get(Object(outcome), 'changed'));
    }
  });
});

const procedures = proceduresTakingIds();

test('the procedures that take an id are known from the contract', () => {
  expect(procedures.map(({ path }) => path)).toEqual(
    expect.arrayContaining([
      'accounts.get',
      'history.undo',
      'imports.revert',
      'timeline.update',
      'views.remove',
    ]),
  );
  expect(procedures.length).toBeGreaterThan(40);
});

test.each(procedures)(
  '$path tells nothing of another workspace, whichever of its ids is given',
  async ({ path, inputWith }) => {
    for (const [kind, id] of Object.entries(foreign)) {
      const { code, told } = await outcomeOf(client, path, inputWith(id));
      expect
        .soft(code, `${path} with their ${kind}`)
        .toMatch(/^(answered|not_found|invalid|forbidden|conflict)$/);
      expect.soft(told, `${path} with their ${kind}`).not.toContain('Their');
    }
  },
);

test('nothing of the other workspace was changed', async () => {
  await host.close();
  const application = await openApplication({ dataDir: directory });
  try {
    const after = await application.app.engine.transaction({ as: 'system', readOnly: true }, theirRows);
    expect(after).toEqual(before);
  } finally {
    await application.close();
  }
});
