import { z } from 'zod';
import type { Tx } from '#db/engine/types.ts';
import { returning } from '#db/row.ts';
import { sql } from '#db/sql.ts';
import type { CustomFieldDefinition } from '#shared/contract/custom-fields.ts';
import { customFieldTypeSchema } from '#shared/enums.ts';
import type { ObjectName } from '#shared/objects/objects.ts';
import { objectNameSchema } from '#shared/objects/objects.ts';
import { list, queryRows } from '../data/statement.ts';

const rowSchema = z.object({
  object: objectNameSchema,
  key: z.string(),
  label: z.string(),
  type: customFieldTypeSchema,
  options: z.array(z.object({ value: z.string() }).transform((option) => option.value)),
  is_required: z.boolean(),
  is_pii: z.boolean(),
  position: z.int(),
});

/** The custom fields of an object (or of all that have lists), in their order: those in use, or those removed. */
export async function customFieldDefinitions(
  tx: Tx,
  workspaceId: string,
  objects: readonly ObjectName[],
  which: 'used' | 'removed' = 'used',
): Promise<CustomFieldDefinition[]> {
  const rows = await queryRows(
    tx,
    returning({
      object: 'custom_field_definitions.object',
      key: 'custom_field_definitions.key',
      label: 'custom_field_definitions.label',
      type: 'custom_field_definitions.type',
      options: 'custom_field_definitions.options',
      is_required: 'custom_field_definitions.is_required',
      is_pii: 'custom_field_definitions.is_pii',
      position: 'custom_field_definitions.position',
    }),
    sql`
      SELECT d.object, d.key, d.label, d.type, d.options, d.is_required, d.is_pii, d.position
      FROM custom_field_definitions d
      WHERE d.workspace_id = ${workspaceId}::uuid AND d.object::text = ANY(${list(objects)}::text[]) AND (d.deleted_at IS NOT NULL) = ${which === 'removed'}
      ORDER BY d.object, d.position, d.key`,
  );
  return rows.map((row) => {
    const { is_required: isRequired, is_pii: isPersonal, ...definition } = rowSchema.parse(row);
    return { ...definition, isRequired, isPersonal };
  });
}
