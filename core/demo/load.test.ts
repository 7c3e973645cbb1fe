import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Identity } from '#db/engine/types.ts';
import type { Progress } from '#shared/contract/workspace.ts';
import { applicationOver } from '#tests/support/demo-application.ts';
import { openTestEngine, type TestEngine } from '#tests/support/engine.ts';
import type { Application } from '../context.ts';
import { createWorkspace } from '../workspace/create.ts';
import { localIdentity } from '../workspace/identity.ts';
import { fillWithDemo } from './fill.ts';
import { seededRandom } from './seeded-random.ts';

const endsAt = Date.UTC(2026, 4, 20);

interface Demo extends AsyncDisposable {
  readonly fixture: TestEngine;
  readonly app: Application;
  readonly identity: Identity;
}

async function emptyWorkspace(): Promise<Demo> {
  const fixture = await openTestEngine();
  const app: Application = {
    ...applicationOver(fixture.engine, fixture.dataDir),
    random: seededRandom(1),
  };
  await createWorkspace(app, { name: 'Northlight', personName: 'Ada Lovelace', currency: 'EUR' });
  const identity = await localIdentity(fixture.engine).current();
  if (!identity) throw new Error('The workspace has nobody in it.');
  return { fixture, app, identity, [Symbol.asyncDispose]: () => fixture.close() };
}

async function rowsOf<Row extends object>(demo: Demo, sql: string): Promise<Row[]> {
  return demo.app.engine.transaction({ as: demo.identity, readOnly: true }, (tx) => tx.query<Row>(sql));
}

async function countOf(demo: Demo, source: string): Promise<number> {
  const [row] = await rowsOf<{ n: number }>(demo, `SELECT count(*)::int AS n FROM ${source}`);
  return row?.n ?? -1;
}

describe('a filled workspace', () => {
  let demo: Demo;
  const progress: Progress[] = [];

  beforeAll(async () => {
    demo = await emptyWorkspace();
    const filling = fillWithDemo(demo.app, demo.identity, {
      contacts: 400,
      activities: 2_500,
      seed: 3,
      endsAt,
      pace: 'background',
    });
    for await (const step of filling) {
      progress.push(step);
    }
  });
  afterAll(async () => demo[Symbol.asyncDispose]());

  test('has what was asked for, seen by the person under their own rights', async () => {
    expect(await countOf(demo, 'contacts')).toBe(400);
    expect(await countOf(demo, 'activities')).toBe(2_500);
    for (const table of ['accounts', 'opportunities', 'products', 'tasks', 'notes', 'quotes', 'leads']) {
      expect(await countOf(demo, table)).toBeGreaterThan(5);
    }
  });

  test('tells how far it is, to the end', () => {
    expect(progress.at(-1)).toEqual({ done: 2_900, total: 2_900, step: 'done' });
    const done = progress.map((step) => step.done);
    expect(done).toEqual(done.toSorted((a, b) => a - b));
    expect(progress.length).toBeGreaterThan(8);
  });

  test('holds no reference that leads nowhere, though loading did not check them', async () => {
    const checks = await rowsOf<{ check: string }>(
      demo,
      `SELECT format(
         'SELECT count(*)::int AS n FROM %s AS c WHERE %s AND NOT EXISTS (SELECT FROM %s AS p WHERE %s)',
         con.conrelid::regclass,
         (SELECT string_agg(format('c.%I IS NOT NULL', a.attname), ' AND ')
          FROM unnest(con.conkey) AS k JOIN pg_attribute a ON a.attrelid = con.conrelid AND a.attnum = k),
         con.confrelid::regclass,
         (SELECT string_agg(format('p.%I = c.%I', pa.attname, ca.attname), ' AND ')
          FROM unnest(con.conkey, con.confkey) AS k (child, parent)
          JOIN pg_attribute ca ON ca.attrelid = con.conrelid AND ca.attnum = k.child
          JOIN pg_attribute pa ON pa.attrelid = con.confrelid AND pa.attnum = k.parent)
       ) AS check
       FROM pg_constraint con
       WHERE con.contype = 'f' AND con.connamespace = 'public'::regnamespace AND con.conparentid = 0`,
    );
    expect(checks.length).toBeGreaterThan(50);
    const broken = await demo.app.engine.transaction({ as: 'system', readOnly: true }, async (tx) => {
      const found: string[] = [];
      for (const { check } of checks) {
        const [row] = await tx.query<{ n: number }>(check);
        if (row?.n !== 0) found.push(check);
      }
      return found;
    });
    expect(broken).toEqual([]);
  });

  test('has the sums that the database would have counted itself', async () => {
    const differing = await demo.app.engine.transaction({ as: 'system' }, async (tx) => {
      await tx.script('CREATE TEMP TABLE loaded ON COMMIT DROP AS SELECT * FROM quotes');
      await tx.execute('UPDATE quotes SET total = 0');
      return tx.query(
        `SELECT q.id FROM quotes q JOIN loaded l USING (workspace_id, id)
         WHERE (q.subtotal, q.discount_total, q.tax_total, q.total)
           IS DISTINCT FROM (l.subtotal, l.discount_total, l.tax_total, l.total)`,
      );
    });
    expect(differing).toEqual([]);
  });

  test('lies in the months, not in the default partition, and teams have their managers', async () => {
    expect(
      await demo.app.engine.transaction({ as: 'system', readOnly: true }, async (tx) =>
        tx.query('SELECT id FROM activities_default'),
      ),
    ).toEqual([]);
    expect(await countOf(demo, 'teams WHERE manager_id IS NULL')).toBe(0);
  });

  test('is known as a demo', async () => {
    expect(await countOf(demo, "settings WHERE key = 'demo'")).toBe(1);
  });
});

test('the same seed fills another workspace with the same firm', async () => {
  const names = async () => {
    await using demo = await emptyWorkspace();
    for await (const _ of fillWithDemo(demo.app, demo.identity, {
      contacts: 50,
      activities: 200,
      seed: 9,
      endsAt,
      pace: 'bulk',
    })) {
      // Nothing to do between the slices.
    }
    return rowsOf(demo, 'SELECT full_name, email, phone_mobile FROM contacts ORDER BY id');
  };
  expect(await names()).toEqual(await names());
});

test('filling can be stopped between slices', async () => {
  await using demo = await emptyWorkspace();
  const stop = new AbortController();
  const filling = fillWithDemo(demo.app, demo.identity, {
    contacts: 400,
    activities: 4_000,
    seed: 2,
    endsAt,
    pace: 'background',
    signal: stop.signal,
  });
  await expect(
    (async () => {
      for await (const step of filling) if (step.done > 300) stop.abort(new Error('stopped'));
    })(),
  ).rejects.toThrow('stopped');
  const contacts = await countOf(demo, 'contacts');
  expect(contacts).toBeGreaterThan(0);
  expect(contacts).toBeLessThan(400);
});
