import type { SqlValue, Tx } from '#db/engine/types.ts';

/**
 * Drizzle's query builder over the schema, for the plain statements of what a person does now and then. Its many
 * modules would slow every start, so it is loaded when it is first asked for: before the transaction opens, since the
 * engine would wait for it.
 */
export async function plainStatements() {
  const [{ and, eq, sql }, { drizzle }, schema] = await Promise.all([
    import('drizzle-orm'),
    import('drizzle-orm/pg-proxy'),
    import('#db/schema/schema.ts'),
  ]);
  // It only builds: the engine runs what it has built.
  const build = drizzle(() => Promise.reject(new Error('Run a built statement with executeBuilt.')));
  return { build, schema, and, eq, now: sql`now()` };
}

export type PlainStatements = Awaited<ReturnType<typeof plainStatements>>;

/** @returns the number of rows changed */
export function executeBuilt(
  tx: Tx,
  query: { toSQL(): { readonly sql: string; readonly params: readonly unknown[] } },
): Promise<number> {
  const { sql, params } = query.toSQL();
  // The columns of the schema have turned each value into what the engine takes.
  return tx.execute(sql, params as SqlValue[]);
}
