import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { startApp } from '../support/app.ts';
import { expect, nameWorkspace, test, watch } from './fixtures.ts';
import { smallImport } from './screens.ts';

const realFiles = path.resolve('../shared/data/crm-sales-opportunities');

/** An empty workspace at its import screen. */
async function onImportScreen(page: Page, run: () => Promise<void>): Promise<void> {
  const app = await startApp();
  const check = watch(page);
  try {
    await page.goto(app.address);
    await nameWorkspace(page);
    await page.getByRole('button', { name: /Import my/ }).click();
    await page.getByRole('heading', { name: 'Drop CSV files here' }).waitFor();
    await run();
    check();
  } finally {
    await app.stop();
  }
}

const outcome = (page: Page, object: string, name: string) =>
  page.locator(`[data-report] [data-object="${object}"] [data-outcome="${name}"]`);

test('two linked files with an ambiguous date: asked, tried, imported and taken back', async ({ page }) => {
  await onImportScreen(page, async () => {
    await page.locator('input[type="file"]').setInputFiles(smallImport);
    const question = page.locator('[data-question="date_order"]');
    await expect(question).toBeVisible({ timeout: 60_000 });
    await expect(page.getByRole('button', { name: 'Import', exact: true })).toBeDisabled();
    await question.getByRole('button', { name: /Day, month, year/ }).click();
    await expect(question).toBeHidden();

    await page.getByRole('button', { name: 'Try without saving' }).click();
    await expect(page.getByRole('heading', { name: 'This is what would happen' })).toBeVisible({
      timeout: 60_000,
    });
    await expect(outcome(page, 'opportunities', 'created')).toHaveText('2');
    await expect(outcome(page, 'opportunities', 'failed')).toHaveText('1');

    await page.getByRole('button', { name: 'Import now' }).click();
    await expect(page.locator('[data-report="import"]')).toBeVisible({ timeout: 60_000 });
    await expect(outcome(page, 'accounts', 'created')).toHaveText('2');
    await expect(outcome(page, 'opportunities', 'created')).toHaveText('2');

    await page.getByRole('button', { name: 'Import more' }).click();
    await page.getByRole('button', { name: 'Take back' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Take it back' }).click();
    await expect(page.locator('[data-report="revert"]')).toContainText('4 records removed', {
      timeout: 60_000,
    });
  });
});

test('the files of a real sales team', async ({ page }) => {
  test.skip(!existsSync(realFiles), 'needs ../shared/data/crm-sales-opportunities');
  test.setTimeout(300_000);
  await onImportScreen(page, async () => {
    const names = ['sales_pipeline', 'accounts', 'data_dictionary', 'products', 'sales_teams'];
    await page
      .locator('input[type="file"]')
      .setInputFiles(names.map((name) => path.join(realFiles, `${name}.csv`)));
    await expect(page.getByText('GTX Pro', { exact: true })).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText('1,480 rows')).toBeVisible();
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await expect(page.locator('[data-report="import"]')).toBeVisible({ timeout: 240_000 });
    await expect(outcome(page, 'accounts', 'created')).toHaveText('85');
    await expect(outcome(page, 'products', 'created')).toHaveText('7');
    await expect(outcome(page, 'people', 'created')).toHaveText('35');
    await expect(outcome(page, 'opportunities', 'created')).toHaveText('7,375');
    await expect(outcome(page, 'opportunities', 'failed')).toHaveText('1,425');

    await page.getByRole('button', { name: 'Show Opportunities' }).click();
    await page.getByRole('button', { name: 'Board', exact: true }).click();
    const won = page.locator('[data-stage="closed_won"]');
    await expect(won.getByRole('heading')).toContainText('4,238');
    await expect(won.locator('p[title]').first()).toHaveAttribute('title', /10,005,534/);
  });
});
