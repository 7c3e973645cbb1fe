import { is } from 'drizzle-orm';
import { getTableConfig, isPgEnum, PgTable } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as schema from '#db/schema/schema.ts';
import { type Column, readColumns, readConstraints, readEnums } from './catalog.ts';
import { openMigratedPglite } from './database.ts';

let db: Awaited<ReturnType<typeof openMigratedPglite>>;
const exported: unknown[] = Object.values(schema);
const tables = exported.filter((value) => is(value, PgTable)).map((table) => getTableConfig(table));

beforeAll(async () => {
  db = await openMigratedPglite();
});
afterAll(() => db.close());

/** Drizzle's names of types, as PostgreSQL writes them. */
function catalogType(type: string): string {
  return type.replace(/^(numeric\(\d+), /u, '$1,');
}

test('has every column of the migrated database and no other, with its type and nullability', async () => {
  const described: Column[] = tables.flatMap((table) =>
    table.columns.map((column) => ({
      table: table.name,
      column: column.name,
      type: catalogType(column.getSQLType()),
      notNull: column.notNull,
      generated: column.generated !== undefined,
      hasDefault: column.hasDefault && column.generated === undefined,
    })),
  );
  const shape = (columns: readonly Column[]) =>
    columns
      .map(({ table, column, type, notNull, generated }) =>
        [table, column, type, notNull ? 'not null' : 'null', generated ? 'generated' : ''].join(' '),
      )
      .sort();
  expect(shape(described)).toEqual(shape(await readColumns(db)));
});

test('knows which columns may be left out of an insertion', async () => {
  // Defaults that name the caller or the stamp of the transaction are on nullable columns, which may be left out anyway.
  const described = tables
    .flatMap((table) =>
      table.columns
        .filter(
          (column) => column.notNull && column.hasDefault && !column.generated && !column.generatedIdentity,
        )
        .map((column) => `${table.name}.${column.name}`),
    )
    .sort();
  const columns = await readColumns(db);
  const real = columns
    .filter((each) => each.notNull && each.hasDefault)
    .map((each) => `${each.table}.${each.column}`);
  expect(described).toEqual(real.sort());
});

test('has the same primary, unique and foreign keys', async () => {
  const described = tables.flatMap((table) => [
    ...table.primaryKeys.map((key) => `${table.name} p ${key.columns.map(({ name }) => name).join(',')}`),
    ...table.columns.filter(({ primary }) => primary).map(({ name }) => `${table.name} p ${name}`),
    ...table.uniqueConstraints.map(
      (key) => `${table.name} u ${key.columns.map(({ name }) => name).join(',')}`,
    ),
    ...table.foreignKeys.map((key) => {
      const { columns, foreignTable, foreignColumns } = key.reference();
      const names = (list: readonly { name: string }[]) => list.map(({ name }) => name).join(',');
      return `${table.name} f ${names(columns)} -> ${getTableConfig(foreignTable).name} ${names(foreignColumns)}`;
    }),
  ]);
  const { rows } = await db.query<{ line: string }>(`
    SELECT conrelid::regclass || ' ' || contype::text || ' '
      || (SELECT string_agg(attname, ',' ORDER BY o) FROM unnest(conkey) WITH ORDINALITY AS k (n, o)
          JOIN pg_attribute ON attrelid = conrelid AND attnum = n)
      || CASE WHEN contype = 'f' THEN ' -> ' || confrelid::regclass || ' '
        || (SELECT string_agg(attname, ',' ORDER BY o) FROM unnest(confkey) WITH ORDINALITY AS k (n, o)
            JOIN pg_attribute ON attrelid = confrelid AND attnum = n) ELSE '' END AS line
    FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
    WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'u', 'f') AND conparentid = 0 AND NOT relispartition`);
  expect(described.sort()).toEqual(rows.map(({ line }) => line).sort());
  expect((await readConstraints(db)).length).toBeGreaterThan(described.length);
});

test('has the same enumerations, in the same order', async () => {
  const described = exported
    .filter((value) => isPgEnum(value))
    .map((value) => [value.enumName, [...value.enumValues]] as const);
  expect(Object.fromEntries(described)).toEqual(await readEnums(db));
});
