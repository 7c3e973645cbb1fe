/**
 * The form of keys: chords joined by spaces (`g a`: g, then a), a chord's keys by `+` (`mod+shift+z`). `mod` is
 * Command on a Mac and Ctrl elsewhere. Letters are what is typed, so `?` needs no shift.
 */
const isMac = typeof navigator !== 'undefined' && /mac/i.test(navigator.userAgent);

const names: Readonly<Record<string, string>> = {
  mod: isMac ? '⌘' : 'Ctrl',
  shift: '⇧',
  alt: isMac ? '⌥' : 'Alt',
  enter: '↵',
  escape: 'Esc',
  space: '␣',
  delete: 'Del',
  arrowdown: '↓',
  arrowup: '↑',
  arrowleft: '←',
  arrowright: '→',
  home: 'Home',
  end: 'End',
  pagedown: 'PgDn',
  pageup: 'PgUp',
  f2: 'F2',
};

/** What to print on the caps, chord by chord. */
export function displayKeys(keys: string): string[][] {
  return keys
    .split(' ')
    .map((chord) =>
      chord.split('+').map((key) => names[key] ?? (key.length === 1 ? key.toUpperCase() : key)),
    );
}

/** The chord of a keyboard event, in the registry's form. */
export function chordOf(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
): string {
  const key = event.key === ' ' ? 'space' : event.key.toLowerCase();
  const isSymbol = key.length === 1 && !/[\p{L}\p{N}]/u.test(key);
  return [
    (isMac ? event.metaKey : event.ctrlKey) && 'mod',
    event.altKey && 'alt',
    event.shiftKey && !isSymbol && 'shift',
    key,
  ]
    .filter((part) => typeof part === 'string')
    .join('+');
}
