import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestEngine, type TestEngine } from '#tests/support/engine.ts';
import type { Tx } from '../engine/types.ts';

let fixture: TestEngine;
const asSystem = { as: 'system' } as const;

beforeAll(async () => {
  fixture = await openTestEngine({ isDurable: true });
  await fixture.engine.transaction(asSystem, (tx) =>
    tx.script('CREATE TABLE item (id int PRIMARY KEY, name text)'),
  );
});
afterAll(() => fixture.close());

const names = () =>
  fixture.engine.transaction(asSystem, async (tx) =>
    (await tx.query<{ name: string }>('SELECT name FROM item ORDER BY id')).map((row) => row.name),
  );

describe('a transaction', () => {
  test('keeps what it wrote with exactly one file sync', async () => {
    const insert = (id: number) =>
      fixture.engine.transaction(asSystem, (tx) =>
        tx.execute('INSERT INTO item VALUES ($1, $2)', [id, `n${id}`]),
      );
    await insert(1);
    const before = fixture.engine.syncs.files;
    for (const id of [2, 3, 4, 5]) await insert(id);
    expect(fixture.engine.syncs.files - before).toBe(4);
    expect(await names()).toEqual(['n1', 'n2', 'n3', 'n4', 'n5']);
  });

  test('that throws keeps nothing', async () => {
    const failing = fixture.engine.transaction(asSystem, async (tx) => {
      await tx.execute("INSERT INTO item VALUES (6, 'n6')");
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await names()).not.toContain('n6');
  });

  test('whose failed statement was swallowed says that nothing was saved', async () => {
    const swallowed = fixture.engine.transaction({ ...asSystem, label: 'careless' }, async (tx) => {
      await tx.execute("INSERT INTO item VALUES (7, 'n7')");
      await tx.execute('INSERT INTO item VALUES (1, NULL)').catch(() => {});
    });
    await expect(swallowed).rejects.toThrow('A statement of "careless" failed, so nothing of it was saved.');
    expect(await names()).not.toContain('n7');
  });

  test('cannot be used after its end', async () => {
    let kept: Tx | undefined;
    await fixture.engine.transaction(asSystem, async (tx) => {
      kept = tx;
    });
    await expect(kept?.query('SELECT 1')).rejects.toThrow(/after the transaction had ended/);
  });

  test('started inside another fails instead of hanging', async () => {
    const nested = fixture.engine.transaction({ ...asSystem, label: 'outer' }, () =>
      fixture.engine.transaction({ ...asSystem, label: 'inner' }, async () => 1),
    );
    await expect(nested).rejects.toThrow('"inner" was started inside "outer": use its tx.');
  });

  test('runs as satchel_app under the identity it was given', async () => {
    const identity = {
      workspaceId: '018f0000-0000-7000-8000-000000000001',
      userId: '018f0000-0000-7000-8000-000000000002',
    } as Parameters<typeof fixture.engine.transaction>[0]['as'];
    const [row] = await fixture.engine.transaction({ as: identity, source: 'import' }, (tx) =>
      tx.query<Record<string, string>>(
        `SELECT current_user AS role, current_setting('satchel.workspace_id') AS workspace,
                current_setting('satchel.source') AS source, current_setting('satchel.stamp') AS stamp`,
      ),
    );
    expect(row).toMatchObject({
      role: 'satchel_app',
      workspace: '018f0000-0000-7000-8000-000000000001',
      source: 'import',
    });
    expect(row?.['stamp']).toMatch(/^[0-9a-f]{16}-[0-9a-f]{16}$/);
    await expect(
      fixture.engine.transaction({ as: identity }, (tx) => tx.query('SELECT * FROM item')),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('that is read-only cannot write', async () => {
    const writing = fixture.engine.transaction({ ...asSystem, readOnly: true }, (tx) =>
      tx.execute('DELETE FROM item'),
    );
    await expect(writing).rejects.toMatchObject({ code: 'internal', details: { sqlState: '25006' } });
  });

  test('is rolled back when its signal aborts between statements', async () => {
    const controller = new AbortController();
    const aborted = fixture.engine.transaction({ ...asSystem, signal: controller.signal }, async (tx) => {
      await tx.execute("INSERT INTO item VALUES (8, 'n8')");
      controller.abort();
      await tx.execute("INSERT INTO item VALUES (9, 'n9')");
    });
    await expect(aborted).rejects.toMatchObject({ name: 'AbortError' });
    expect(await names()).not.toContain('n8');
  });
});

test('changed tables are told once per transaction and table, after the commit', async () => {
  const workspaceId = '018f0000-0000-7000-8000-000000000001';
  const heard: unknown[] = [];
  using _listening = fixture.engine.onTablesChanged((changed) => heard.push(changed));
  const notify = (ids: string[] | null) =>
    JSON.stringify({ workspace_id: workspaceId, table: 'accounts', ids });
  await fixture.engine.transaction(asSystem, async (tx) => {
    await tx.query("SELECT pg_notify('satchel_changes', $1)", [notify(['a'])]);
    await tx.query("SELECT pg_notify('satchel_changes', $1)", [notify(['b'])]);
    expect(heard).toEqual([]);
  });
  expect(heard).toEqual([{ workspaceId, table: 'accounts', ids: ['a', 'b'] }]);
  const failed = fixture.engine.transaction(asSystem, async (tx) => {
    await tx.query("SELECT pg_notify('satchel_changes', $1)", [notify(['c'])]);
    throw new Error('no');
  });
  await expect(failed).rejects.toThrow('no');
  await fixture.engine.transaction(asSystem, (tx) =>
    tx.query("SELECT pg_notify('satchel_changes', $1)", [notify(null)]),
  );
  expect(heard).toHaveLength(2);
  expect(heard[1]).toEqual({ workspaceId, table: 'accounts' });
});

test('a second engine on the directory is refused with the name of the holder', async () => {
  await expect(openTestEngine({ dataDir: fixture.dataDir })).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining(`process ${process.pid}`),
  });
});
