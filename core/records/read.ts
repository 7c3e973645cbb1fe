import type { Identity, Tx } from '#db/engine/types.ts';
import type { FilterGroup, ListScope } from '#shared/contract/list.ts';
import { SatchelError } from '#shared/errors.ts';
import { say, term } from '#shared/message.ts';
import type { ObjectName, RecordOf, WholeOf } from '#shared/objects/objects.ts';
import { queryRows } from '../data/statement.ts';
import { childrenOf } from './children.ts';
import { customFieldDefinitions } from './custom-field-definitions.ts';
import { type ListField, resolveListField } from './list-field.ts';
import type { RecordObject } from './record-object.ts';
import { recordRow, recordsByIdsQuery } from './record-row.ts';

/**
 * Whole records in the order of the ids; those that do not exist or may not be seen are left out.
 */
export async function recordsByIds<Name extends ObjectName>(
  tx: Tx,
  object: RecordObject<Name>,
  identity: Identity,
  ids: readonly string[],
): Promise<RecordOf<Name>[]> {
  if (ids.length === 0) return [];
  // The select list is made from the object's field definitions; the contract's output schema checks each record.
  const rows = await queryRows(tx, recordRow(object), recordsByIdsQuery(object, identity.workspaceId, ids));
  const byId = new Map(rows.map((row) => [String(row.id), row]));
  return ids.map((id) => byId.get(id)).filter((row) => row !== undefined);
}

/** @throws SatchelError `not_found` */
export async function recordById<Name extends ObjectName>(
  tx: Tx,
  object: RecordObject<Name>,
  identity: Identity,
  id: string,
): Promise<RecordOf<Name>> {
  const [record] = await recordsByIds(tx, object, identity, [id.toLowerCase()]);
  if (!record) throw notFound(object, id);
  return record;
}

/**
 * A record with its children.
 * @throws SatchelError `not_found`
 */
export async function wholeRecord<Name extends ObjectName>(
  tx: Tx,
  object: RecordObject<Name>,
  identity: Identity,
  id: string,
): Promise<WholeOf<Name>> {
  const record = await recordById(tx, object, identity, id);
  // The definition's mapped types say of the whole record what is put together here.
  return { ...record, ...(await childrenOf(tx, object, identity, id.toLowerCase())) } as WholeOf<Name>;
}

export function notFound(object: RecordObject, id: string): SatchelError {
  return new SatchelError(
    'not_found',
    say`This ${term(object.singular)} does not exist, or you may not see it.`,
    {
      details: { object: object.name, id },
    },
  );
}

/** Resolves the fields that a list names; custom fields are looked up only where one is named. */
export async function fieldResolver(
  tx: Tx,
  object: RecordObject,
  identity: Identity,
  scope: ListScope,
  sorted: readonly string[],
): Promise<(name: string) => ListField> {
  const named = [...sorted, ...(scope.filter ? namedFields(scope.filter) : [])];
  const customFields = named.some((name) => name.startsWith('custom.'))
    ? await customFieldDefinitions(tx, identity.workspaceId, [object.name])
    : [];
  return (name) => resolveListField(object, customFields, name);
}

function namedFields(filter: FilterGroup): string[] {
  return filter.conditions.flatMap((part) => ('join' in part ? namedFields(part) : [part.field]));
}
