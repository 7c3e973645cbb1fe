import { cp, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { satchel } from '../cli/run-satchel.ts';
import { type RunningApp, startApp } from '../support/app.ts';
import { violations } from './axe.ts';
import { expect, longWork, nameWorkspace, test, watch } from './fixtures.ts';

let app: RunningApp;
test.beforeEach(async () => {
  app = await startApp();
});
test.afterEach(async () => {
  await app.stop();
});

test('a damaged workspace is shown as it is, opened again when mended, and brought back from its backup', async ({
  page,
}) => {
  const check = watch(page);
  const file = 'pg/global/pg_control';
  const control = () => path.join(app.dataDir, file);
  const spare = path.join(app.dataDir, 'files', 'control');
  await page.goto(app.address);
  await nameWorkspace(page);
  await page.getByRole('button', { name: /Start empty/ }).click();
  await expect(page.getByRole('heading', { name: 'No accounts yet' })).toBeVisible();
  await app.kill();
  const backup = path.join(app.dataDir, 'backups', 'firm.satchel');
  expect(await satchel(['backup', '-d', app.dataDir, '--out', backup], app.dataDir)).toMatchObject({
    code: 0,
  });

  await cp(control(), spare);
  await rm(control());
  app = await startApp(app);
  await page.goto(app.address);
  await expect(page.getByRole('heading', { name: 'Your workspace is damaged' })).toBeVisible();
  await expect(page.getByText(backup)).toBeVisible();
  expect(await violations(page)).toEqual([]);

  // Nothing is mended by itself.
  await page.getByRole('button', { name: 'Open it again' }).click();
  await expect(page.getByRole('status')).toContainText('It is still damaged', { timeout: longWork });
  expect(await readdir(app.dataDir)).not.toContain('restore.json');

  // A person who brought the file back gets in without a restore.
  await cp(spare, control());
  await page.getByRole('button', { name: 'Open it again' }).click();
  await expect(page.getByRole('heading', { name: 'No opportunities yet' })).toBeVisible({
    timeout: longWork,
  });

  await app.kill();
  await rm(control());
  app = await startApp(app);
  await page.goto(app.address);
  await page.getByRole('button', { name: 'Restore the backup' }).click();
  await expect(page.getByRole('heading', { name: 'No opportunities yet' })).toBeVisible({
    timeout: longWork,
  });
  await expect(page.getByText('Halvorsen Instruments')).toBeVisible();
  expect((await readdir(app.dataDir)).filter((name) => name.startsWith('pg.replaced-'))).toHaveLength(1);
  check();
});

test('a damaged workspace without a backup says so', async ({ page }) => {
  // A page is answered while the database is still being made.
  await page.goto(app.address);
  await nameWorkspace(page);
  await app.kill();
  await rm(path.join(app.dataDir, 'pg', 'global', 'pg_control'));
  app = await startApp(app);
  await page.goto(app.address);
  await expect(page.getByText('Keep a copy of the data folder')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Restore the backup' })).toHaveCount(0);
});
