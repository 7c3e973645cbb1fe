import type { Identity, Tx } from '#db/engine/types.ts';
import { nullable, returning, text, uuid } from '#db/row.ts';
import type { ImportObject } from '#shared/contract/import-targets.ts';
import type { Application } from '../../../context.ts';
import { letters } from '../../../data/names.ts';
import type { ImportModule } from '../../../objects/import-module.ts';
import { importModuleOf } from '../../../objects/import-modules.ts';

const pageSize = 4_000;

/** `id` and display name of all live records of an object, page by page. */
function pageQuery({ name: table, shownName }: ImportModule): string {
  return `
    SELECT id, ${shownName} AS name FROM ${table}
    WHERE workspace_id = $1 AND id > $2::uuid AND deleted_at IS NULL
    ORDER BY id
    LIMIT ${pageSize}`;
}

/**
 * The names of all records of an object by their letters alone, to find what `GTXPro` may mean. Read once, when the first
 * name is not found as it stands, in background slices; kept up with what the import itself makes.
 */
export class RecordNames {
  readonly #byLetters = new Map<string, string>();

  /** `first`: names that go before those of the workspace. */
  static async read(
    app: Application,
    identity: Identity,
    object: ImportObject,
    signal?: AbortSignal,
    first: Iterable<string> = [],
  ): Promise<RecordNames> {
    const names = new RecordNames();
    const query = pageQuery(importModuleOf(object));
    for (const name of first) names.add(name);
    let after = '00000000-0000-0000-0000-000000000000';
    for (;;) {
      const rows = await app.engine.transaction(
        {
          as: identity,
          priority: 'background',
          readOnly: true,
          label: `import: names of ${object}`,
          ...(signal ? { signal } : {}),
        },
        (tx: Tx) =>
          tx.rows(returning({ id: uuid, name: nullable(text) }), query, [identity.workspaceId, after]),
      );
      for (const { name } of rows) if (name !== null) names.add(name);
      const last = rows.at(-1);
      if (!last || rows.length < pageSize) return names;
      after = last.id;
    }
  }

  add(name: string): void {
    const key = letters(name);
    if (key !== '' && !this.#byLetters.has(key)) this.#byLetters.set(key, name);
  }

  /** A record's name that has the same letters. */
  sameLetters(name: string): string | null {
    const key = letters(name);
    return key === '' ? null : (this.#byLetters.get(key) ?? null);
  }

  all(): Iterable<string> {
    return this.#byLetters.values();
  }
}
