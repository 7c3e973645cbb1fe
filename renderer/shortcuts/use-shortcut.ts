import { useLayoutEffect, useRef } from 'react';
import { chordOf } from '../components/keys.ts';
import { allKeysOf, type Shortcut, type ShortcutId } from './registry.ts';

type Handler = (event: KeyboardEvent) => void;

/** The newest handler of a shortcut wins: the list's Escape before the frame's. */
const handlers = new Map<string, Handler[]>();
const sequenceMilliseconds = 1_200;
/** A chord that may begin a sequence, and when it was pressed: a screen that is slow to answer is no slow typist. */
let pending = { chord: '', at: 0 };

/**
 * Runs `handler` on the shortcut's keys for as long as the component shows and `isEnabled`: from the same moment, since
 * a passive effect would run later than the screen is seen, and a key pressed between the two would be lost.
 */
export function useShortcut(id: Shortcut['id'], handler: Handler, isEnabled = true): void {
  const latest = useRef(handler);
  useLayoutEffect(() => {
    latest.current = handler;
  });
  useLayoutEffect(() => {
    if (!isEnabled) return undefined;
    const run: Handler = (event) => latest.current(event);
    handlers.set(id, [...(handlers.get(id) ?? []), run]);
    return () => {
      handlers.set(
        id,
        (handlers.get(id) ?? []).filter((other) => other !== run),
      );
    };
  }, [id, isEnabled]);
}

/** Whether an event is the keys of a shortcut, for a widget with its own key handling (a grid). */
export function isShortcut(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
  id: ShortcutId,
): boolean {
  return allKeysOf(id).includes(chordOf(event));
}

/** Listens once for the whole page. Returns how to stop. */
export function startShortcuts(all: readonly Shortcut[]): () => void {
  const listen = (event: KeyboardEvent) => onKeyDown(all, event);
  window.addEventListener('keydown', listen);
  return () => window.removeEventListener('keydown', listen);
}

function onKeyDown(all: readonly Shortcut[], event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || ['Control', 'Meta', 'Shift', 'Alt'].includes(event.key))
    return;
  const chord = chordOf(event);
  const sequence =
    pending.chord && event.timeStamp - pending.at < sequenceMilliseconds ? `${pending.chord} ${chord}` : '';
  pending = { chord: '', at: 0 };

  // Keys mean what the screen that shows makes of them: `j` is the next row in a list, the next record on a page.
  const isHandled = ({ id }: Shortcut) => (handlers.get(id)?.length ?? 0) > 0;
  const shortcut =
    all.find((known) => sequence !== '' && known.keys.includes(sequence) && isHandled(known)) ??
    all.find((known) => known.keys.includes(chord) && isHandled(known));
  if (shortcut) {
    if (!shortcut.worksInFields && isTakenByWidget(event.target)) return;
    const handler = handlers.get(shortcut.id)?.at(-1);
    if (!handler) return;
    event.preventDefault();
    handler(event);
    return;
  }
  if (
    !isTakenByWidget(event.target) &&
    all.some(({ keys }) => keys.some((known) => known.startsWith(`${chord} `)))
  ) {
    pending = { chord, at: event.timeStamp };
  }
}

/** Keys typed into a field, or while a dialog or menu is open, belong to it. */
function isTakenByWidget(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest('input, textarea, select, [contenteditable="true"], [role="dialog"], [role="menu"]')) {
    return !(target instanceof HTMLInputElement && target.type === 'checkbox');
  }
  return false;
}
