/** The tables of the application with their sizes on disk, the smallest first; `name` is regclass text, quoted where needed. */
export const countedTables = `
  SELECT oid::regclass::text AS name, pg_relation_size(oid)::float8 AS bytes
  FROM pg_class
  WHERE relkind = 'r' AND relnamespace IN ('public'::regnamespace, 'satchel'::regnamespace)
  ORDER BY 2, oid`;

export interface CountedTable {
  readonly name: string;
  readonly bytes: number;
}
