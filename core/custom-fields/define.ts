import type { Identity, Tx } from '#db/engine/types.ts';
import { returning } from '#db/row.ts';
import { sql } from '#db/sql.ts';
import type { CustomFieldDefinition } from '#shared/contract/custom-fields.ts';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import type { ObjectName } from '#shared/objects/objects.ts';
import type { Application } from '../context.ts';
import { newChangeSetId, openChangeSet } from '../data/change-set.ts';
import { callFunction, executeStatement, json, queryOne } from '../data/statement.ts';
import { customFieldDefinitions } from '../records/custom-field-definitions.ts';

/** These are sorted and compared by an index of their own; texts are not, since an index cannot hold long ones. */
const indexedTypes: readonly CustomFieldDefinition['type'][] = ['number', 'date', 'boolean', 'select'];

/**
 * Makes a custom field, or changes the label, the options and whether it is required. A field that was removed comes
 * back with the values that records still have.
 * @throws SatchelError `conflict` where a field of that key has another type; `invalid` where options are missing
 */
export async function defineCustomField(
  app: Application,
  identity: Identity,
  given: Omit<CustomFieldDefinition, 'position'>,
): Promise<CustomFieldDefinition> {
  checkOptions(given);
  checkPersonal(given);
  if (given.isPersonal) await app.personal.ensure(identity.workspaceId);
  return app.engine.transaction({ as: identity, label: 'define custom field' }, async (tx) => {
    const existing = await existingField(tx, identity, given);
    if (existing && existing.type !== given.type) {
      throw new SatchelError(
        'conflict',
        say`There already is a field "${given.key}" of another type. Choose another key.`,
        {
          details: { field: 'key' },
        },
      );
    }
    if (existing && existing.isPersonal !== given.isPersonal) {
      throw new SatchelError(
        'conflict',
        say`A field cannot become personal, or cease to be, once it is made. Define another one.`,
        { details: { field: 'isPersonal' } },
      );
    }
    await openChangeSet(tx, identity, newChangeSetId(app.ids), {
      label: say`Defined the field ${given.label}`,
    });
    const isIndexed = indexedTypes.includes(given.type) && !given.isPersonal;
    const options = json(given.options.map((value) => ({ value, label: value })));
    await executeStatement(
      tx,
      sql`
        INSERT INTO custom_field_definitions
          (workspace_id, id, object, key, label, type, options, is_required, is_pii, is_indexed, position)
        SELECT
          ${identity.workspaceId}::uuid, ${existing?.id ?? app.ids.next()}::uuid, ${given.object},
          ${given.key}, ${given.label}, ${given.type}::custom_field_type, ${options}, ${given.isRequired}, ${given.isPersonal}, ${isIndexed},
          coalesce(max(d.position) + 1, 0)
        FROM custom_field_definitions d
        WHERE d.workspace_id = ${identity.workspaceId}::uuid AND d.object = ${given.object}
        ON CONFLICT (workspace_id, object, key) DO UPDATE
        SET label = excluded.label, options = excluded.options, is_required = excluded.is_required, deleted_at = NULL`,
    );
    if (isIndexed && !existing) {
      await callFunction(tx, sql`SELECT satchel.index_custom_field(${given.object}, ${given.key})`);
    }
    const fields = await customFieldDefinitions(tx, identity.workspaceId, [given.object]);
    const field = fields.find((candidate) => candidate.key === given.key);
    if (!field) throw new SatchelError('internal', say`The custom field was stored and cannot be read.`);
    return field;
  });
}

/**
 * Takes a custom field away. Records keep their values, unseen, so that undoing it, or defining it again, loses nothing.
 * @throws SatchelError `not_found`
 */
export async function removeCustomField(
  app: Application,
  identity: Identity,
  object: ObjectName,
  key: string,
): Promise<void> {
  await app.engine.transaction({ as: identity, label: 'remove custom field' }, async (tx) => {
    await openChangeSet(tx, identity, newChangeSetId(app.ids), { label: say`Removed the field ${key}` });
    const removed = await executeStatement(
      tx,
      sql`
        UPDATE custom_field_definitions d
        SET deleted_at = now()
        WHERE d.workspace_id = ${identity.workspaceId}::uuid AND d.object = ${object}
          AND d.key = ${key} AND d.deleted_at IS NULL`,
    );
    if (removed === 0) {
      throw new SatchelError(
        'not_found',
        say`There is no custom field "${key}", or your role does not allow removing it.`,
      );
    }
  });
}

/** Only a text can be sealed. */
const sealedTypes: readonly CustomFieldDefinition['type'][] = ['text', 'email', 'phone', 'url', 'date'];

function checkPersonal({ type, isPersonal }: Omit<CustomFieldDefinition, 'position'>): void {
  if (!isPersonal || sealedTypes.includes(type)) return;
  throw new SatchelError(
    'invalid',
    say`A personal field holds a text, a date, or an email, phone or web address.`,
    {
      details: { field: 'type' },
    },
  );
}

function checkOptions({ type, options }: Omit<CustomFieldDefinition, 'position'>): void {
  const hasOptions = type === 'select' || type === 'multi_select';
  const problem =
    hasOptions && options.length === 0
      ? say`Give the field at least one option to choose from.`
      : !hasOptions && options.length > 0
        ? say`Only fields to choose from have options.`
        : new Set(options).size < options.length || options.includes('')
          ? say`Give each option a name of its own.`
          : undefined;
  if (problem) throw new SatchelError('invalid', problem, { details: { field: 'options' } });
}

async function existingField(
  tx: Tx,
  identity: Identity,
  { object, key }: Pick<CustomFieldDefinition, 'object' | 'key'>,
): Promise<{ id: string; type: string; isPersonal: boolean } | undefined> {
  return queryOne(
    tx,
    returning({
      id: 'custom_field_definitions.id',
      type: 'custom_field_definitions.type',
      isPersonal: 'custom_field_definitions.is_pii',
    }),
    sql`
      SELECT d.id, d.type, d.is_pii AS "isPersonal"
      FROM custom_field_definitions d
      WHERE d.workspace_id = ${identity.workspaceId}::uuid AND d.object = ${object} AND d.key = ${key}`,
  );
}
