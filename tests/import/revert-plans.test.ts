import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SqlValue } from '#db/engine/types.ts';
import { csv, ImportClient } from './import-client.ts';

let client: ImportClient;
let ids: string[];
let batchId: string;

// No maintenance runs here: the statistics are those that the import itself has left.
beforeAll(async () => {
  client = await ImportClient.open();
  const rows = Array.from({ length: 600 }, (_, row) => `Ann,Number ${row},ann.${row}@example.com`);
  const report = await client.import([csv('contacts.csv', 'First Name,Last Name,Email', ...rows)]);
  batchId = report.batchId ?? '';
  ids = (await client.rows<{ id: string }>('SELECT id::text AS id FROM contacts ORDER BY id LIMIT 200')).map(
    ({ id }) => id,
  );
});
afterAll(() => client[Symbol.asyncDispose]());

/** The plan of a query that the database writes. */
function plan(query: string, ...params: SqlValue[]): Promise<string> {
  return client.app.engine.transaction({ as: client.identity }, async (tx) => {
    const [written] = await tx.query<{ sql: string }>(`SELECT ${query} AS sql`);
    const lines = await tx.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${written?.sql ?? ''}`, [
      client.identity.workspaceId,
      ids,
      ...params,
    ]);
    return lines.map((line) => line['QUERY PLAN']).join('\n');
  });
}

test('an import tells the planner how large its tables have become', async () => {
  const [size] = await client.rows(
    `SELECT (SELECT reltuples FROM pg_class WHERE oid = 'contacts'::regclass)::integer AS contacts,
       (SELECT reltuples FROM pg_class WHERE oid = 'field_history'::regclass)::integer >= 600 AS "hasHistory"`,
  );
  expect(size).toEqual({ contacts: 600, hasHistory: true });
});

test('a slice of a revert looks its records and their history up by key', async () => {
  const lines = await plan("satchel.created_query('contacts', true, true)", batchId, null);
  expect(lines).toContain('Index Scan using contacts_pkey on contacts r');
  expect(lines).toMatch(/Index Scan (Backward )?using idx_field_history_record on field_history h/);
  expect(lines).not.toMatch(/(Seq|Bitmap Heap) Scan on (contacts|field_history)/);
});

test('a slice of a revert removes its records by their places in the table', async () => {
  const lines = await plan("satchel.removal_statement('contacts', true)");
  expect(lines).toContain('Tid Scan on contacts');
  expect(lines).toContain('Index Scan using contacts_pkey');
  expect(lines).not.toMatch(/(Seq|Bitmap Heap) Scan on contacts/);
});
