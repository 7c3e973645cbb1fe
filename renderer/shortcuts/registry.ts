import { type ObjectName, objectNames } from '#shared/objects/objects.ts';
import type { ScreenObjects } from '../objects/define.ts';

/** In the order of the sheet, whose two columns they fill evenly. */
export const shortcutGroups = ['general', 'list', 'navigation', 'record'] as const;
type ShortcutGroup = (typeof shortcutGroups)[number];

export interface Shortcut {
  readonly id: ShortcutId | GoShortcutId;
  /** The text key of what it is called. */
  readonly name: string;
  readonly group: ShortcutGroup;
  /** The first is the one that hints show. */
  readonly keys: readonly [string, ...string[]];
  /** Also while typing in a field. */
  readonly worksInFields?: boolean;
}

/** The shortcuts that are the same whatever objects there are; each is called `shortcuts.names.<id>`. */
const fixedShortcuts = [
  { id: 'palette', group: 'general', keys: ['mod+k'], worksInFields: true },
  { id: 'sheet', group: 'general', keys: ['?'] },
  { id: 'undo', group: 'general', keys: ['mod+z'] },
  { id: 'create', group: 'general', keys: ['c'] },
  { id: 'search', group: 'general', keys: ['/'] },
  { id: 'toggleSidebar', group: 'general', keys: ['['] },
  { id: 'goImport', group: 'navigation', keys: ['g i'] },
  { id: 'goTrash', group: 'navigation', keys: ['g t'] },
  { id: 'goSettings', group: 'navigation', keys: ['g s'] },
  { id: 'listDown', group: 'list', keys: ['j', 'arrowdown'] },
  { id: 'listUp', group: 'list', keys: ['k', 'arrowup'] },
  { id: 'listOpen', group: 'list', keys: ['enter'] },
  { id: 'listEdit', group: 'list', keys: ['f2'] },
  { id: 'listSelect', group: 'list', keys: ['x', 'space'] },
  { id: 'listSelectDown', group: 'list', keys: ['shift+arrowdown', 'shift+j'] },
  { id: 'listSelectUp', group: 'list', keys: ['shift+arrowup', 'shift+k'] },
  { id: 'listSelectAll', group: 'list', keys: ['mod+a'] },
  { id: 'listFirst', group: 'list', keys: ['home', 'mod+home'] },
  { id: 'listLast', group: 'list', keys: ['end', 'mod+end'] },
  { id: 'listClear', group: 'list', keys: ['escape'] },
  { id: 'listFilter', group: 'list', keys: ['f'] },
  { id: 'trash', group: 'list', keys: ['delete'] },
  { id: 'composeCall', group: 'record', keys: ['l'] },
  { id: 'composeMeeting', group: 'record', keys: ['m'] },
  { id: 'composeEmail', group: 'record', keys: ['e'] },
  { id: 'composeNote', group: 'record', keys: ['n'] },
  { id: 'composerSave', group: 'record', keys: ['mod+enter'], worksInFields: true },
  { id: 'recordTab', group: 'record', keys: ['1', '2', '3', '4'] },
  { id: 'timelineFilter', group: 'record', keys: ['t'] },
  { id: 'recordNext', group: 'record', keys: ['j'] },
  { id: 'recordPrevious', group: 'record', keys: ['k'] },
  { id: 'recordBack', group: 'record', keys: ['escape'] },
] as const satisfies readonly (Omit<Shortcut, 'id' | 'name'> & { id: string })[];

export type ShortcutId = (typeof fixedShortcuts)[number]['id'];
/** The way to an object's list, whose keys the object says. */
export type GoShortcutId = `go:${ObjectName}`;

/**
 * Every shortcut of the app: the one list behind the handlers, the sheet on `?`, the hints in the palette and in
 * tooltips.
 */
export function shortcutsWith(objects: ScreenObjects): readonly Shortcut[] {
  const lists = objectNames.map(
    (name): Shortcut => ({
      id: `go:${name}`,
      name: `objects.${name}.many`,
      group: 'navigation',
      keys: [objects[name].shortcut],
    }),
  );
  const fixed = fixedShortcuts.map(
    (shortcut): Shortcut => ({ ...shortcut, name: `shortcuts.names.${shortcut.id}` }),
  );
  return [...lists, ...fixed];
}

/** All keys of a shortcut that is the same whatever objects there are. */
export function allKeysOf(id: ShortcutId): Shortcut['keys'] {
  const shortcut = fixedShortcuts.find((candidate) => candidate.id === id);
  if (!shortcut) throw new Error(`There is no shortcut ${id}.`);
  return shortcut.keys;
}

/** The keys a hint shows. */
export function keysOf(id: ShortcutId): string {
  return allKeysOf(id)[0];
}
