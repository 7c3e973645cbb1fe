import { z } from 'zod';
import type { Session } from '../../engine/session.ts';
import type { EarlierCluster } from './earlier-cluster.ts';

/** Either database of an upgrade, as far as both answer the same questions. Settings that shape text are the same. */
export interface Side {
  query<Row extends object>(sql: string, schema: z.ZodType<Row>): Promise<Row[]>;
}

const label = 'upgrade';

export function newSide(session: Session): Side {
  return {
    query: async (sql, schema) => z.array(schema).parse((await session.query(sql, [], { label })).rows),
  };
}

/** Makes values read as the same text on both sides. `set_config`, because one statement must do. */
export const settingsSql = `
  SELECT set_config('DateStyle', 'ISO, YMD', false) || set_config('TimeZone', 'UTC', false) ||
    set_config('IntervalStyle', 'postgres', false) || set_config('extra_float_digits', '1', false) ||
    set_config('bytea_output', 'hex', false) AS settings`;

const tableSchema = z.object({
  /** Quoted, with its schema. */
  name: z.string(),
  /** For a partition the table that it belongs to, else itself. */
  root: z.string(),
  /** The first day of a partition by month. */
  month: z.string().nullable(),
  /** Quoted, without those that the database computes. */
  columns: z.array(z.string()),
  pages: z.number(),
  /** With its long values, without indexes. */
  bytes: z.number(),
});
export type Table = z.infer<typeof tableSchema>;

const ownSchemas =
  "n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')";

/** Every table that holds rows itself, by name. */
export function listTables(side: Side): Promise<Table[]> {
  return side.query(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name,
       coalesce((SELECT format('%I.%I', pn.nspname, p.relname)
                 FROM pg_inherits JOIN pg_class p ON p.oid = inhparent JOIN pg_namespace pn ON pn.oid = p.relnamespace
                 WHERE inhrelid = c.oid), format('%I.%I', n.nspname, c.relname)) AS root,
       substring(pg_get_expr(c.relpartbound, c.oid) FROM 'FROM \\(''(\\d+-\\d+-\\d+)') AS month,
       (SELECT coalesce(json_agg(quote_ident(attname) ORDER BY attnum), '[]') FROM pg_attribute
        WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = '') AS columns,
       (pg_relation_size(c.oid) / current_setting('block_size')::int)::float8 AS pages,
       pg_table_size(c.oid)::float8 AS bytes
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind = 'r' AND c.relpersistence = 'p' AND ${ownSchemas}
     ORDER BY 1`,
    tableSchema,
  );
}

const pieceBytes = 4 * 1024 * 1024;

/** Conditions that take a table apart into pieces of about four megabytes, by where its rows lie. */
export function pieces({ pages, bytes }: Table): string[] {
  const step = Math.max(1, Math.floor(pieceBytes / (bytes / pages)));
  return Array.from({ length: Math.ceil(pages / step) }, (_, index) => {
    const from = index * step;
    return `ctid >= '(${from},0)'::tid AND ctid < '(${from + step},0)'::tid`;
  });
}

/** Rows as COPY's text, which is the same for every version of PostgreSQL. */
export function copyPiece(from: EarlierCluster, table: Table, piece: string) {
  const columns = table.columns.join(', ');
  return from.copyOut(`COPY (SELECT ${columns} FROM ONLY ${table.name} WHERE ${piece}) TO '/dev/blob'`);
}

/** Equal for two tables with the same rows, in whatever order they lie. */
export interface Fingerprint {
  readonly rows: number;
  readonly sum: bigint;
}

const fingerprintSchema = z.object({ rows: z.number(), high: z.string(), low: z.string() });

/** The number of rows, and the sum of a 120-bit hash of each. */
export async function fingerprint(side: Side, table: Table): Promise<Fingerprint> {
  let rows = 0;
  let sum = 0n;
  for (const piece of pieces(table)) {
    const [found] = await side.query(
      `SELECT count(*)::float8 AS rows, coalesce(sum(('x' || left(hash, 15))::bit(60)::bigint), 0)::text AS high,
         coalesce(sum(('x' || right(hash, 15))::bit(60)::bigint), 0)::text AS low
       FROM (SELECT md5(ROW(${table.columns.join(', ')})::text) AS hash FROM ONLY ${table.name} WHERE ${piece}) h`,
      fingerprintSchema,
    );
    rows += found?.rows ?? 0;
    sum += (BigInt(found?.high ?? 0) << 64n) + BigInt(found?.low ?? 0);
  }
  return { rows, sum };
}

const sequenceSchema = z.object({ name: z.string(), last: z.string().nullable() });

/** The last value that each sequence gave; null before the first. */
export function listSequences(side: Side) {
  return side.query(
    `SELECT format('%I.%I', schemaname, sequencename) AS name, last_value::text AS last FROM pg_sequences ORDER BY 1`,
    sequenceSchema,
  );
}

const nameSchema = z.object({ name: z.string() });

/** Materialized views that have been filled, in the order in which they can be. */
export async function listFilledViews(side: Side): Promise<string[]> {
  const rows = await side.query(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind = 'm' AND c.relispopulated ORDER BY c.oid`,
    nameSchema,
  );
  return rows.map(({ name }) => name);
}

const indexCountSchema = z.object({ name: z.string(), indexes: z.number(), unusable: z.number() });

/** The indexes of each table; one that is not valid or not ready is unusable. */
export function countIndexes(side: Side) {
  return side.query(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name, count(*)::int AS indexes,
       count(*) FILTER (WHERE NOT (i.indisvalid AND i.indisready AND i.indislive))::int AS unusable
     FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE ${ownSchemas} GROUP BY 1 ORDER BY 1`,
    indexCountSchema,
  );
}

const constraintSchema = z.object({ name: z.string(), sql: z.string() });

/** For each foreign key a query that finds rows whose counterpart is missing. */
export function foreignKeyChecks(side: Side) {
  return side.query(
    `SELECT conname AS name, format(
       'SELECT 1 AS found FROM %s c WHERE %s AND NOT EXISTS (SELECT FROM %s p WHERE %s) LIMIT 1',
       conrelid::regclass, string_agg(format('c.%I IS NOT NULL', a.attname), ' AND '),
       confrelid::regclass, string_agg(format('p.%I = c.%I', b.attname, a.attname), ' AND ')) AS sql
     FROM pg_constraint
     CROSS JOIN LATERAL unnest(conkey, confkey) AS k(own, other)
     JOIN pg_attribute a ON a.attrelid = conrelid AND a.attnum = k.own
     JOIN pg_attribute b ON b.attrelid = confrelid AND b.attnum = k.other
     WHERE contype = 'f' AND conparentid = 0
     GROUP BY pg_constraint.oid, conname, conrelid, confrelid ORDER BY conname`,
    constraintSchema,
  );
}

/** Constraints that are not known to hold. */
export async function invalidConstraints(side: Side): Promise<string[]> {
  const rows = await side.query(
    "SELECT conname AS name FROM pg_constraint WHERE NOT convalidated AND contype IN ('c', 'f', 'n')",
    nameSchema,
  );
  return rows.map(({ name }) => name);
}

const indexSchema = z.object({ name: z.string(), definition: z.string() });

/** The indexes of a table that no constraint needs: cheaper to make at once than row by row. */
export function removableIndexes(side: Side, table: string) {
  return side.query(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name,
       replace(pg_get_indexdef(indexrelid), ' ON ONLY ', ' ON ') AS definition
     FROM pg_index JOIN pg_class c ON c.oid = indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE indrelid = '${table.replaceAll("'", "''")}'::regclass
       AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)`,
    indexSchema,
  );
}
