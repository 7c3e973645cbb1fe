import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { type RunningApp, startApp } from '../support/app.ts';
import { expect, longWork, nameWorkspace, test, watch } from './fixtures.ts';
import { smallImport } from './screens.ts';

const realFiles = path.resolve('../shared/data/crm-sales-opportunities');

/** An empty workspace at its import screen. */
async function onImportScreen(page: Page, run: (app: RunningApp) => Promise<void>): Promise<void> {
  const app = await startApp();
  const check = watch(page);
  try {
    await page.goto(app.address);
    await nameWorkspace(page);
    await page.getByRole('button', { name: /Import my/ }).click();
    await page.getByRole('heading', { name: 'Drop CSV files here' }).waitFor();
    await run(app);
    check();
  } finally {
    await app.stop();
  }
}

const csv = (name: string, ...lines: string[]) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(lines.join('\n')),
});

const choose = (page: Page, files: ReturnType<typeof csv>[] | string[]) =>
  page.locator('input[type="file"]').setInputFiles(files);

const startImport = (page: Page) => page.getByRole('button', { name: 'Import', exact: true }).click();

const reportOf = (page: Page) => page.locator('[data-report="import"]');

const outcome = (page: Page, object: string, name: string) =>
  page.locator(`[data-report] [data-object="${object}"] [data-outcome="${name}"]`);

