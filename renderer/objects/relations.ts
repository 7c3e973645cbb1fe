import type { ListScope, Sort } from '#shared/contract/list.ts';
import { fieldsOf, type ObjectName, objectNames } from '#shared/objects/objects.ts';
import { type AnyRecord, titleOf, valueOf } from '../client/record-client.ts';
import type { ScreenObjects, Tab, TabPart } from './define.ts';

/** What of a record its relations follow from, beside the values of its fields. */
type RelatedRecord = Pick<AnyRecord, 'id' | 'customFields'>;

/** A record that is known by name. */
export interface NamedRecord {
  readonly id: string;
  readonly name: string;
}

/** Records of one object that belong to the record of a page. */
export interface Relation {
  /** Different from those of the page's other relations. */
  readonly key: string;
  /** Where its texts are: the label of the tab, and `title` and `text` of an empty one. */
  readonly texts: string;
  readonly place: number;
  readonly object: ObjectName;
  /** The field of the related records that names the target: linking and taking off sets it. */
  readonly field: string;
  readonly displayKey: string;
  /** What that field holds; null where the page's record names nothing yet. */
  readonly target: NamedRecord | null;
  readonly columns: readonly string[];
  readonly sort: readonly Sort[];
  readonly parts: readonly TabPart[];
  readonly isSuggested: boolean;
  /** The field of the page's record that may name one of them. */
  readonly primary: {
    readonly object: ObjectName;
    readonly field: string;
    readonly displayKey: string;
  } | null;
}

/** The relations that a record's page shows, in the order of their tabs: each declared by an object that refers. */
export function relationsOf(
  screens: ScreenObjects,
  object: ObjectName,
  record: RelatedRecord,
): readonly Relation[] {
  const self = { id: record.id, name: titleOf(object, record) };
  const referring = objectNames.flatMap((name) =>
    fieldsOf(name).flatMap(({ key, target }) => {
      const tab = screens[name].shownOn[key];
      return tab && target === object ? [relation(name, key, tab, self)] : [];
    }),
  );
  const through = screens[object].tabsThrough.flatMap((tab) => {
    const like = screens[tab.object].shownOn[tab.field];
    if (!like) return [];
    return [
      {
        ...relation(tab.object, tab.field, like, namedBy(object, record, tab.through)),
        key: `${tab.object}.${tab.field}.${tab.through}`,
        texts: `objects.${object}.tabs.${tab.name}`,
        place: tab.place,
        isSuggested: tab.isSuggested ?? false,
        primary: { object, field: tab.primary, displayKey: displayKeyOf(object, tab.primary) },
      },
    ];
  });
  return [...referring, ...through].sort((one, other) => one.place - other.place);
}

function relation(object: ObjectName, field: string, tab: Tab, target: NamedRecord | null): Relation {
  return {
    key: `${object}.${field}`,
    texts: `objects.${object}.tabs.${tab.name}`,
    place: tab.place,
    object,
    field,
    displayKey: displayKeyOf(object, field),
    target,
    columns: tab.columns,
    sort: tab.sort,
    parts: tab.parts ?? [],
    isSuggested: tab.isSuggested ?? false,
    primary: null,
  };
}

function displayKeyOf(object: ObjectName, key: string): string {
  return fieldsOf(object).find((field) => field.key === key)?.displayKey ?? key;
}

/** The record that a reference of a record names. */
export function namedBy(object: ObjectName, record: RelatedRecord, key: string): NamedRecord | null {
  const id = valueOf(record, key);
  const name = valueOf(record, displayKeyOf(object, key));
  return typeof id === 'string' ? { id, name: typeof name === 'string' ? name : '' } : null;
}

/** Which records a relation holds, as a list asks for them. */
export function scopeOf({ field }: Relation, targetId: string, part?: TabPart): ListScope {
  return {
    filter: {
      join: 'and',
      conditions: [{ field, operator: 'is', values: [targetId] }, ...(part ? [part.condition] : [])],
    },
  };
}
