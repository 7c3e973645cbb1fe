import type { Page } from '@playwright/test';
import { expect, openAt, test } from './fixtures.ts';

const cell = (page: Page, row: number, column: number) =>
  page.locator(`[id="cell-${String(row)}-${String(column)}"]`);
const count = (page: Page) => page.getByTestId('row-count');

/** Column numbers of the default columns, the name being 0. */
async function columnOf(page: Page, name: string): Promise<number> {
  const headers = await page.getByRole('columnheader').allInnerTexts();
  return headers.map((text) => text.trim()).indexOf(name) - 1;
}

test('shows every record, sorted as asked', async ({ demo, demoApp }) => {
  await openAt(demo, demoApp.app.origin, '/contacts');
  await expect(count(demo)).toHaveText('2,000');
  const header = demo.getByRole('columnheader', { name: 'Name' });
  await header.getByRole('button').click();
  await expect(header).toHaveAttribute('aria-sort', 'ascending');
  await expect(cell(demo, 0, 0)).not.toBeEmpty();
  const first = await cell(demo, 0, 0).innerText();
  await header.getByRole('button').click();
  await expect(header).toHaveAttribute('aria-sort', 'descending');
  await expect(cell(demo, 0, 0)).not.toHaveText(first);
});

test('jumps to the end and reads what is there', async ({ demo, demoApp }) => {
  await openAt(demo, demoApp.app.origin, '/contacts');
  await expect(cell(demo, 0, 0)).not.toBeEmpty();
  await demo.keyboard.press('End');
  await expect(cell(demo, 1_999, 0)).not.toBeEmpty();
  await expect(demo.getByRole('grid')).toHaveAttribute('aria-activedescendant', 'cell-1999-0');
  await demo.keyboard.press('Home');
  await demo.keyboard.press('j');
  await demo.keyboard.press('j');
  await demo.keyboard.press('k');
  await expect(demo.getByRole('grid')).toHaveAttribute('aria-activedescendant', 'cell-1-0');
});

test('searches, filters, and shows all again', async ({ demo, demoApp }) => {
  await openAt(demo, demoApp.app.origin, '/opportunities');
  await expect(cell(demo, 0, 0)).not.toBeEmpty();
  const all = Number((await count(demo).innerText()).replaceAll(',', ''));

  await demo.keyboard.press('f');
  const panel = demo.getByRole('dialog', { name: 'Filter' });
  await panel.getByRole('button', { name: /^Field/ }).click();
  await demo.getByRole('option', { name: 'Stage' }).click();
  await panel.getByRole('button', { name: /^Stage/ }).click();
  await demo.getByRole('option', { name: 'Won' }).click();
  await expect
    .poll(async () => Number((await count(demo).innerText()).replaceAll(',', '')))
    .toBeLessThan(all);
  await demo.keyboard.press('Escape');
  const stage = await columnOf(demo, 'Stage');
  await expect(cell(demo, 0, stage)).toHaveText('Won');

  await demo.keyboard.press('/');
  await demo.keyboard.type('no such deal anywhere');
  await expect(demo.getByRole('heading', { name: 'Nothing matches' })).toBeVisible();
  await demo.getByRole('button', { name: 'Show all' }).click();
  await expect(count(demo)).toHaveText(all.toLocaleString('en-US'));
});

test('edits a cell in place, and Ctrl+Z takes it back', async ({ demo, demoApp }) => {
  await openAt(demo, demoApp.app.origin, '/contacts');
  const column = await columnOf(demo, 'Job title');
  await expect(cell(demo, 0, 0)).not.toBeEmpty();
  const before = await cell(demo, 0, column).innerText();
  for (let step = 0; step < column; step += 1) await demo.keyboard.press('ArrowRight');
  await demo.keyboard.press('F2');
  await demo.getByRole('textbox', { name: 'Job title' }).fill('Head of optics');
  await demo.keyboard.press('Enter');
  await expect(cell(demo, 0, column)).toHaveText('Head of optics');
  await demo.reload();
  await expect(cell(demo, 0, column)).toHaveText('Head of optics');

  // Undo works in the window that made the change.
  await demo.keyboard.press('j');
  for (let step = 0; step < column; step += 1) await demo.keyboard.press('ArrowRight');
  const second = await cell(demo, 1, column).innerText();
  await demo.keyboard.press('Enter');
  await demo.getByRole('textbox', { name: 'Job title' }).fill('Passing through');
  await demo.keyboard.press('Enter');
  await expect(cell(demo, 1, column)).toHaveText('Passing through');
  await demo.keyboard.press('Control+z');
  await expect(cell(demo, 1, column)).toHaveText(second);
  expect(before).not.toBe('Head of optics');
});

