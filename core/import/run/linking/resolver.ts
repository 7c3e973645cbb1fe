import type { Tx } from '#db/engine/types.ts';
import { filled, type RowValue, returning, text, uuid } from '#db/row.ts';
import type { ImportObject } from '#shared/contract/import-targets.ts';
import { fold } from '#shared/text/fold.ts';
import { type ImportModule, sourceIdKind } from '../../../objects/import-module.ts';
import { importModuleOf } from '../../../objects/import-modules.ts';
import type { ImportContext } from '../import-context.ts';
import type { RowLink } from '../row-parser.ts';
import { RecordNames } from './names.ts';

/** A record that a link names: found, or to be made with the slice at hand. */
export interface LinkedRecord {
  readonly id: string;
  readonly name: string;
}

/** The rules by which a link may name a record, a name first. */
function linkRules({ matchKeys }: ImportModule) {
  return matchKeys.filter(({ isLinkName }) => isLinkName).reverse();
}

/**
 * Finds records by the names that links have for them: id and display name by key; `$1` workspace, `$2` keys. A plan that
 * is kept for whatever keys compares each row with each key where they are an array, and joins them where they are rows.
 * Of several records with one key the oldest comes first, whatever the plan.
 */
function lookup(module: ImportModule): string {
  const { name: table, shownName } = module;
  const parts = linkRules(module).map(
    ({ sql, filled }) => `
    (SELECT id, ${shownName} AS name, ${sql} AS key FROM ${table}
    WHERE workspace_id = $1 ${filled === undefined ? '' : `AND ${filled} IS NOT NULL`}
      AND ${sql} IN (SELECT unnest($2::text[])) AND deleted_at IS NULL
    ORDER BY id)`,
  );
  return parts.join(' UNION ALL ');
}

const bySourceId = `
  SELECT r.record_id AS id, r.source_id AS key, r.source_id AS name
  FROM import_references AS r
  WHERE r.workspace_id = $1 AND r.source_id IN (SELECT unnest($2::text[])) AND r.system = $3 AND r.object = $4`;

const foundRow = returning({ id: uuid, name: filled(text), key: filled(text) });
type FoundRow = RowValue<typeof foundRow>;

/** Names kept from slice to slice; beyond this they are looked up again. */
const maxKept = 200_000;

/**
 * Finds the records that links name, for all files of an import. What was found stays known; what a slice is about to make
 * is forgotten again when the slice is rolled back.
 */
export class LinkResolver {
  readonly #context: ImportContext;
  readonly #found = new Map<string, LinkedRecord>();
  readonly #provisional: string[] = [];
  readonly #names = new Map<ImportObject, RecordNames>();

  constructor(context: ImportContext) {
    this.#context = context;
  }

  /** The record, if `look` has found it. */
  get(object: ImportObject, by: RowLink['by'], name: string): LinkedRecord | null {
    return this.#found.get(mapKey(object, by, name)) ?? null;
  }

  /** The record a link names, as it stands or, unless a person declined that, by its letters. */
  resolve(
    { link, by, name }: Pick<RowLink, 'link' | 'by' | 'name'>,
    isDeclined: boolean,
  ): LinkedRecord | null {
    const exact = this.get(link.target, by, name);
    if (exact || by !== 'name' || isDeclined) return exact;
    const meant = this.nearMiss(link.target, name);
    return meant === null ? null : this.get(link.target, 'name', meant);
  }

  /** Remembers a record that the slice makes. */
  put(object: ImportObject, by: RowLink['by'], name: string, record: LinkedRecord): void {
    const key = mapKey(object, by, name);
    this.#found.set(key, record);
    this.#provisional.push(key);
    if (by === 'name') this.#names.get(object)?.add(record.name);
  }

