import { startApp } from '../support/app.ts';
import { expect, openAt, test } from './fixtures.ts';
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

test('what core says of an error is translated too', async ({ demo, demoApp, browser }) => {
  const { origin } = demoApp.app;
  const other = await browser.newContext({ storageState: demoApp.storageState });
  try {
    await openAt(demo, origin, '/contacts');
    const href = await demo.locator('[id="cell-0-0"] a').getAttribute('href');
    const place = (href ?? '').replace(/^.*#/, '');
    const reader = await other.newPage();
    await usePseudoLocale(reader);
    await openAt(reader, origin, place);
    const title = reader.locator('[data-field="jobTitle"]');
    await title.getByRole('button').click();
    // Meanwhile the record goes to the trash in another window, so that saving is refused by core.
    await demo.locator('[id="cell-0-0"]').click();
    await demo.keyboard.press('Delete');
    await demo.getByRole('button', { name: 'Undo', exact: true }).waitFor();
    await title.getByRole('textbox').fill('Optician');
    await reader.keyboard.press('Enter');
    const toast = reader.locator('[data-sonner-toast][data-type="error"]');
    await expect(toast).toContainText('[Ţĥîš [çöñţàçţ]');
    expect(await toast.innerText()).not.toMatch(/[A-Za-z]{2,}/);
    await demo.getByRole('button', { name: 'Undo', exact: true }).click();
  } finally {
    await other.close();
  }
});

test('a plain word would be found', async ({ page }) => {
  await page.setContent('<p>[Ñöþé]</p><p>Oops</p><b data-content>Acme</b><i aria-label="Bad"></i>');
  expect(await page.evaluate(plainWords)).toEqual(['Oops', 'aria-label: Bad']);
});