test('picks a stage and an amount, and refuses what is no number', async ({ demo, demoApp }) => {
  await openAt(demo, demoApp.app.origin, '/opportunities');
  await expect(cell(demo, 2, 0)).not.toBeEmpty();
  const stage = await columnOf(demo, 'Stage');
  await cell(demo, 2, stage).dblclick();
  await demo.getByRole('option', { name: 'Negotiation' }).click();
  await expect(cell(demo, 2, stage)).toHaveText('Negotiation');

  const amount = await columnOf(demo, 'Amount');
  await cell(demo, 2, amount).dblclick();
  const editor = demo.getByRole('textbox', { name: 'Amount' });
  await editor.fill('a lot');
  await demo.keyboard.press('Enter');
  await expect(demo.getByText('Use a number.')).toBeVisible();
  await editor.fill('1,234.5');
  await demo.keyboard.press('Enter');
  await expect(cell(demo, 2, amount)).toContainText('1,234.50');
});

test('selects rows, moves them to trash, and takes it back', async ({ demo, demoApp }) => {
  await openAt(demo, demoApp.app.origin, '/accounts');
  await expect(cell(demo, 0, 0)).not.toBeEmpty();
  const all = Number((await count(demo).innerText()).replaceAll(',', ''));
  await demo.keyboard.press('x');
  await demo.keyboard.press('Shift+ArrowDown');
  await demo.keyboard.press('Shift+ArrowDown');
  await expect(demo.getByRole('toolbar')).toContainText('3 selected');
  await demo.keyboard.press('Delete');
  await expect(count(demo)).toHaveText((all - 3).toLocaleString('en-US'));
  const toast = demo.getByText('3 records moved to trash').locator('xpath=ancestor::li');
  await toast.getByRole('button', { name: 'Undo' }).click();
  await expect(count(demo)).toHaveText(all.toLocaleString('en-US'));
});

test('selects everything, loaded or not, and edits it at once', async ({ demo, demoApp }) => {
  await openAt(demo, demoApp.app.origin, '/contacts');
  await expect(cell(demo, 0, 0)).not.toBeEmpty();
  await demo.keyboard.press('Control+a');
  await expect(demo.getByRole('toolbar')).toContainText('2,000 selected');
  await demo.getByRole('toolbar').getByRole('button', { name: 'Edit' }).click();
  const dialog = demo.getByRole('dialog', { name: 'Edit 2000 records' });
  await dialog.getByRole('button', { name: /^Field/ }).click();
  await demo.getByRole('option', { name: 'Lead source' }).click();
  await dialog.getByLabel('New value').fill('Spring fair');
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(demo.getByText('2000 records changed')).toBeVisible({ timeout: 30_000 });
  await demo.keyboard.press('Control+z');
  await expect(demo.getByText('Undone')).toBeVisible({ timeout: 30_000 });
});

test('hides and shows columns, and keeps the set as a view', async ({ demo, demoApp }) => {
  await openAt(demo, demoApp.app.origin, '/products');
  await expect(cell(demo, 0, 0)).not.toBeEmpty();
  await demo.getByRole('button', { name: 'Columns' }).click();
  const panel = demo.getByRole('dialog', { name: 'Columns' });
  await panel.getByRole('checkbox', { name: 'SKU' }).click();
  await expect(demo.getByRole('columnheader', { name: 'SKU' })).toHaveCount(0);
  await panel.getByRole('checkbox', { name: 'Description' }).click();
  await expect(demo.getByRole('columnheader', { name: 'Description' })).toBeVisible();
  await demo.keyboard.press('Escape');
  await demo.getByRole('button', { name: 'Save as view' }).click();
  await demo.getByLabel('Name', { exact: true }).fill('Texts');
  await demo.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(demo.getByRole('button', { name: 'Texts' })).toHaveAttribute('aria-pressed', 'true');
  await demo.getByRole('button', { name: 'All products' }).click();
  await expect(demo.getByRole('columnheader', { name: 'SKU' })).toBeVisible();
  await demo.getByRole('button', { name: 'Texts' }).click();
  await expect(demo.getByRole('columnheader', { name: 'SKU' })).toHaveCount(0);
});

test('restores from the trash and removes for good', async ({ demo, demoApp }) => {
  await openAt(demo, demoApp.app.origin, '/products');
  await expect(cell(demo, 0, 0)).not.toBeEmpty();
  const name = await cell(demo, 0, 0).innerText();
  await demo.keyboard.press('Delete');
  await expect(demo.getByText('1 record moved to trash')).toBeVisible();
  await openAt(demo, demoApp.app.origin, '/trash');
  await demo.getByRole('tab', { name: 'Products' }).click();
  await expect(cell(demo, 0, 0)).toHaveText(name);
  await demo.getByRole('checkbox', { name: `Select ${name}` }).click();
  await demo.getByRole('button', { name: 'Restore' }).click();
  await expect(demo.getByText('1 record restored')).toBeVisible();
  await expect(demo.getByRole('heading', { name: 'The trash is empty' })).toBeVisible();

  await openAt(demo, demoApp.app.origin, '/products');
  await demo.keyboard.press('Delete');
  await openAt(demo, demoApp.app.origin, '/trash');
  await demo.getByRole('tab', { name: 'Products' }).click();
  await demo.getByRole('checkbox', { name: 'Select all' }).click();
  await demo.getByRole('button', { name: 'Remove for good' }).click();
  await demo.getByRole('dialog').getByRole('button', { name: 'Remove for good' }).click();
  await expect(demo.getByText('1 record removed for good')).toBeVisible();
});
