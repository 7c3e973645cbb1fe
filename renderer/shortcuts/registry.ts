/**
 * Every shortcut of the app: the one list behind the handlers, the sheet on `?`, the hints in the palette and in
 * tooltips. What a shortcut is called is the text `shortcuts.names.<id>`.
 */
/** In the order of the sheet, whose two columns they fill evenly. */
export const shortcutGroups = ['general', 'list', 'navigation', 'record'] as const;
type ShortcutGroup = (typeof shortcutGroups)[number];

export interface Shortcut {
  readonly id: string;
  readonly group: ShortcutGroup;
  /** The first is the one that hints show. */
  readonly keys: readonly [string, ...string[]];
  /** Also while typing in a field. */
  readonly worksInFields?: boolean;
}

export const shortcuts = [
  { id: 'palette', group: 'general', keys: ['mod+k'], worksInFields: true },
  { id: 'sheet', group: 'general', keys: ['?'] },
  { id: 'undo', group: 'general', keys: ['mod+z'] },
  { id: 'create', group: 'general', keys: ['c'] },
  { id: 'search', group: 'general', keys: ['/'] },
  { id: 'toggleSidebar', group: 'general', keys: ['['] },
  { id: 'goAccounts', group: 'navigation', keys: ['g a'] },
  { id: 'goContacts', group: 'navigation', keys: ['g c'] },
  { id: 'goOpportunities', group: 'navigation', keys: ['g o'] },
  { id: 'goProducts', group: 'navigation', keys: ['g p'] },
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
] as const satisfies readonly Shortcut[];

export type ShortcutId = (typeof shortcuts)[number]['id'];

export function shortcutOf(id: ShortcutId): Shortcut {
  const shortcut = shortcuts.find((candidate) => candidate.id === id);
  if (!shortcut) throw new Error(`There is no shortcut ${id}.`);
  return shortcut;
}

/** The keys a hint shows. */
export function keysOf(id: ShortcutId): string {
  return shortcutOf(id).keys[0];
}
