import type { Identity, Tx } from '#db/engine/types.ts';
import { returning, text, uuid } from '#db/row.ts';
import { sql } from '#db/sql.ts';
import type { TimelineEntry } from '#shared/contract/timeline.ts';
import type { FieldDefinition, ReferenceTarget } from '#shared/objects/objects.ts';
import { fieldsOf, type ObjectName } from '#shared/objects/objects.ts';
import { referenceName } from '../data/reference.ts';
import { list, queryRows } from '../data/statement.ts';
import { customFieldKey } from '../history/fields.ts';
import type { ChangeGroup } from './coalesce.ts';

type ChangeEntry = Extract<TimelineEntry, { kind: 'change' }>;
type ShownField = ChangeEntry['fields'][number];

/**
 * Groups of changes as the timeline shows them: columns by the keys of the object's fields, custom fields one by one as
 * `custom.<key>`, references by the names of what they point at. Columns that are no field (and `closedAt`, which follows
 * from the stage) are left out, and so is a group with nothing left to show.
 */
export async function shownChanges(
  tx: Tx,
  identity: Identity,
  object: ObjectName,
  groups: readonly ChangeGroup[],
): Promise<{ entry: ChangeEntry; lastSeq: bigint }[]> {
  const fields = fieldsOf(object);
  const names = await referencedNames(tx, identity, fields, groups);
  return groups
    .map(({ lastSeq, ...group }) => ({
      entry: {
        kind: 'change' as const,
        ...group,
        changeSetIds: [...group.changeSetIds],
        fields: group.fields.flatMap((change) => shownFields(fields, names, change)),
      },
      lastSeq,
    }))
    .filter(({ entry }) => entry.operation !== 'update' || entry.fields.length > 0);
}

function shownFields(
  fields: readonly FieldDefinition[],
  names: ReadonlyMap<string, string>,
  change: ChangeGroup['fields'][number],
): ShownField[] {
  const custom = customFieldKey(change.column);
  if (custom !== null) {
    return [{ field: `custom.${custom}`, from: withoutSealed(change.from), to: withoutSealed(change.to) }];
  }
  const field = fields.find((candidate) => candidate.column === change.column);
  if (!field || field.isReadOnly) return [];
  const shown = (value: ShownField['from']) =>
    field.target && typeof value === 'string' ? (names.get(value) ?? null) : value;
  return [{ field: field.key, from: shown(change.from), to: shown(change.to) }];
}

/** As `satchel.encrypt_pii_text()` writes a personal value, which is shown on the record alone. */
const sealed = /^pgp:[0-9A-Za-z+/=]{40,}$/u;

function withoutSealed(value: ShownField['from']): ShownField['from'] {
  return typeof value === 'string' && sealed.test(value) ? { locked: 'list' } : value;
}

/** The names of everything that a changed reference pointed at, by id. */
async function referencedNames(
  tx: Tx,
  identity: Identity,
  fields: readonly FieldDefinition[],
  groups: readonly ChangeGroup[],
): Promise<Map<string, string>> {
  const ids = new Map<ReferenceTarget, Set<string>>();
  for (const change of groups.flatMap((group) => group.fields)) {
    const target = fields.find((field) => field.column === change.column)?.target;
    if (!target) continue;
    const known = ids.get(target) ?? new Set<string>();
    for (const value of [change.from, change.to]) if (typeof value === 'string') known.add(value);
    ids.set(target, known);
  }
  const names = new Map<string, string>();
  for (const [target, wanted] of ids) {
    const rows = await queryRows(
      tx,
      returning({ id: uuid, name: text }),
      sql`
        SELECT t.id, ${referenceName(target, 't')} AS name
        FROM ${sql.identifier(target)} t
        WHERE t.workspace_id = ${identity.workspaceId}::uuid AND t.id = ANY(${list([...wanted])}::uuid[])`,
    );
    for (const row of rows) names.set(row.id, row.name);
  }
  return names;
}
