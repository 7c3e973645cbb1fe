import { isShortcut } from '../shortcuts/use-shortcut.ts';

/** What a key asks of the grid. */
export type GridCommand =
  | { do: 'move'; rows: number; columns: number; extend: boolean }
  | { do: 'first' | 'last' | 'pageDown' | 'pageUp' }
  | { do: 'open' | 'edit' | 'toggle' | 'all' | 'clear' | 'trash' };

type Keys = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

const move = (rows: number, columns: number, extend = false): GridCommand => ({
  do: 'move',
  rows,
  columns,
  extend,
});

/** The command of a key pressed on the grid, by the shortcut registry; undefined for keys that are not its. */
export function gridCommand(event: Keys): GridCommand | undefined {
  if (isShortcut(event, 'listDown')) return move(1, 0);
  if (isShortcut(event, 'listUp')) return move(-1, 0);
  if (isShortcut(event, 'listSelectDown')) return move(1, 0, true);
  if (isShortcut(event, 'listSelectUp')) return move(-1, 0, true);
  if (isShortcut(event, 'listOpen')) return { do: 'open' };
  if (isShortcut(event, 'listEdit')) return { do: 'edit' };
  if (isShortcut(event, 'listSelect')) return { do: 'toggle' };
  if (isShortcut(event, 'listSelectAll')) return { do: 'all' };
  if (isShortcut(event, 'listClear')) return { do: 'clear' };
  if (isShortcut(event, 'listFirst')) return { do: 'first' };
  if (isShortcut(event, 'listLast')) return { do: 'last' };
  if (isShortcut(event, 'trash')) return { do: 'trash' };
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  switch (event.key) {
    case 'ArrowLeft':
      return move(0, -1);
    case 'ArrowRight':
      return move(0, 1);
    case 'PageDown':
      return { do: 'pageDown' };
    case 'PageUp':
      return { do: 'pageUp' };
    default:
      return undefined;
  }
}
