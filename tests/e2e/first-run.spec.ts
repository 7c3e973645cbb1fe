import { type RunningApp, startApp } from '../support/app.ts';
import { expect, nameWorkspace, pressAtOnce, test, watch } from './fixtures.ts';

let app: RunningApp;
test.beforeEach(async () => {
  app = await startApp();
});
test.afterEach(async () => {
  await app.stop();
});

test('names the workspace, and starts empty', async ({ page }) => {
  const check = watch(page);
  await page.goto(app.address);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText('This is needed.')).toHaveCount(2);
  await nameWorkspace(page);
  await page.getByRole('button', { name: /Start empty/ }).click();

  // The first record, from the empty state.
  await expect(page.getByRole('heading', { name: 'No accounts yet' })).toBeVisible();
  await page.getByRole('button', { name: 'New account' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Create', exact: true }).click();
  await expect(page.getByText('This is needed.')).toBeVisible();
  await page.getByLabel('Name').fill('Nordlicht Optik GmbH');
  await page.getByRole('dialog').getByRole('button', { name: 'Create', exact: true }).click();
  await expect(page.getByRole('gridcell', { name: 'Nordlicht Optik GmbH', exact: true })).toBeVisible();

  // It is kept: a page opened anew shows it.
  await page.reload();
  await expect(page.getByRole('gridcell', { name: 'Nordlicht Optik GmbH', exact: true })).toBeVisible();
  await expect(page.getByText('Halvorsen Instruments')).toBeVisible();
  check();
});

test('fills the workspace with the example firm', async ({ page }) => {
  await page.goto(app.address);
  await nameWorkspace(page);
  await page.getByRole('button', { name: /Look around/ }).click();
  await expect(page.getByRole('progressbar')).toBeVisible();
  await page.getByRole('button', { name: 'Look while it fills' }).click();
  // Keys pressed before the frame stands would go nowhere.
  await page.getByRole('navigation', { name: 'Main navigation' }).waitFor();
  await pressAtOnce(page, 'g', 'c');
  await expect(page.getByTestId('row-count')).toHaveText('2,000');
});

test('says when the workspace cannot be reached', async ({ page }) => {
  await page.goto(app.address);
  await nameWorkspace(page);
  await page.getByRole('button', { name: /Start empty/ }).click();
  await expect(page.getByRole('heading', { name: 'No accounts yet' })).toBeVisible();
  await app.kill();
  await expect(page.getByText('Reconnecting to your workspace.', { exact: false })).toBeVisible();
});

test('a tab outlives a restart of Satchel', async ({ page }) => {
  await page.goto(app.address);
  await nameWorkspace(page);
  await page.getByRole('button', { name: /Start empty/ }).click();
  await expect(page.getByRole('heading', { name: 'No accounts yet' })).toBeVisible();
  await app.kill();
  app = await startApp(app);
  // The new process knows nobody yet: the tab says what to do, and goes on once its browser was let in again.
  await expect(page.getByRole('alert')).toContainText('Satchel was started again.');
  const fresh = await page.context().newPage();
  await fresh.goto(app.address);
  await expect(fresh.getByRole('heading', { name: 'No opportunities yet' })).toBeVisible();
  await expect(page.getByRole('alert')).toBeHidden();
  await page.getByRole('link', { name: 'Contacts', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'No contacts yet' })).toBeVisible();
});
