import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readFunctions } from './catalog.ts';
import { openMigratedPglite } from './database.ts';
import { defineEveryTableSuite } from './every-table-suite.ts';
import { definePolicySuite, type PolicyDatabase, seedPolicyWorkspaces } from './policy-suite.ts';

let db: PGlite;
let database: PolicyDatabase;

beforeAll(async () => {
  db = await openMigratedPglite();
  database = {
    async asUser(user, work) {
      let result: { value: Awaited<ReturnType<typeof work>> } | undefined;
      await db.transaction(async (tx) => {
        await tx.query(
          "SELECT set_config('satchel.workspace_id', $1, true), set_config('satchel.user_id', $2, true)",
          [user.workspace, user.user],
        );
        await tx.exec('SET LOCAL ROLE satchel_app');
        result = { value: await work(tx) };
        await tx.rollback();
      });
      if (!result) throw new Error('the work never ran');
      return result.value;
    },
    asOwner: (work) => db.transaction((tx) => work(tx)),
    asSuperuser: (work) => db.transaction((tx) => work(tx)),
  };
  await seedPolicyWorkspaces(database);
});
afterAll(() => db.close());

definePolicySuite(() => database);
defineEveryTableSuite(() => database);

describe('the catalog', () => {
  test('every table has row-level security enabled and forced', async () => {
    const { rows } = await db.query(
      `SELECT relname FROM pg_class
       WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT (relrowsecurity AND relforcerowsecurity)`,
    );
    expect(rows).toEqual([]);
  });

  test('every table has a policy for each command, with USING and WITH CHECK where the command knows them', async () => {
    const { rows } = await db.query<{ table: string; commands: string }>(
      `SELECT relname AS "table",
         (SELECT string_agg(polcmd::text || CASE WHEN polqual IS NULL THEN '' ELSE 'u' END || CASE WHEN polwithcheck IS NULL THEN '' ELSE 'c' END,
            ' ' ORDER BY polcmd) FROM pg_policy WHERE polrelid = pg_class.oid AND polpermissive) AS commands
       FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition`,
    );
    expect(rows.length).toBeGreaterThan(45);
    expect(rows.filter((row) => row.commands !== '*uc ac du ru wuc')).toEqual([]);
  });

  test('partitions have no rights of their own', async () => {
    const { rows } = await db.query(
      `SELECT relname FROM pg_class WHERE relispartition AND relkind = 'r'
         AND has_table_privilege('satchel_app', oid, 'SELECT, INSERT, UPDATE, DELETE')`,
    );
    expect(rows).toEqual([]);
  });

  test("definer's rights come with a fixed search path, and nothing is open to everybody", async () => {
    const functions = await readFunctions(db);
    expect(functions.filter((each) => each.definer && !each.searchPath)).toEqual([]);
    // Where it is not named, a caller's temporary tables are looked at first, and may take the place of ours.
    const { rows: temporaryFirst } = await db.query(
      `SELECT proname FROM pg_proc
       WHERE pronamespace = 'satchel'::regnamespace AND array_to_string(proconfig, ' ') ~ 'search_path='
         AND array_to_string(proconfig, ' ') !~ 'search_path=[^=]*, pg_temp( |$)'`,
    );
    expect(temporaryFirst).toEqual([]);
    expect(functions.filter((each) => each.public)).toEqual([]);
  });

  test('only keys are unique where people see different records, so that no error tells of a hidden one', async () => {
    const { rows } = await db.query(
      `SELECT indexrelid::regclass::text AS name FROM pg_index
       WHERE indisunique AND NOT indisprimary AND indrelid::regclass::text IN
         ('accounts', 'contacts', 'leads', 'opportunities', 'cases', 'quotes', 'quote_line_items', 'activities', 'notes', 'tasks', 'documents')`,
    );
    expect(rows).toEqual([]);
  });

  test('views run with the rights of their caller', async () => {
    const { rows } = await db.query(
      `SELECT relname FROM pg_class WHERE relkind = 'v' AND relnamespace IN ('public'::regnamespace, 'satchel'::regnamespace)
         AND NOT coalesce(array_to_string(reloptions, ',') LIKE '%security_invoker=true%', false)`,
    );
    expect(rows).toEqual([]);
  });
});