  commit(): void {
    this.#provisional.length = 0;
    if (this.#found.size > maxKept && !this.#context.isDryRun) this.#found.clear();
  }

  rollback(): void {
    for (const key of this.#provisional) this.#found.delete(key);
    this.#provisional.length = 0;
  }

  /** Looks up all names that are not known yet, in one query per object and kind. */
  async look(tx: Tx, system: string, links: Iterable<RowLink>): Promise<void> {
    const wanted = new Map<string, { object: ImportObject; by: RowLink['by']; names: Set<string> }>();
    for (const { link, by, name } of links) {
      if (this.#found.has(mapKey(link.target, by, name))) continue;
      const group = wanted.get(`${link.target} ${by}`) ?? { object: link.target, by, names: new Set() };
      group.names.add(name);
      wanted.set(`${link.target} ${by}`, group);
    }
    for (const { object, by, names } of wanted.values()) {
      if (by === 'source_id') await this.#lookForSourceIds(tx, system, object, names);
      else await this.#lookForNames(tx, object, names);
    }
  }

  async #lookForNames(tx: Tx, object: ImportObject, names: ReadonlySet<string>): Promise<void> {
    const { workspaceId } = this.#context.identity;
    const keys = new Map([...names].map((name) => [name, fold(name)]));
    const module = importModuleOf(object);
    const rows = await tx.rows(foundRow, lookup(module), [workspaceId, [...new Set(keys.values())]]);
    const kinds = linkRules(module).map(({ kind }) => kind);
    const byKey = new Map<string, LinkedRecord>();
    for (const row of rows) {
      if (this.#isImaginedElsewhere(object, row)) continue;
      if (!byKey.has(row.key)) byKey.set(row.key, { id: row.id, name: row.name });
    }
    for (const name of names) {
      const key = keys.get(name) ?? '';
      const record = byKey.get(key) ?? this.#imagined(object, key, kinds);
      if (record) this.#found.set(mapKey(object, 'name', name), record);
    }
  }

  /** In a dry run: a record that an earlier slice would have given another name. */
  #isImaginedElsewhere(object: ImportObject, { id, key }: FoundRow): boolean {
    const set = this.#context.imagined.get(object);
    const imagined = set?.byId(id);
    if (!set || !imagined) return false;
    return set.keysOf(imagined).every((known) => known.key !== key);
  }

  /** In a dry run: what an earlier slice or file would have made. */
  #imagined(object: ImportObject, key: string, kinds: readonly string[]): LinkedRecord | null {
    const keys = kinds.map((kind) => ({ kind, key }));
    const match = this.#context.imagined.get(object)?.match({}, key, keys);
    return match
      ? { id: match.candidate.id, name: importModuleOf(object).nameOf(match.candidate.values) }
      : null;
  }

  async #lookForSourceIds(
    tx: Tx,
    system: string,
    object: ImportObject,
    ids: ReadonlySet<string>,
  ): Promise<void> {
    const { workspaceId } = this.#context.identity;
    const rows = await tx.rows(foundRow, bySourceId, [workspaceId, [...ids], system, object]);
    for (const { id, key } of rows) this.#found.set(mapKey(object, 'source_id', key), { id, name: key });
    for (const id of ids) {
      const imagined = this.#imagined(object, id, [sourceIdKind]);
      if (imagined) this.#found.set(mapKey(object, 'source_id', id), imagined);
    }
  }

  /**
   * What a name that was not found as it stands probably means, because it has the same letters. Called outside a
   * transaction: the first call for an object reads its names.
   */
  async prepareNearMisses(object: ImportObject, signal?: AbortSignal): Promise<void> {
    if (this.#names.has(object)) return;
    const { app, identity, imagined } = this.#context;
    const names = imagined.get(object)?.names() ?? [];
    this.#names.set(object, await RecordNames.read(app, identity, object, signal, names));
  }

  hasNearMisses(object: ImportObject): boolean {
    return this.#names.has(object);
  }

  nearMiss(object: ImportObject, name: string): string | null {
    const found = this.#names.get(object)?.sameLetters(name) ?? null;
    return found === name ? null : found;
  }
}

function mapKey(object: ImportObject, by: RowLink['by'], name: string): string {
  return `${object}\u0000${by}\u0000${name}`;
}
