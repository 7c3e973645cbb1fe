import { sql } from '#db/sql.ts';
import type { CustomFieldDefinition } from '#shared/contract/custom-fields.ts';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import type { ObjectName } from '#shared/objects/objects.ts';
import type { Application, Identity } from '../context.ts';
import { newChangeSetId, openChangeSet } from '../data/change-set.ts';
import { executeStatement, list } from '../data/statement.ts';
import { customFieldDefinitions } from '../records/custom-field-definitions.ts';

/**
 * Puts the custom fields of an object into the order of the keys.
 * @throws SatchelError `conflict` where somebody meanwhile made or removed one, `forbidden`
 */
export async function reorderCustomFields(
  app: Application,
  identity: Identity,
  object: ObjectName,
  keys: readonly string[],
): Promise<CustomFieldDefinition[]> {
  return app.engine.transaction({ as: identity, label: 'reorder custom fields' }, async (tx) => {
    const known = await customFieldDefinitions(tx, identity.workspaceId, [object]);
    if (known.length !== keys.length || known.some(({ key }) => !keys.includes(key))) {
      throw new SatchelError('conflict', say`The fields have changed meanwhile. Order them again.`);
    }
    await openChangeSet(tx, identity, newChangeSetId(app.ids), { label: say`Ordered the custom fields` });
    const changed = await executeStatement(
      tx,
      sql`
        UPDATE custom_field_definitions d
        SET position = array_position(${list(keys)}::text[], d.key) - 1
        WHERE d.workspace_id = ${identity.workspaceId}::uuid AND d.object = ${object}
          AND d.key = ANY(${list(keys)}::text[])`,
    );
    if (changed < keys.length) {
      throw new SatchelError('forbidden', say`Your role does not allow you to change custom fields.`);
    }
    return customFieldDefinitions(tx, identity.workspaceId, [object]);
  });
}
