import type { Page } from '@playwright/test';
import { startApp } from '../support/app.ts';
import { expect, test } from './fixtures.ts';
import { screenStates } from './screens.ts';

/** Starts the interface in the pseudo-locale. */
async function usePseudoLocale(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const appearance = { theme: 'system', language: 'en-XA', isSidebarCollapsed: false };
    localStorage.setItem('satchel-appearance', JSON.stringify({ state: appearance, version: 0 }));
  });
}

/**
 * Words in plain letters that a person could see or hear: text, and the attributes that are read out. Keys on caps
 * are the keyboard's own words; elements marked `data-content` hold the workspace's data.
 */
function plainWords(): string[] {
  const isData = (element: Element | null) =>
    element !== null && element.closest('[data-content], kbd, script, style, code') !== null;
  const word = /[A-Za-z]{2,}/;
  const found: string[] = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const text = node.textContent?.trim() ?? '';
    if (word.test(text) && !isData(node.parentElement)) found.push(text);
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

for (const { name, place, prepare } of screenStates) {
  test(`${name} has no hard-coded word`, async ({ demo, demoApp }) => {
    await usePseudoLocale(demo);
    await demo.goto(`${demoApp.app.origin}/#${place}`);
    await demo.getByRole('navigation').waitFor();
    await prepare?.(demo);
    await expect(demo.locator('nav')).toContainText('[');
    expect(await demo.evaluate(plainWords)).toEqual([]);
  });
}

test('the first run has no hard-coded word', async ({ page }) => {
  const app = await startApp();
  try {
    await usePseudoLocale(page);
    await page.goto(app.address);
    await page.locator('form').waitFor();
    expect(await page.evaluate(plainWords)).toEqual([]);
    const boxes = page.getByRole('textbox');
    await boxes.nth(0).fill('Halvorsen');
    await boxes.nth(1).fill('Ines');
    await page.keyboard.press('Enter');
    await page.getByRole('listitem').first().waitFor();
    expect(await page.evaluate(plainWords)).toEqual([]);
  } finally {
    await app.stop();
  }
});

test('a plain word would be found', async ({ page }) => {
  await page.setContent('<p>[Ñöþé]</p><p>Oops</p><b data-content>Acme</b><i aria-label="Bad"></i>');
  expect(await page.evaluate(plainWords)).toEqual(['Oops', 'aria-label: Bad']);
});
