import { useEffect } from 'react';

/** Text that is cut short stands at most this far above what the pointer meets. */
const levels = 4;

/** Whether an element ends its text in dots, on one line or after several. */
function isCut(element: HTMLElement): boolean {
  const style = getComputedStyle(element);
  if (style.textOverflow === 'ellipsis') return element.scrollWidth > element.clientWidth;
  const isClamped = style.webkitLineClamp !== 'none' && style.webkitLineClamp !== '';
  return isClamped && element.scrollHeight > element.clientHeight + 1;
}

function cutTextAt(target: EventTarget | null): HTMLElement | null {
  let element = target instanceof HTMLElement ? target : null;
  for (let level = 0; element && level < levels; level += 1) {
    // What has a title of its own says more than its text.
    if (element.title !== '') return null;
    if (isCut(element)) return element;
    element = element.parentElement;
  }
  return null;
}

/**
 * Pointing at text that is cut short shows the whole of it. One listener for the page: a title on every cell of a long
 * list would be made thousands of times and read a few.
 */
export function useWholeTextOnHover(): void {
  useEffect(() => {
    let titled: HTMLElement | null = null;
    const onOver = ({ target }: Event) => {
      if (titled && target instanceof Node && titled.contains(target)) return;
      titled?.removeAttribute('title');
      titled = cutTextAt(target);
      if (titled) titled.title = titled.innerText;
    };
    document.addEventListener('pointerover', onOver);
    return () => {
      document.removeEventListener('pointerover', onOver);
      titled?.removeAttribute('title');
    };
  }, []);
}
