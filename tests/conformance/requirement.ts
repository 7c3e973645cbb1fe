/**
 * What the two source documents ask of the database, item by item with the line it stands on, and what shows that it is
 * there: SQL, or the tests that exercise it. Where Satchel does it differently on purpose, `differs` says how and why, and
 * what shows it shows that.
 *
 * - `blueprint`: "Architecting a High-Performance CRM Database in PostgreSQL"
 * - `ai-native`: "Architecting a Unified B2B/B2C AI-Native CRM on PostgreSQL and pgvector"
 */
export type Source = 'blueprint' | 'ai-native';

interface Requirement {
  readonly source: Source;
  readonly line: number;
  readonly item: string;
}

export interface Item extends Requirement {
  /** An SQL expression that is true when the item is there. */
  readonly check: string;
  readonly differs?: string;
}

/** What only running it can show. */
export interface Behaviour extends Requirement {
  /** Files with tests, each with the title of one of them or the beginning of it. */
  readonly shownBy: readonly (readonly [file: string, title: string])[];
}

export const table = (name: string): string => `to_regclass('public.${name}') IS NOT NULL`;
export const columns = (name: string, ...wanted: string[]): string =>
  `(SELECT count(*) = ${wanted.length} FROM pg_attribute WHERE attrelid = 'public.${name}'::regclass AND NOT attisdropped
     AND attname IN (${wanted.map((each) => `'${each}'`).join(', ')}))`;
export const type = (name: string, column: string, wanted: string): string =>
  `(SELECT format_type(atttypid, atttypmod) = '${wanted}' FROM pg_attribute WHERE attrelid = 'public.${name}'::regclass AND attname = '${column}')`;
export const labels = (name: string, ...wanted: string[]): string =>
  `(SELECT array_agg(enumlabel::text ORDER BY enumsortorder) = ARRAY[${wanted.map((each) => `'${each}'`).join(', ')}]
    FROM pg_enum WHERE enumtypid = 'public.${name}'::regtype)`;
/** An index of this name whose definition holds the text. */
export const index = (name: string, text: string): string =>
  `(SELECT pg_get_indexdef(oid) LIKE '%${text.replaceAll("'", "''")}%' FROM pg_class WHERE relname = '${name}' AND relkind IN ('i', 'I'))`;
/** Some index of the table begins with these columns, so that it serves a foreign key or a filter on them. */
export const indexed = (name: string, ...leading: string[]): string =>
  `EXISTS (SELECT FROM pg_index WHERE indrelid = 'public.${name}'::regclass AND (
     SELECT array_agg(attname::text ORDER BY o) FROM unnest(indkey) WITH ORDINALITY AS k (n, o)
     JOIN pg_attribute ON attrelid = indrelid AND attnum = n WHERE o <= ${leading.length}
   ) = ARRAY[${leading.map((each) => `'${each}'`).join(', ')}])`;
export const references = (
  name: string,
  column: string,
  target: string,
  onDelete: 'cascade' | 'set null',
): string =>
  `EXISTS (SELECT FROM satchel.references_to('${target}') WHERE child = '${name}' AND child_column = '${column}'
     AND on_delete = '${onDelete}')`;
export const touched = (name: string): string =>
  `EXISTS (SELECT FROM pg_trigger WHERE tgrelid = 'public.${name}'::regclass AND tgname = 'touch')`;
export const primaryKey = (name: string, ...wanted: string[]): string =>
  `(SELECT pg_get_constraintdef(oid) = 'PRIMARY KEY (${wanted.join(', ')})' FROM pg_constraint
    WHERE conrelid = 'public.${name}'::regclass AND contype = 'p')`;
export const hnsw = (name: string, column: string): string =>
  index(
    `idx_${name}_${column}_hnsw`,
    `USING hnsw (${column} vector_ip_ops) WITH (m='32', ef_construction='128')`,
  );
export const all = (...checks: string[]): string => checks.map((check) => `(${check})`).join(' AND ');

/** An index begins with the workspace and the id that the key points with; an activity's id needs no time beside it. */
export const foreignKeysIndexed = `NOT EXISTS (
  SELECT FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace AND conparentid = 0
    AND NOT (SELECT relispartition FROM pg_class WHERE oid = conrelid)
    AND NOT EXISTS (SELECT FROM pg_index WHERE indrelid = conrelid
      AND (indkey::int2[])[0:least(cardinality(conkey), 2) - 1] <@ conkey))`;

export const inKey = 'The key begins with the workspace, so that no reference crosses tenants.';
export const softUnique =
  'Uniqueness is soft: two laptops may make the same person offline, and a constraint would tell of hidden rows. Look-ups have an index, matches go to the duplicate queue.';

export const blueprint = (line: number, item: string, check: string, differs?: string): Item => ({
  source: 'blueprint',
  line,
  item,
  check,
  ...(differs === undefined ? {} : { differs }),
});
export const aiNative = (line: number, item: string, check: string, differs?: string): Item => ({
  ...blueprint(line, item, check, differs),
  source: 'ai-native',
});
