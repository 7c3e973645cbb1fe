import type { Page } from '@playwright/test';
import { expect, openAt, test } from './fixtures.ts';

async function openFirst(page: Page, origin: string, place: string): Promise<void> {
  await openAt(page, origin, place);
  await page.locator('[id="cell-0-0"] a').click();
  await page.getByRole('complementary', { name: 'Details' }).waitFor();
}

test('a field is edited in place, Tab goes on, and the toast takes it back', async ({ demo, demoApp }) => {
  await openFirst(demo, demoApp.app.origin, '/accounts');
  const industry = demo.locator('[data-field="industry"]');
  const before = await industry.getByRole('button').innerText();
  await industry.getByRole('button').click();
  await industry.getByRole('textbox').fill('Optics');
  await demo.keyboard.press('Enter');
  await expect(industry.getByRole('button')).toHaveText('Optics');
  await expect(industry.getByRole('button')).toBeFocused();
  await demo.getByRole('button', { name: 'Undo' }).click();
  await expect(industry.getByRole('button')).toHaveText(before);
});

test('a call is logged from the keyboard, and its draft outlives a reload', async ({ demo, demoApp }) => {
  await openFirst(demo, demoApp.app.origin, '/accounts');
  await demo.keyboard.press('l');
  await demo.getByRole('textbox', { name: 'Subject' }).fill('Renewal of the optics contract');
  await demo.reload();
  await expect(demo.getByRole('textbox', { name: 'Subject' })).toHaveValue('Renewal of the optics contract');
  await demo.getByRole('textbox', { name: 'Subject' }).press('Control+Enter');
  const entry = demo.getByRole('article').filter({ hasText: 'Renewal of the optics contract' });
  await expect(entry).toBeVisible();
  await demo.getByRole('button', { name: 'Undo' }).click();
  await expect(entry).toBeHidden();
});
