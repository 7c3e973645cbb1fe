import { type ImportObject, importObjects, importTargets } from '#shared/contract/import-targets.ts';
import type { ImportCounts, ImportReport } from '#shared/contract/imports.ts';
import { inEnglish, type Message } from '#shared/message.ts';
import { importModules } from '../../objects/import-modules.ts';

type AlsoCreated = ImportReport['alsoCreated'];
type Reason = ImportReport['reasons'][number];
type Correction = ImportReport['corrected'][number];

/** What an import did so far, in the form in which its batch keeps it. */
export interface TallyFacts {
  counts: ImportReport['counts'];
  alsoCreated: AlsoCreated;
  reasons: Reason[];
  corrected: Correction[];
  warnings: Message[];
}

const maxReasons = 100;
const maxCorrected = 500;
const maxWarnings = 100;

/** What can be made beside rows: what objects make themselves, what links name, custom fields. */
const sideEffects: readonly string[] = [
  ...importModules.flatMap(({ name, sideEffects: own }) => (isLinked(name) ? [...own, name] : own)),
  'customFields',
];

function isLinked(name: ImportObject): boolean {
  return importObjects.some((object) => importTargets(object).links.some(({ target }) => target === name));
}

/** Counts one slice, or a whole import when slices are added to it once they are committed. */
export class Tally {
  readonly #counts = new Map<ImportObject, ImportCounts>();
  readonly #alsoCreated = new Map(sideEffects.map((effect) => [effect, 0]));
  readonly #reasons = new Map<string, Reason>();
  readonly #corrected = new Map<string, Correction>();
  readonly #warnings = new Map<string, Message>();

  static from(facts: Partial<TallyFacts>): Tally {
    const tally = new Tally();
    for (const object of importObjects) {
      const counts = facts.counts?.[object];
      if (counts) tally.#counts.set(object, { ...counts });
    }
    for (const [effect, count] of Object.entries(facts.alsoCreated ?? {})) tally.also(effect, count);
    for (const reason of facts.reasons ?? []) tally.#reasons.set(reasonKey(reason), { ...reason });
    for (const correction of facts.corrected ?? [])
      tally.#corrected.set(correctionKey(correction), { ...correction });
    for (const warning of facts.warnings ?? []) tally.warn(warning);
    return tally;
  }

  /** A file of this kind is part of the import, even if it should turn out to have no rows. */
  expect(object: ImportObject): void {
    this.#of(object);
  }

  row(object: ImportObject, outcome: keyof ImportCounts): void {
    this.#of(object)[outcome] += 1;
  }

  created(object: ImportObject): number {
    return this.#of(object).created;
  }

  /** `effect`: one of `sideEffects`. */
  also(effect: string, count = 1): void {
    this.#alsoCreated.set(effect, (this.#alsoCreated.get(effect) ?? 0) + count);
  }

  /** Reasons are put together whatever value they quote. */
  reason(message: Message, line: number, fileName: string, rows = 1): void {
    const reason = { message: withoutQuoted(message), rows, firstLine: line, fileName };
    const known = this.#reasons.get(reasonKey(reason));
    if (known) known.rows += rows;
    else if (this.#reasons.size < maxReasons) {
      this.#reasons.set(reasonKey(reason), { ...reason, message: rows === 1 ? message : reason.message });
    }
  }

  corrected(from: string, to: string, rows = 1): void {
    const known = this.#corrected.get(correctionKey({ from, to }));
    if (known) known.rows += rows;
    else if (this.#corrected.size < maxCorrected)
      this.#corrected.set(correctionKey({ from, to }), { from, to, rows });
  }

  warn(message: Message): void {
    if (this.#warnings.size < maxWarnings) this.#warnings.set(inEnglish(message), message);
  }

  add(other: Tally): void {
    for (const [object, counts] of other.#counts) {
      const mine = this.#of(object);
      mine.created += counts.created;
      mine.updated += counts.updated;
      mine.skipped += counts.skipped;
      mine.failed += counts.failed;
    }
    for (const [effect, count] of other.#alsoCreated) this.also(effect, count);
    for (const { message, rows, firstLine, fileName } of other.#reasons.values()) {
      this.reason(message, firstLine, fileName, rows);
    }
    for (const { from, to, rows } of other.#corrected.values()) this.corrected(from, to, rows);
    for (const warning of other.#warnings.values()) this.warn(warning);
  }

  with(other: Tally): Tally {
    const sum = Tally.from(this.facts());
    sum.add(other);
    return sum;
  }

  facts(): TallyFacts {
    return {
      counts: Object.fromEntries(this.#counts),
      alsoCreated: Object.fromEntries(this.#alsoCreated),
      reasons: [...this.#reasons.values()].sort((a, b) => b.rows - a.rows),
      corrected: [...this.#corrected.values()].sort((a, b) => b.rows - a.rows),
      warnings: [...this.#warnings.values()],
    };
  }

  /** Rows of all objects by what became of them. */
  totals(): ImportCounts {
    const totals = { created: 0, updated: 0, skipped: 0, failed: 0 };
    for (const counts of this.#counts.values()) {
      totals.created += counts.created;
      totals.updated += counts.updated;
      totals.skipped += counts.skipped;
      totals.failed += counts.failed;
    }
    return totals;
  }

  #of(object: ImportObject): ImportCounts {
    const counts = this.#counts.get(object) ?? { created: 0, updated: 0, skipped: 0, failed: 0 };
    this.#counts.set(object, counts);
    return counts;
  }
}

function reasonKey({ message, fileName }: Pick<Reason, 'message' | 'fileName'>): string {
  return `${fileName}\u0000${inEnglish(withoutQuoted(message))}`;
}

/** A message without the values that it quotes, so that the same reason of different rows is one. */
function withoutQuoted({ template, values }: Message): Message {
  return {
    template,
    values: values.map((value, index) => {
      if (typeof value === 'object') return withoutQuoted(value);
      return template.includes(`“{{${index}}}”`) ? '…' : value;
    }),
  };
}

function correctionKey({ from, to }: Pick<Correction, 'from' | 'to'>): string {
  return `${from}\u0000${to}`;
}
