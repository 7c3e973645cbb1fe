import type { Migration } from '#db/migrate/migrations.ts';
import type { OpenEngine } from '#db/start/open.ts';

/** A schema that can be checked as a whole: every entry is counted in one total, and an index repeats the heap. */
const ledgerSql = `
  CREATE SCHEMA IF NOT EXISTS satchel;
  CREATE TABLE entry (id int PRIMARY KEY, amount int NOT NULL, filler text NOT NULL);
  CREATE INDEX entry_amount ON entry (amount);
  CREATE TABLE total (amount bigint NOT NULL, entries bigint NOT NULL);
  INSERT INTO total VALUES (0, 0);
`;

export const ledgerMigrations: readonly Migration[] = [
  { number: 1, name: '0001_ledger.sql', sql: ledgerSql, checksum: 'ledger' },
];

/** The columns of an entry of number `id`, in SQL. */
export const ledgerRow = "id, (id * 7919) % 1000, repeat('entry ', 40)";

/** One business action over two tables: either both have it or none. */
export function addEntry(engine: OpenEngine, id: number): Promise<void> {
  return engine.transaction({ as: 'system', label: 'entry' }, async (tx) => {
    await tx.execute(`INSERT INTO entry SELECT ${ledgerRow} FROM (SELECT $1::int AS id) e`, [id]);
    await tx.execute('UPDATE total SET amount = amount + ($1::int * 7919) % 1000, entries = entries + 1', [
      id,
    ]);
  });
}

export interface LedgerState {
  readonly ids: readonly number[];
  /** What does not fit together; empty when the ledger is sound. */
  readonly faults: readonly string[];
}

/** Reads the whole ledger: totals against entries, the index against the heap, and the structure of each index. */
export function readLedger(engine: OpenEngine): Promise<LedgerState> {
  return engine.transaction({ as: 'system', label: 'check' }, async (tx) => {
    const faults: string[] = [];
    const rows = await tx.query<{ id: number }>('SELECT id FROM entry ORDER BY id');
    const [sums] = await tx.query<{ counted: bigint; summed: bigint; entries: bigint; amount: bigint }>(`
      SELECT count(*) AS counted, coalesce(sum(e.amount), 0)::bigint AS summed, t.entries, t.amount
      FROM total t LEFT JOIN entry e ON true GROUP BY t.entries, t.amount`);
    if (sums?.amount !== sums?.summed) faults.push(`total ${sums?.amount} is not the sum ${sums?.summed}`);
    if (sums?.entries !== BigInt(rows.length)) faults.push(`${sums?.entries} noted, ${rows.length} found`);
    await tx.script('SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off');
    const [indexed] = await tx.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM (SELECT amount FROM entry WHERE amount >= 0 ORDER BY amount) e',
    );
    if (indexed?.count !== rows.length) faults.push(`the index has ${indexed?.count} of ${rows.length} rows`);
    try {
      await tx.script(`
        CREATE EXTENSION amcheck;
        SELECT bt_index_check(c.oid, true) FROM pg_class c
        WHERE c.relkind = 'i' AND c.relnamespace = 'public'::regnamespace;
        DROP EXTENSION amcheck`);
    } catch (error) {
      faults.push(String(error));
    }
    return { ids: rows.map((row) => row.id), faults };
  });
}
