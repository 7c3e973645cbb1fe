import type { Tx } from '#db/engine/types.ts';
import { arrayOf, bool, returning, text } from '#db/row.ts';
import { type ImportObject, importDefinition } from '#shared/contract/import-targets.ts';
import type { FilePlan, ImportPlan } from '#shared/contract/imports.ts';
import { type Message, say, term } from '#shared/message.ts';
import { isGiven } from '../../data/given.ts';
import { importModuleOf, importModules } from '../../objects/import-modules.ts';

const actions = ['create', 'update'] as const;
type Action = (typeof actions)[number];

interface Reach {
  readonly isAll: boolean;
  readonly owners: ReadonlySet<string>;
}

/**
 * What the caller's role lets an import write. The policies of the database decide; asking before spares a row that they
 * would refuse a transaction of its own, and a dry run, which writes nothing, tells the same as the import.
 */
export class ImportPermissions {
  readonly #reach = new Map<string, Reach | null>();
  #mayDefineFields = false;

  static async read(tx: Tx): Promise<ImportPermissions> {
    const permissions = new ImportPermissions();
    const wanted = importModules.flatMap(({ name }) => actions.map((action) => permissionOf(name, action)));
    const rows = await tx.rows(
      returning({ name: text, may: bool, is_all: bool, owners: arrayOf(text) }),
      `SELECT name, satchel.can(name) AS may, satchel.reaches_all(name) AS is_all,
         satchel.reached_owners(name)::text[] AS owners
       FROM unnest($1::text[]) AS name`,
      [wanted],
    );
    for (const { name, may, is_all: isAll, owners } of rows)
      permissions.#reach.set(name, may ? { isAll, owners: new Set(owners) } : null);
    const [field] = await tx.rows(
      returning({ may: bool }),
      `SELECT satchel.can('custom_field:create') AS may`,
    );
    permissions.#mayDefineFields = field?.may ?? false;
    return permissions;
  }

  /** Whether any record of an object may be made, or changed. */
  may(object: ImportObject, action: Action): boolean {
    return isGiven(this.#reach.get(permissionOf(object, action)));
  }

  /** Whether the role makes records of whoever owns them, or nobody. */
  reachesAll(object: ImportObject): boolean {
    return this.#reach.get(permissionOf(object, 'create'))?.isAll ?? false;
  }

  /** Why a record may not be made, or changed; null when it may. Owners count for objects that have one. */
  refusal(object: ImportObject, action: Action, ownerId: string | null): Message | null {
    const reach = this.#reach.get(permissionOf(object, action));
    const { singular, owner } = importModuleOf(object);
    if (!reach) return refusals[action](object);
    if (owner === null || reach.isAll || (ownerId !== null && reach.owners.has(ownerId))) return null;
    return action === 'create'
      ? say`Your role does not let you make this ${term(singular)} for its owner.`
      : say`Your role does not let you change this ${term(singular)} of its owner.`;
  }

  /** What a plan would come to grief on, whatever its rows hold. */
  ofPlan({ files }: ImportPlan): Message[] {
    return files.flatMap((file) => [
      ...(file.object !== null && !this.may(file.object, 'create')
        ? [say`${file.fileName}: ${refusals.create(file.object)}`]
        : []),
      ...(this.#mayDefineFields ? [] : newFieldRefusals(file)),
    ]);
  }
}

function newFieldRefusals({ fileName, object, columns }: FilePlan): Message[] {
  const fields = columns.filter(({ target }) => target.kind === 'new_custom');
  if (object === null || fields.length === 0 || !importModuleOf(object).hasCustomFields) return [];
  const headers = fields.map(({ header }) => `“${header}”`).join(', ');
  return [
    say`${fileName}: your role may not add custom fields, so the columns ${headers} need another target before the import can run.`,
  ];
}

function permissionOf(object: ImportObject, action: Action): string {
  return `${importDefinition(object).singular}:${action}`;
}

const refusals: Readonly<Record<Action, (object: ImportObject) => Message>> = {
  create: (object) => say`Your role may not add ${term(object)}.`,
  update: (object) => say`Your role may not change ${term(object)}.`,
};
