import { useState } from 'react';

/** What had the focus below all dialogs: where it goes when a dialog was opened by another one, or by a menu. */
let below: HTMLElement | null = null;

/**
 * Gives the focus back when a dialog closes: to what had it when the dialog opened, so that the next key goes on from
 * there. The dialogs are opened by keys as much as by buttons, and the library only knows of buttons. To be used by what
 * is drawn only while the dialog is open.
 *
 * @returns for `onCloseAutoFocus`
 */
export function useReturningFocus(): (event: Event) => void {
  const [opener] = useState(() => {
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    if (!focused?.closest('[role="dialog"], [role="menu"]')) below = focused;
    return focused;
  });
  return (event) => {
    event.preventDefault();
    // Whoever went on to something else meanwhile stays there.
    if (document.activeElement !== document.body) return;
    const place = [opener, below].find((element) => element?.isConnected && element !== document.body);
    // Where both are gone, e.g. the bar of rows that were chosen: the list itself, or else the screen.
    const target = place ?? document.querySelector<HTMLElement>('main [role="grid"], main');
    target?.focus({ preventScroll: true });
  };
}
