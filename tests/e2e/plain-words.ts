import type { Page } from '@playwright/test';

/** Starts the interface in the pseudo-locale. */
export async function usePseudoLocale(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const appearance = { theme: 'system', language: 'en-XA', isSidebarCollapsed: false };
    localStorage.setItem('satchel-appearance', JSON.stringify({ state: appearance, version: 0 }));
  });
}

/**
 * Words in plain letters that a person could see or hear: text, and the attributes that are read out. Keys on caps
 * are the keyboard's own words; elements marked `data-content` hold the workspace's data.
 */
export function plainWords(): string[] {
  const isData = (element: Element | null) =>
    element !== null && element.closest('[data-content], kbd, script, style, code') !== null;
  const word = /[A-Za-z]{2,}/;
  const found: string[] = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const text = node.textContent?.trim() ?? '';
    // What is only read out may name a record or column: a bracketed text with the name inside.
    const isReadOut = Boolean(node.parentElement?.closest('[aria-live], .sr-only'));
    const isNamed = isReadOut && text.startsWith('[');
    if (word.test(text) && !isNamed && !isData(node.parentElement)) found.push(text);
  }
  for (const element of document.body.querySelectorAll('*')) {
    if (isData(element)) continue;
    for (const name of [
      'aria-label',
      'placeholder',
      'title',
      'alt',
      'aria-description',
      'aria-roledescription',
    ]) {
      const text = element.getAttribute(name) ?? '';
      // Names that hold a record's title are bracketed texts with the title inside.
      if (word.test(text) && !text.startsWith('[')) found.push(`${name}: ${text}`);
    }
  }
  return found;
}
