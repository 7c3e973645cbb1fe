import {
  definitionOf,
  fieldsOf,
  linkedObjects,
  type ObjectName,
  objectNames,
} from '#shared/objects/objects.ts';

/** The ids of the rows of a table that changed, or that they are too many to name. */
type ChangedIds = ReadonlySet<string> | 'all';

type KeyPrefix = readonly string[];

/** What shows rows of the tables that are no object. */
const ownPlaces: Readonly<Record<string, readonly KeyPrefix[]>> = {
  activities: [['timeline']],
  // The history of fields is written with the change set it belongs to.
  change_sets: [['history'], ['timeline']],
  custom_field_definitions: [['customFields']],
  import_batches: [['imports']],
  pipeline_stages: [['pipeline']],
  pipelines: [['pipeline']],
  // Who sees which records follows from roles and teams.
  role_permissions: [['workspace'], ['records'], ['pipeline'], ['timeline'], ['search']],
  roles: [['workspace']],
  saved_views: [['views']],
  settings: [['workspace']],
  teams: [['workspace'], ['records'], ['pipeline'], ['timeline'], ['search']],
  user_roles: [['workspace'], ['records'], ['pipeline'], ['timeline'], ['search']],
  users: [['workspace'], ['records'], ['pipeline'], ['timeline'], ['history']],
  // Its currency is that of amounts which name none, its time zone that of the days in filters.
  workspaces: [['workspace'], ['records'], ['pipeline']],
};

/** An object's records show the names of what they refer to. */
function placesOf(object: ObjectName): KeyPrefix[] {
  const showing = objectNames.filter(
    (name) => name !== object && fieldsOf(name).some(({ target }) => target === object),
  );
  return [
    ...showing.map((name) => ['records', name]),
    ['pipeline'],
    ...(linkedObjects.includes(object) || showing.length > 0 ? [['timeline']] : []),
    ['search'],
  ];
}

/** Objects whose records show the names of others of their kind, such as the account that one belongs to. */
const refersToItself: ReadonlySet<string> = new Set(
  objectNames.filter((name) => fieldsOf(name).some(({ target }) => target === name)),
);

/** First words of the query keys that show rows of a table, beside the records of the table itself. */
const shownBy: ReadonlyMap<string, readonly KeyPrefix[]> = new Map([
  ...Object.entries(ownPlaces),
  ...linkedObjects.map((object) => [`activity_${object}`, [['timeline']]] as const),
  ...objectNames.map((object) => [object, placesOf(object)] as const),
  // A record's page shows its children.
  ...objectNames.flatMap((object) =>
    Object.values(definitionOf(object).children).map(({ table }) => [table, [['records', object]]] as const),
  ),
]);

/** The tables whose changes refresh something. */
export const shownTables: readonly string[] = [...shownBy.keys()];

/** Whether an answer shows rows of a table that changed. Of single records only those that are named. */
export function showsChange(queryKey: readonly unknown[], table: string, ids: ChangedIds): boolean {
  const [first, object, kind, id] = queryKey;
  if (first === 'records' && object === table) {
    return (
      kind !== 'get' || ids === 'all' || typeof id !== 'string' || ids.has(id) || refersToItself.has(table)
    );
  }
  return (shownBy.get(table) ?? []).some((prefix) => prefix.every((word, index) => queryKey[index] === word));
}
