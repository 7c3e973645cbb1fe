/** What a migrated database consists of, in a form that compares across versions of PostgreSQL. */

export interface Queryable {
  query<Row extends object>(sql: string, params?: unknown[]): Promise<{ rows: Row[] }>;
}

export interface Column {
  readonly table: string;
  readonly column: string;
  readonly type: string;
  readonly notNull: boolean;
  readonly generated: boolean;
  readonly hasDefault: boolean;
}

export interface Constraint {
  readonly table: string;
  readonly name: string;
  readonly kind: 'p' | 'u' | 'f' | 'c';
  readonly definition: string;
}

const ourTables = `relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition`;

export async function readColumns(db: Queryable): Promise<Column[]> {
  const { rows } = await db.query<Column>(`
    SELECT relname AS "table", attname AS "column", format_type(atttypid, atttypmod) AS type, attnotnull AS "notNull",
      attgenerated <> '' AS generated, atthasdef AND attgenerated = '' AS "hasDefault"
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE ${ourTables} AND attnum > 0 AND NOT attisdropped
    ORDER BY relname, attname`);
  return rows;
}

/** Without the NOT NULL constraints, which only PostgreSQL 18 lists; the columns tell them. */
export async function readConstraints(db: Queryable): Promise<Constraint[]> {
  const { rows } = await db.query<Constraint>(`
    SELECT relname AS "table", conname AS name, contype AS kind, pg_get_constraintdef(pg_constraint.oid) AS definition
    FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
    WHERE ${ourTables} AND contype IN ('p', 'u', 'f', 'c') AND conparentid = 0
    ORDER BY relname, conname`);
  return rows;
}

export async function readIndexes(
  db: Queryable,
): Promise<{ table: string; name: string; definition: string }[]> {
  const { rows } = await db.query<{ table: string; name: string; definition: string }>(`
    SELECT relname AS "table", indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition
    FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
    WHERE ${ourTables}
    ORDER BY relname, name`);
  return rows;
}

export async function readEnums(db: Queryable): Promise<Record<string, string[]>> {
  const { rows } = await db.query<{ name: string; labels: string[] }>(`
    SELECT typname AS name, array_agg(enumlabel::text ORDER BY enumsortorder) AS labels
    FROM pg_type JOIN pg_enum ON enumtypid = pg_type.oid
    WHERE typnamespace = 'public'::regnamespace
    GROUP BY typname ORDER BY typname`);
  return Object.fromEntries(rows.map(({ name, labels }) => [name, labels]));
}

export async function readPolicies(db: Queryable): Promise<Record<string, unknown>[]> {
  const { rows } = await db.query<Record<string, unknown>>(`
    SELECT relname AS "table", polname AS name, polcmd AS command, polpermissive AS permissive,
      array_to_string(ARRAY(SELECT rolname FROM pg_roles WHERE oid = ANY (polroles)), ',') AS roles,
      polqual IS NOT NULL AS using, polwithcheck IS NOT NULL AS "withCheck",
      relrowsecurity AS enabled, relforcerowsecurity AS forced
    FROM pg_policy JOIN pg_class ON pg_class.oid = polrelid
    WHERE ${ourTables}
    ORDER BY relname, polname`);
  return rows;
}

export async function readTriggers(db: Queryable): Promise<Record<string, unknown>[]> {
  const { rows } = await db.query<Record<string, unknown>>(`
    SELECT relname AS "table", tgname AS name, pg_get_triggerdef(pg_trigger.oid) AS definition
    FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
    WHERE ${ourTables} AND NOT tgisinternal
    ORDER BY relname, tgname`);
  return rows;
}

/** The functions of Satchel with what matters for their safety. */
export async function readFunctions(db: Queryable): Promise<
  {
    name: string;
    definer: boolean;
    searchPath: boolean;
    volatility: string;
    owner: string;
    public: boolean;
    body: string;
  }[]
> {
  const { rows } = await db.query<{
    name: string;
    definer: boolean;
    searchPath: boolean;
    volatility: string;
    owner: string;
    public: boolean;
    body: string;
  }>(`
    SELECT proname || '(' || pg_get_function_identity_arguments(oid) || ')' AS name, prosecdef AS definer,
      coalesce(array_to_string(proconfig, ',') ~ 'search_path=pg_catalog(, public)?, pg_temp(,|$)', false) AS "searchPath",
      provolatile AS volatility, proowner::regrole::text AS owner,
      has_function_privilege('public', oid, 'EXECUTE') AS public, prosrc AS body
    FROM pg_proc WHERE pronamespace = 'satchel'::regnamespace
    ORDER BY 1`);
  return rows;
}

/** Everything above at once, as one comparable value. */
export async function readCatalog(db: Queryable): Promise<Record<string, unknown>> {
  return {
    columns: await readColumns(db),
    constraints: await readConstraints(db),
    indexes: await readIndexes(db),
    enums: await readEnums(db),
    policies: await readPolicies(db),
    triggers: await readTriggers(db),
    functions: await readFunctions(db),
  };
}
