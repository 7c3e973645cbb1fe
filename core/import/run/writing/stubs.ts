import type { Tx } from '#db/engine/types.ts';
import type { ImportObject } from '#shared/contract/import-targets.ts';
import { fold } from '#shared/text/fold.ts';
import type { MadeAs, Values } from '../../../objects/import-module.ts';
import { importModuleOf, importModules } from '../../../objects/import-modules.ts';
import type { ImportContext } from '../import-context.ts';
import type { LinkResolver } from '../linking/resolver.ts';
import type { Candidate } from '../matching/candidates.ts';
import type { Tally } from '../tally.ts';
import { insertStubs } from './statements.ts';
import { writeRecords } from './write.ts';

/** What leads to a stub. */
interface StubOrigin {
  /** The values of the row that names it. */
  readonly row?: Values;
  readonly ownerId?: string | null;
  /** Where it is counted as something else than one of its object. */
  readonly as?: MadeAs;
}

/** Records that have just a name, made because a row links to them: the account of a contact, the owner of an opportunity. */
export class Stubs {
  readonly #context: ImportContext;
  readonly #links: LinkResolver;
  readonly #tally: Tally;
  readonly #made = new Map<ImportObject, Candidate[]>();

  constructor(context: ImportContext, links: LinkResolver, tally: Tally) {
    this.#context = context;
    this.#links = links;
    this.#tally = tally;
  }

  /** Returns the id that the record will have. `from` is the row that names it. */
  make(object: ImportObject, name: string, from: StubOrigin = {}): string {
    const { row = {}, ownerId = null, as } = from;
    const module = importModuleOf(object);
    const id = this.#context.app.ids.next();
    const values: Values = { ...module.defaults, ...module.stub(name, row) };
    module.complete(values);
    if (module.owner !== null) values[module.owner] = ownerId ?? this.#context.identity.userId;
    const candidate: Candidate = {
      id,
      values,
      custom: {},
      nameKey: '',
      isNew: true,
      isOfThisImport: true,
      isTrashed: false,
      isStub: as?.isPlaceholder !== true,
      changed: new Set(),
      given: new Set(),
      sourceId: null,
    };
    const made = this.#made.get(object) ?? [];
    made.push(candidate);
    this.#made.set(object, made);
    this.#links.put(object, 'name', name, { id, name: module.nameOf(values) });
    this.#tally.also(as?.sideEffect ?? object);
    return id;
  }

  /** What links go to comes first. */
  async write(tx: Tx): Promise<void> {
    for (const module of importModules) {
      const made = this.#made.get(module.name);
      if (!made) continue;
      await writeRecords(tx, this.#context, module, new Set(made));
      const ids = made.filter(({ isStub }) => isStub).map(({ id }) => id);
      const { identity, batchId } = this.#context;
      if (ids.length > 0) await tx.execute(insertStubs, [identity.workspaceId, ids, module.name, batchId]);
    }
  }

  /** In a dry run: lets later slices and files find them. */
  imagine(): void {
    for (const [object, made] of this.#made) {
      const module = importModuleOf(object);
      for (const candidate of made) {
        candidate.nameKey = fold(module.nameOf(candidate.values));
        this.#context.imagined.get(object)?.add(candidate);
      }
    }
  }
}
