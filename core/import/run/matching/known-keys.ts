import { nullable, type RowShape, returning, returningFields, text, uuid } from '#db/row.ts';
import type { ImportObject } from '#shared/contract/import-targets.ts';
import { isGiven } from '../../../data/given.ts';
import { type MatchKey, sourceIdKind } from '../../../objects/import-module.ts';
import { importModuleOf } from '../../../objects/import-modules.ts';
import type { ImportContext } from '../import-context.ts';

/** Beyond this many records their keys are not kept in memory, and each row is looked up in the database. */
const maxRecords = 250_000;
const pageSize = 4_000;

/**
 * The keys of all records that rows could match, read once before a file is imported and kept up with it. Most rows of an
 * import match nothing; knowing that here saves three index searches for each of 100,000 rows. A record that somebody
 * makes while the import runs is not seen: the queue of duplicates finds it.
 */
export class KnownKeys {
  readonly #keys = new Map<string, Set<string>>();

  /** Null when there are too many records. Reads in background slices. */
  static async read(
    context: ImportContext,
    object: ImportObject,
    system: string,
    signal: AbortSignal,
  ): Promise<KnownKeys | null> {
    const known = new KnownKeys();
    const { name: table, matchKeys } = importModuleOf(object);
    const sql = `
      SELECT id, ${matchKeys.map(({ kind, sql }) => `${sql} AS ${kind}`).join(', ')}
      FROM ${table} WHERE workspace_id = $1 AND id > $2::uuid ORDER BY id LIMIT ${pageSize}`;
    const keysRow = returningFields<{ readonly id: string; readonly [kind: string]: string | null }>({
      id: uuid,
      ...Object.fromEntries(matchKeys.map(({ kind }) => [kind, nullable(text)])),
    });
    let after = '00000000-0000-0000-0000-000000000000';
    for (let records = 0; ; records += pageSize) {
      if (records > maxRecords) return null;
      const rows = await pageOf(context, keysRow, sql, after, signal);
      for (const row of rows) {
        for (const { kind } of matchKeys) {
          const key = row[kind];
          if (isGiven(key)) known.add({ kind, key });
        }
      }
      const last = rows.at(-1);
      if (!last || rows.length < pageSize) break;
      after = last.id;
    }
    await known.#readReferences(context, object, system, signal);
    return known;
  }

  has({ kind, key }: MatchKey): boolean {
    return this.#keys.get(kind)?.has(key) ?? false;
  }

  add({ kind, key }: MatchKey): void {
    const keys = this.#keys.get(kind);
    if (keys) keys.add(key);
    else this.#keys.set(kind, new Set([key]));
  }

  async #readReferences(context: ImportContext, object: ImportObject, system: string, signal: AbortSignal) {
    const sql = `
      SELECT source_id AS id FROM import_references
      WHERE workspace_id = $1 AND source_id > $2 AND system = $3 AND object = $4
      ORDER BY source_id LIMIT ${pageSize}`;
    const reference = returning({ id: 'import_references.source_id' });
    for (let after = ''; ; ) {
      const rows = await pageOf(context, reference, sql, after, signal, [system, object]);
      for (const { id } of rows) this.add({ kind: sourceIdKind, key: id });
      const last = rows.at(-1);
      if (!last || rows.length < pageSize) return;
      after = last.id;
    }
  }
}

function pageOf<Value extends object>(
  context: ImportContext,
  row: RowShape<Value>,
  sql: string,
  after: string,
  signal: AbortSignal,
  params: readonly string[] = [],
): Promise<Value[]> {
  return context.app.engine.transaction(
    { as: context.identity, priority: 'background', readOnly: true, signal, label: 'import: known keys' },
    (tx) => tx.rows(row, sql, [context.identity.workspaceId, after, ...params]),
  );
}
