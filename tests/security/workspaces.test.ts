import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openApplication } from '#core/application.ts';
import { type Host, startHost } from '#core/host/host.ts';
import { createWorkspace } from '#core/workspace/create.ts';
import { readMigrations } from '#db/migrate/migrations.ts';
import { buildTemplate } from '#db/template/build.ts';
import { type ConnectedClient, createContractClient } from '#shared/contract/client.ts';
import { recordIdSchema } from '#shared/ids.ts';
import { systemIds } from '#shared/runtime.ts';
import { hostTransport } from '../support/stack.ts';

/** Ids of a second workspace in the same database, as somebody may know them from an export or a log. */
const foreign = {
  workspace: systemIds.next(),
  person: systemIds.next(),
  account: recordIdSchema.parse(systemIds.next()),
  contact: recordIdSchema.parse(systemIds.next()),
  opportunity: recordIdSchema.parse(systemIds.next()),
  product: recordIdSchema.parse(systemIds.next()),
};

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

test('nothing of the other workspace was changed', async () => {
  await host.close();
  const application = await openApplication({ dataDir: directory });
  try {
    const [row] = await application.app.engine.transaction({ as: 'system', readOnly: true }, (tx) =>
      tx.query(
        `SELECT
           (SELECT array_agg(name) FROM accounts WHERE workspace_id = $1 AND deleted_at IS NULL) AS accounts,
           (SELECT array_agg(last_name) FROM contacts WHERE workspace_id = $1 AND deleted_at IS NULL) AS contacts,
           (SELECT array_agg(name) FROM opportunities WHERE workspace_id = $1 AND deleted_at IS NULL) AS opportunities,
           (SELECT array_agg(name) FROM products WHERE workspace_id = $1 AND deleted_at IS NULL) AS products`,
        [foreign.workspace],
      ),
    );
    expect(row).toEqual({
      accounts: ['Their account'],
      contacts: ['contact'],
      opportunities: ['Their deal'],
      products: ['Their product'],
    });
  } finally {
    await application.close();
  }
});
