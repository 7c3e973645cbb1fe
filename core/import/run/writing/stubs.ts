import type { Tx } from '#db/engine/types.ts';
import { type ImportObject, importObjects } from '#shared/contract/import-targets.ts';
import { isEmailAddress } from '#shared/values.ts';
import { isGiven } from '../../../data/given.ts';
import type { Values } from '../../../objects/import-description.ts';
import { descriptions } from '../../../objects/import-objects.ts';
import type { ImportContext } from '../import-context.ts';
import type { LinkResolver } from '../linking/resolver.ts';
import type { Candidate } from '../matching/candidates.ts';
import { nameKeys } from '../matching/name-keys.ts';
import type { SideEffect, Tally } from '../tally.ts';
import { insertStubs } from './statements.ts';
import { writeRecords } from './write.ts';

/** Records that have just a name, made because a row links to them: the account of a contact, the owner of a deal. */
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

  /** Returns the id that the record will have. `row` are the values of the row that links to it. */
  make(object: ImportObject, name: string, row: Values, effect: SideEffect = sideEffects[object]): string {
    const description = descriptions[object];
    const id = this.#context.app.ids.next();
    const values: Values = { ...description.defaults, ...named(object, name) };
    description.complete(values);
    if (object === 'contacts' && isGiven(row['accountId'])) values['accountId'] = row['accountId'];
    if (description.hasOwner) values['ownerId'] = row['ownerId'] ?? this.#context.identity.userId;
    const candidate: Candidate = {
      id,
      values,
      custom: {},
      nameKey: '',
      isNew: true,
      isOfThisImport: true,
      isTrashed: false,
      isStub: effect !== 'placeholderAccounts',
      changed: new Set(),
      given: new Set(),
      sourceId: null,
    };
    const made = this.#made.get(object) ?? [];
    made.push(candidate);
    this.#made.set(object, made);
    this.#links.put(object, 'name', name, { id, name: description.nameOf(values) });
    this.#tally.also(effect);
    return id;
  }

  /** What links go to comes first. */
  async write(tx: Tx): Promise<void> {
    for (const object of importObjects) {
      const made = this.#made.get(object);
      if (!made) continue;
      await writeRecords(tx, this.#context, descriptions[object], new Set(made));
      const ids = made.filter(({ isStub }) => isStub).map(({ id }) => id);
      const { identity, batchId } = this.#context;
      if (ids.length > 0) await tx.execute(insertStubs, [identity.workspaceId, ids, object, batchId]);
    }
  }

  /** In a dry run: lets later slices and files find them. */
  async imagine(tx: Tx): Promise<void> {
    for (const [object, made] of this.#made) {
      const description = descriptions[object];
      const keys = await nameKeys(
        tx,
        made.map(({ values }) => description.nameOf(values)),
      );
      for (const candidate of made) {
        candidate.nameKey = keys.get(description.nameOf(candidate.values)) ?? '';
        this.#context.imagined
          .get(object)
          ?.add(candidate, description.matchKeys(candidate.values, candidate.nameKey));
      }
    }
  }
}

const sideEffects: Readonly<Record<ImportObject, SideEffect>> = {
  people: 'people',
  accounts: 'accounts',
  products: 'products',
  contacts: 'contacts',
  // Nothing links to opportunities while importing.
  opportunities: 'contacts',
};

function named(object: ImportObject, name: string): Values {
  if (isEmailAddress(name) && (object === 'people' || object === 'contacts')) return { email: name };
  return object === 'people' || object === 'contacts' ? { fullName: name } : { name };
}
