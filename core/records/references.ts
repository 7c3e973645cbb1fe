import type { Identity, Tx } from '#db/engine/types.ts';
import { bool, returning } from '#db/row.ts';
import { sql } from '#db/sql.ts';
import { SatchelError } from '#shared/errors.ts';
import { say, term } from '#shared/message.ts';
import type { FieldDefinition, ReferenceTarget } from '#shared/objects/objects.ts';
import { singularOf } from '../data/reference.ts';
import { queryOne } from '../data/statement.ts';
import type { RecordObject } from './record-object.ts';
import type { RecordValues } from './record-values.ts';

/**
 * Refuses references to what the person cannot see, another workspace's records among them, and to what lies in the
 * trash.
 * @throws SatchelError `invalid` with the field in its details
 */
export async function checkReferences(
  tx: Tx,
  { fields }: Pick<RecordObject, 'fields'>,
  identity: Identity,
  values: RecordValues,
): Promise<void> {
  for (const field of fields) {
    const id = values[field.key];
    if (field.target && typeof id === 'string') await checkReference(tx, identity, field, field.target, id);
  }
}

async function checkReference(
  tx: Tx,
  identity: Identity,
  field: FieldDefinition,
  target: ReferenceTarget,
  id: string,
): Promise<void> {
  const found = await queryOne(
    tx,
    returning({ is_trashed: bool }),
    sql`
      SELECT t.deleted_at IS NOT NULL AS is_trashed
      FROM ${sql.identifier(target)} t
      WHERE t.workspace_id = ${identity.workspaceId}::uuid AND t.id = ${id}::uuid`,
  );
  if (found && !found.is_trashed) return;
  const name = term(singularOf(target));
  const message = found
    ? say`The ${name} is in the trash. Restore it first, or choose another.`
    : say`This ${name} does not exist, or you may not see it. Choose another.`;
  throw new SatchelError('invalid', message, { details: { field: field.key } });
}
