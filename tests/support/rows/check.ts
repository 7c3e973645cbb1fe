/**
 * Set-up of the suites whose tests open an engine in their own process: each statement that any test runs is compared with
 * the row that was declared for it. A difference fails the statement, and the test, should the code pass over the error.
 */
import type { PGlite } from '@electric-sql/pglite';
import { afterAll } from 'vitest';
import { type RowCheck, rowChecks } from '#db/engine/row-check.ts';
import { type Catalog, differences, type TableColumn } from './compare.ts';

const catalogs = new WeakMap<PGlite, Promise<Catalog>>();
/** What no statement may end with, even where the code passes over its error. */
export const found = new Set<string>();

rowChecks.subscribe((message) => {
  // The channel is ours: the engine alone publishes on it.
  const check = message as RowCheck;
  check.checks.push(compare(check));
});

afterAll(() => {
  if (found.size > 0) throw new Error([...found].join('\n\n'));
});

async function compare(check: RowCheck): Promise<void> {
  const catalog = await catalogOf(check);
  const wrong = differences(catalog, check);
  if (wrong.length === 0) return;
  const text = `Not the declared row: ${wrong.join('; ')}\n${check.sql}`;
  found.add(text);
  throw new Error(text);
}

/** Read once for an engine, and again where a statement names what was made since. */
async function catalogOf({ pg, columns }: RowCheck): Promise<Catalog> {
  const known = await catalogs.get(pg);
  if (known && columns?.every(({ type }) => known.types.has(type))) return known;
  const read = readCatalog(pg);
  catalogs.set(pg, read);
  return read;
}

async function readCatalog(pg: PGlite): Promise<Catalog> {
  const { rows: types } = await pg.query<{ oid: number; name: string }>(
    'SELECT oid, format_type(oid, NULL) AS name FROM pg_type',
  );
  const { rows: columns } = await pg.query<TableColumn & { key: string }>(`
    SELECT attrelid || '.' || attnum AS key, relname || '.' || attname AS name, format_type(atttypid, NULL) AS type,
      attnotnull AS "isNotNull"
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND attnum > 0 AND NOT attisdropped`);
  return {
    types: new Map(types.map(({ oid, name }) => [oid, name])),
    columns: new Map(columns.map((column) => [column.key, column])),
    columnsByName: new Map(columns.map((column) => [column.name, column])),
  };
}
