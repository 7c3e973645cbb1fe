import { isGiven } from '../../../data/given.ts';
import {
  type ImportModule,
  type MatchKey,
  matchKeysOf,
  type Values,
} from '../../../objects/import-module.ts';
import type { ParsedRow } from '../row-parser.ts';

/** The record that a row is, and how many fit it as well as that one does. */
export interface Match {
  readonly candidate: Candidate;
  readonly kind: string;
  readonly fitting: number;
}

export type Custom = ParsedRow['custom'];

/** A record that rows of the import may be: one that exists, or one that the import is about to make. */
export interface Candidate {
  readonly id: string;
  readonly values: Values;
  readonly custom: Custom;
  nameKey: string;
  /** Made in this slice (or, in a dry run, would have been made) and not yet in the database. */
  readonly isNew: boolean;
  /** Made by this import, in this slice or before. */
  readonly isOfThisImport: boolean;
  isTrashed: boolean;
  /** Made by an import that knew just its name: the row that is found to be it brings the rest. */
  isStub: boolean;
  /** Keys of values that were changed, `custom.<key>` for custom fields, `deletedAt` for being taken out of the trash. */
  readonly changed: Set<string>;
  /** Keys of values that rows give, the same as before or not. */
  readonly given: Set<string>;
  /** Its id in the system the file came from, to be kept. */
  sourceId: string | null;
}

/** The records that rows are matched against, by their keys. */
export class CandidateSet {
  readonly #module: ImportModule;
  /** Kinds of keys that different records may have in common. */
  readonly #shared: ReadonlySet<string>;
  readonly #byKey = new Map<string, Map<string, Candidate[]>>();
  readonly #byId = new Map<string, Candidate>();

  constructor(module: ImportModule) {
    this.#module = module;
    this.#shared = new Set(module.matchKeys.filter(({ isShared }) => isShared).map(({ kind }) => kind));
  }

  has(id: string): boolean {
    return this.#byId.has(id);
  }

  byId(id: string): Candidate | undefined {
    return this.#byId.get(id);
  }

  /** Display names of all records in the set. */
  *names(): Iterable<string> {
    for (const candidate of this.#byId.values()) yield this.#module.nameOf(candidate.values);
  }

  /** `keys`: where they are known already. */
  add(candidate: Candidate, keys: readonly MatchKey[] = this.keysOf(candidate)): void {
    this.#byId.set(candidate.id, candidate);
    for (const key of keys) this.addKey(candidate, key);
  }

  keysOf({ values, nameKey }: Candidate): MatchKey[] {
    return matchKeysOf(this.#module, values, nameKey);
  }

  addKey(candidate: Candidate, { kind, key }: MatchKey): void {
    const byKey = this.#of(kind);
    const known = byKey.get(key);
    if (!known) byKey.set(key, [candidate]);
    else if (!known.includes(candidate)) known.push(candidate);
  }

  /** Follows a record whose values were changed: it is no longer found by what it no longer has. */
  rekey(candidate: Candidate, before: readonly MatchKey[], after: readonly MatchKey[]): void {
    for (const { kind, key } of before) {
      if (after.some((kept) => kept.kind === kind && kept.key === key)) continue;
      const byKey = this.#of(kind);
      const others = byKey.get(key)?.filter((other) => other !== candidate) ?? [];
      if (others.length > 0) byKey.set(key, others);
      else byKey.delete(key);
    }
    for (const key of after) this.addKey(candidate, key);
  }

  #of(kind: string): Map<string, Candidate[]> {
    const known = this.#byKey.get(kind);
    if (known) return known;
    const made = new Map<string, Candidate[]>();
    this.#byKey.set(kind, made);
    return made;
  }

  /**
   * The record that a row is: by its strongest key that any record has; among several, one of the same name, then a live
   * one. `onlyStubs`: where every row is to become a record of its own, it still completes one that was made for it. Two rows of one import that share an email address or a domain but not the name are two records.
   */
  match(row: Values, nameKey: string, keys: readonly MatchKey[], onlyStubs = false): Match | null {
    for (const { kind, key } of keys) {
      const found = this.#byKey.get(kind)?.get(key);
      if (!found) continue;
      let best: Candidate | null = null;
      let fitting = 0;
      for (const candidate of found) {
        if (onlyStubs && !candidate.isStub) continue;
        if (this.#module.differ(row, knownValues(candidate, row), kind)) continue;
        if (candidate.isOfThisImport && this.#shared.has(kind) && candidate.nameKey !== nameKey) continue;
        const lead = best === null ? 1 : rank(candidate, nameKey) - rank(best, nameKey);
        if (lead > 0) best = candidate;
        if (lead >= 0) fitting = lead > 0 ? 1 : fitting + 1;
      }
      if (best) return { candidate: best, kind, fitting };
    }
    return null;
  }
}

/** A stub tells nothing by what it lacks: only what both have can contradict. */
function knownValues({ isStub, values }: Candidate, row: Values): Values {
  if (!isStub) return values;
  const known: Values = { ...row };
  for (const [key, value] of Object.entries(values))
    if (isGiven(value) && isGiven(row[key])) known[key] = value;
  return known;
}

function rank(candidate: Candidate, nameKey: string): number {
  return (candidate.nameKey === nameKey ? 2 : 0) + (candidate.isTrashed ? 0 : 1);
}
