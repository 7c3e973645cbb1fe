/** Whether a statement returns what was declared: PostgreSQL's description of it, and the rows themselves. */
import type { ReturnedRows } from '#db/engine/row-check.ts';
import type { Kind } from '#db/row.ts';

export interface TableColumn {
  /** `table.column`. */
  readonly name: string;
  readonly type: string;
  readonly isNotNull: boolean;
}

export interface Catalog {
  /** Names of types, without what bounds them, by PostgreSQL's number. */
  readonly types: ReadonlyMap<number, string>;
  /** By the numbers of table and column, as `1234.5`. */
  readonly columns: ReadonlyMap<string, TableColumn>;
  readonly columnsByName: ReadonlyMap<string, TableColumn>;
}

interface Described {
  readonly type: string | undefined;
  /** Undefined for an expression. */
  readonly from: TableColumn | undefined;
}

/** What is wrong, a sentence each. */
export function differences(catalog: Catalog, { row, columns, rows }: ReturnedRows): string[] {
  const returned = new Map(
    (columns ?? []).map(({ name, type, table, attribute }): [string, Described] => [
      name,
      { type: catalog.types.get(type), from: catalog.columns.get(`${table}.${attribute}`) },
    ]),
  );
  const declared = Object.entries(row.columns);
  const names = new Set(declared.map(([name]) => name));
  return [
    ...[...returned.keys()]
      .filter((name) => !names.has(name))
      .map((name) => `${name} is returned and not declared`),
    ...declared.flatMap(([name, of]) => {
      const kind = typeof of === 'string' ? kindOf(catalog, of) : of;
      const described = returned.get(name);
      if (!described) return [`${name} is declared and not returned`];
      return differencesOf(catalog, kind, described, hasNull(rows, name)).map((what) => `${name} ${what}`);
    }),
  ];
}

function kindOf(catalog: Catalog, column: string): Kind {
  return { type: column, isNullable: catalog.columnsByName.get(column)?.isNotNull === false };
}

function differencesOf(
  catalog: Catalog,
  { type: declared, isNullable, isChosen = false }: Kind,
  { type, from }: Described,
  isNull: boolean,
): string[] {
  const column = catalog.columnsByName.get(declared);
  if (declared.includes('.') && !column) return [`is declared as ${declared}, which is no column`];
  const wanted = column?.type ?? declared;
  const source = from ?? column;
  return [
    ...(type === wanted ? [] : [`is ${type ?? 'of an unknown type'} and declared as ${wanted}`]),
    ...(column && from && from.name !== column.name
      ? [`comes from ${from.name} and is declared as ${column.name}`]
      : []),
    ...(!isNullable && !isChosen && source && !source.isNotNull
      ? [`may be null in ${source.name} and is declared as filled`]
      : []),
    ...(isNull && !isNullable ? ['is null in a row and declared as filled'] : []),
  ];
}

function hasNull(rows: readonly object[], name: string): boolean {
  return rows.some((row) => new Map<string, unknown>(Object.entries(row)).get(name) === null);
}
