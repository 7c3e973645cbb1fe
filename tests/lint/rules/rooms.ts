/**
 * Inside a layer the rooms stand above one another: a file imports from its own room and from the floors below, never
 * from a room beside it nor from above.
 */
import { isIn, isTest, layerOf, resolveImport } from './paths.ts';

/**
 * By layer the floors, the lowest first. A room is a folder or a file; `objects/*` stands for each folder in `objects` as a
 * room of its own. A file belongs to the longest name that fits it.
 */
export const FLOORS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  shared: [
    ['enums.ts', 'ids.ts', 'message.ts', 'runtime.ts', 'time-zones.ts'],
    ['errors.ts', 'text', 'values.ts'],
    ['objects'],
    ['contract'],
  ],
  db: [['row.ts'], ['sql.ts', 'schema', 'text', 'engine'], ['migrate'], ['template'], ['start']],
  core: [
    // What needs nothing of the others; and what the worker says to its host and the host to its worker.
    ['event-stream.ts', 'platform/ports.ts', 'slice-size.ts'],
    ['platform/worker/messages.ts'],
    ['context.ts'],
    ['log.ts', 'platform'],
    ['procedures.ts'],
    ['data'],
    ['history'],
    ['records'],
    ['objects/import-module.ts'],
    ['objects/word-choices.ts'],
    ['objects/*'],
    ['objects'],
    [
      'custom-fields',
      'demo',
      'events',
      'jobs',
      'pipeline',
      'reports',
      'search',
      'storage',
      'timeline',
      'uploads',
      'views',
    ],
    ['import', 'workspace'],
    ['services.ts'],
    ['application.ts', 'router.ts'],
    ['platform/worker'],
    // The contract for a program that opens the application in its own process.
    ['client.ts'],
  ],
  renderer: [
    ['csp', 'format', 'styles.css', 'vite.config.ts', 'zod-without-eval.ts'],
    ['i18n'],
    ['appearance', 'client', 'components'],
    // What an object's module says. Screens ask it by this; the modules stand above the screens that they name.
    ['objects/define.ts'],
    ['objects/relations.ts', 'pipeline', 'shortcuts'],
    ['fields', 'navigation'],
    ['edits'],
    ['activities', 'grid'],
    [
      'board',
      'create',
      'first-run',
      'import',
      'lists',
      'palette',
      'record-page',
      'recovery',
      'settings',
      'trash',
    ],
    ['objects'],
    // Around each screen: what opens over it belongs to it.
    ['frame'],
    ['routes'],
    ['app.tsx'],
    ['main.tsx'],
  ],
};

/** Imports that the floors forbid, by name, each for its reason. A test asks that each is still there. */
export const EXCEPTIONS = [
  {
    from: 'db/row.ts',
    to: 'db/schema/schema.ts',
    reason:
      'The schema types the rows that the engine returns, which itself knows no table; only its type is needed.',
  },
  {
    from: 'core/procedures.ts',
    to: 'core/services.ts',
    reason: 'The context of a call carries the services of the workspace; only their type is needed.',
  },
  {
    from: 'core/objects/accounts',
    to: 'core/objects/opportunities/release-opportunities.ts',
    reason: 'An account that goes lets its opportunities go.',
  },
  {
    from: 'core/objects/contacts',
    to: 'core/objects/opportunities/release-opportunities.ts',
    reason: 'A contact that goes lets its opportunities go.',
  },
];

/** Why the import is not allowed. */
export function roomViolation(file: string, specifier: string): string | undefined {
  const layer = layerOf(file);
  const target = resolveImport(file, specifier);
  if (!(layer in FLOORS) || target === undefined || layerOf(target) !== layer) return undefined;
  if (isTest(file)) return undefined;
  const here = placeOf(file);
  const there = placeOf(target);
  if (!here || !there) {
    return `${here ? target : file} is in no room: give it a floor in tests/lint/rules/rooms.ts.`;
  }
  if (here.room === there.room || there.floor < here.floor) return undefined;
  if (EXCEPTIONS.some(({ from, to }) => isIn(file, from) && isIn(target, to))) return undefined;
  const relation = there.floor === here.floor ? 'beside' : 'above';
  return `${here.room} may not import ${there.room}, which stands ${relation} it (tests/lint/rules/rooms.ts): move what both need below both.`;
}

interface Place {
  readonly room: string;
  readonly floor: number;
}

/** The room that a file is in, by its path from the root, and the number of its floor. */
function placeOf(file: string): Place | undefined {
  const layer = layerOf(file);
  let place: Place | undefined;
  for (const [floor, names] of (FLOORS[layer] ?? []).entries()) {
    for (const name of names) {
      const room = roomNamed(`${layer}/${name}`, file);
      if (room !== undefined && room.length > (place?.room.length ?? 0)) place = { room, floor };
    }
  }
  return place;
}

function roomNamed(name: string, file: string): string | undefined {
  if (!name.endsWith('/*')) return isIn(file, name) ? name : undefined;
  const parent = name.slice(0, -1);
  const slash = file.indexOf('/', parent.length);
  return file.startsWith(parent) && slash > 0 ? file.slice(0, slash) : undefined;
}
