import { startApp } from '../support/app.ts';
import { expect, test } from './fixtures.ts';
import { plainWords, usePseudoLocale } from './plain-words.ts';

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
