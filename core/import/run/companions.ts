import type { Tx } from '#db/engine/types.ts';
import type { ImportObject } from '#shared/contract/import-targets.ts';
import type { BatchFacts, Companion } from '../../objects/import-module.ts';
import { importModules } from '../../objects/import-modules.ts';

/** What objects keep and write beside their records, for all files of an import. */
export class Companions {
  readonly #byObject = new Map<ImportObject, Companion>();

  constructor(facts: BatchFacts) {
    for (const module of importModules) {
      const companion = module.companion?.(facts);
      if (companion) this.#byObject.set(module.name, companion);
    }
  }

  of(object: ImportObject): Companion | undefined {
    return this.#byObject.get(object);
  }

  async load(tx: Tx): Promise<void> {
    for (const companion of this.#byObject.values()) await companion.load(tx);
  }

  async write(tx: Tx): Promise<void> {
    for (const companion of this.#byObject.values()) await companion.write(tx);
  }

  commit(): void {
    for (const companion of this.#byObject.values()) companion.commit();
  }

  rollback(): void {
    for (const companion of this.#byObject.values()) companion.rollback();
  }
}
