import { startApp } from '../support/app.ts';
import { lackOfContrast, violations } from './axe.ts';
import { expect, nameWorkspace, test } from './fixtures.ts';

test('the first run meets WCAG AA', async ({ page }) => {
  const app = await startApp();
  try {
    await page.goto(app.address);
    await page.getByLabel('Workspace name').waitFor();
    expect(await violations(page)).toEqual([]);
    await nameWorkspace(page);
    await page.getByRole('button', { name: /Start empty/ }).waitFor();
    expect(await violations(page)).toEqual([]);
  } finally {
    await app.stop();
  }
});

test('what breaks it would be found', async ({ page }) => {
  await page.setContent('<main><input><p style="color: #bbb; background: #fff">Pale</p></main>');
  expect((await violations(page)).join()).toMatch(/<input>/);
  expect((await lackOfContrast(page)).join()).toMatch(/^color-contrast: .*>Pale</s);
});