test('two linked files with an ambiguous date: asked, tried, imported and taken back', async ({ page }) => {
  await onImportScreen(page, async () => {
    await choose(page, smallImport);
    const question = page.locator('[data-question="date_order"]');
    await expect(question).toBeVisible();
    await expect(page.getByRole('button', { name: 'Import', exact: true })).toBeDisabled();
    await question.getByRole('button', { name: /Day, month, year/ }).click();
    await expect(question).toBeHidden();
    // What was decided outlives a reload.
    await page.reload();
    await expect(page.getByRole('button', { name: 'Import', exact: true })).toBeEnabled();
    await expect(question).toBeHidden();

    await page.getByRole('button', { name: 'Try without saving' }).click();
    await expect(page.getByRole('heading', { name: 'This is what would happen' })).toBeVisible();
    await expect(outcome(page, 'opportunities', 'created')).toHaveText('2');
    await expect(outcome(page, 'opportunities', 'failed')).toHaveText('1');

    await page.getByRole('button', { name: 'Import now' }).click();
    await expect(page.locator('[data-report="import"]')).toBeVisible();
    await expect(outcome(page, 'accounts', 'created')).toHaveText('2');
    await expect(outcome(page, 'opportunities', 'created')).toHaveText('2');

    await page.getByRole('button', { name: 'Import more' }).click();
    await page.getByRole('button', { name: 'Take back' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Take it back' }).click();
    await expect(page.locator('[data-report="revert"]')).toContainText('4 records removed');
  });
});

test('what a later import uses stays when the older one is taken back, and goes when that is repeated', async ({
  page,
}) => {
  await onImportScreen(page, async () => {
    const takeBack = async (name: string) => {
      await page.getByRole('button', { name, exact: true }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Take it back' }).click();
    };
    const reverted = page.locator('[data-report="revert"]');
    for (const file of [
      csv('accounts.csv', 'Account,Industry', 'Acme,Retail', 'Beta,Food'),
      csv('people.csv', 'First Name,Last Name,Email,Account', 'Ada,King,ada@x.org,Acme'),
    ]) {
      await choose(page, [file]);
      await startImport(page);
      await expect(reportOf(page)).toBeVisible();
      await page.getByRole('button', { name: 'Import more' }).click();
    }
    const older = page.locator('[data-batch]').filter({ hasText: 'accounts.csv' });
    await older.getByRole('button', { name: 'Take back' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Take it back' }).click();
    await expect(reverted).toContainText('The import was partly taken back');
    await expect(reverted).toContainText('1 record kept');
    await page.getByRole('button', { name: 'Import more' }).click();
    await expect(older).toContainText('Partly taken back');
    await takeBack('Take back');
    await expect(reverted).toContainText('1 record removed');
    await page.getByRole('button', { name: 'Import more' }).click();
    await takeBack('Take the rest back');
    await expect(reverted).toContainText('The import was taken back');
    await expect(reverted.getByRole('button', { name: 'Take the rest back' })).toBeHidden();
  });
});

test('rows that failed are saved, mended and imported again', async ({ page }) => {
  await onImportScreen(page, async () => {
    await choose(page, [
      csv('accounts.csv', 'account,website', 'Nordlys,https://nordlys.example'),
      csv(
        'deals.csv',
        'opportunity,account,stage,amount',
        'Lenses,Nordlys,Won,100',
        'Prisms,,Prospecting,50',
      ),
    ]);
    await startImport(page);
    await expect(reportOf(page)).toBeVisible();
    await expect(outcome(page, 'opportunities', 'failed')).toHaveText('1');

    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: /Save deals-errors\.csv/ }).click();
    const saved = await saving;
    expect(saved.suggestedFilename()).toBe('deals-errors.csv');
    const text = await readFile(await saved.path(), 'utf8');
    expect(text).toContain('The row names no account');
    expect(text).toContain('Prisms,,Prospecting,50');

    await page.getByRole('button', { name: 'Import more' }).click();
    await choose(page, [csv('deals-errors.csv', text.replace('Prisms,,', 'Prisms,Nordlys,'))]);
    await startImport(page);
    await expect(outcome(page, 'opportunities', 'created')).toHaveText('1');
    await expect(outcome(page, 'opportunities', 'failed')).toHaveText('0');
    // The reason told to a person became no field of the records.
    await expect(page.getByText(/custom field/)).toHaveCount(0);

    // The report leads to what this import made, and only to that; the list leads on to all.
    await page.getByRole('button', { name: 'Show Opportunities' }).click();
    await expect(page.getByRole('gridcell', { name: 'Prisms', exact: true })).toBeVisible();
    await expect(page.getByTestId('row-count')).toHaveText('1');
    await page.getByRole('button', { name: /^Filter/ }).click();
    await expect(page.getByRole('dialog')).toContainText('From this import');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Reset' }).click();
    await expect(page.getByTestId('row-count')).toHaveText('2');
  });
});

/** Long enough that a person can do something in the middle of its import. */
const longFile = csv(
  'firms.csv',
  'account,city',
  ...Array.from({ length: 40_000 }, (_, index) => `Firm ${String(index)},Town ${String(index % 50)}`),
);

test('an import is cancelled in the middle, goes on, and is taken back from its report', async ({ page }) => {
  await onImportScreen(page, async () => {
    await choose(page, [longFile]);
    await startImport(page);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByRole('heading', { name: 'The import was cancelled' })).toBeVisible();
    await expect(outcome(page, 'accounts', 'created')).not.toHaveText('40,000');

    await page.getByRole('button', { name: 'Go on' }).click();
    // Whoever works elsewhere meanwhile is told of the end.
    await page.getByRole('link', { name: 'Contacts', exact: true }).click();
    await page.getByRole('button', { name: 'Show the report' }).click({ timeout: longWork });
    await expect(outcome(page, 'accounts', 'created')).toHaveText('40,000');

    await page.getByRole('button', { name: 'Take it back' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Take it back' }).click();
    await expect(page.locator('[data-report="revert"]')).toContainText('40,000 records removed', {
      timeout: longWork,
    });
    await page.getByRole('link', { name: 'Accounts', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'No accounts yet' })).toBeVisible();
  });
});

test('an import outlives a reload of its page, and one that Satchel’s end cut short goes on', async ({
  page,
}) => {
  await onImportScreen(page, async (app) => {
    await choose(page, [longFile]);
    await startImport(page);
    await page.getByRole('button', { name: 'Cancel' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Cancel' }).waitFor();

    await app.kill();
    const again = await startApp(app);
    try {
      await page.goto(again.address);
      await page.goto(`${again.origin}/#/import`);
      await expect(page.getByText('Interrupted')).toBeVisible();
      await page.getByRole('button', { name: 'Go on' }).click();
      await expect(reportOf(page)).toBeVisible({ timeout: longWork });
      await expect(outcome(page, 'accounts', 'created')).toHaveText('40,000');
      await page.getByRole('button', { name: 'Show Accounts' }).click();
      await expect(page.getByTestId('row-count')).toHaveText('40,000');
    } finally {
      await again.stop();
    }
  });
});

test('the files of a real sales team, without and with a placeholder account', async ({ page }) => {
  test.skip(!existsSync(realFiles), 'needs ../shared/data/crm-sales-opportunities');
  await onImportScreen(page, async () => {
    const names = ['sales_pipeline', 'accounts', 'data_dictionary', 'products', 'sales_teams'];
    const files = names.map((name) => path.join(realFiles, `${name}.csv`));
    await choose(page, files);
    await expect(page.getByText('GTX Pro', { exact: true })).toBeVisible();
    await expect(page.getByText('1,480 rows')).toBeVisible();
    await startImport(page);
    await expect(reportOf(page)).toBeVisible({ timeout: longWork });
    await expect(outcome(page, 'accounts', 'created')).toHaveText('85');
    await expect(outcome(page, 'products', 'created')).toHaveText('7');
    await expect(outcome(page, 'users', 'created')).toHaveText('35');
    await expect(outcome(page, 'opportunities', 'created')).toHaveText('7,375');
    await expect(outcome(page, 'opportunities', 'failed')).toHaveText('1,425');

    await page.getByRole('button', { name: 'Show Opportunities' }).click();
    await page.getByRole('button', { name: 'Board', exact: true }).click();
    const won = page.locator('[data-stage="closed_won"]');
    await expect(won.getByRole('heading')).toContainText('4,238');
    await expect(won.locator('p[title]').first()).toHaveAttribute('title', /10,005,534/);

    // Its report was seen: whoever comes back begins anew, below which the past imports are.
    await page.getByRole('link', { name: 'Import', exact: true }).click();
    await page.getByRole('button', { name: 'Take back' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Take it back' }).click();
    await expect(page.locator('[data-report="revert"]')).toBeVisible({ timeout: longWork });
    await page.getByRole('button', { name: 'Import more' }).click();
    await expect(page.getByText('Taken back')).toBeVisible();

    await choose(page, files);
    await page.getByLabel('Attach them to a placeholder account').click();
    await startImport(page);
    await expect(reportOf(page)).toBeVisible({ timeout: longWork });
    await expect(outcome(page, 'opportunities', 'created')).toHaveText('8,800');
    await expect(outcome(page, 'opportunities', 'failed')).toHaveText('0');
    await expect(page.getByText('1 placeholder account')).toBeVisible();
  });
});
