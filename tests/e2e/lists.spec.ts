import type { Page } from '@playwright/test';
import { moveInOrder } from './drag.ts';
import { escape, expect, openAt, openList, searchFor, test } from './fixtures.ts';

const cell = (page: Page, row: number, column: number) =>
  page.locator(`[id="cell-${String(row)}-${String(column)}"]`);
const count = (page: Page) => page.getByTestId('row-count');

/** How many records the list says it has, once they were counted. */
async function counted(page: Page): Promise<number> {
  await expect(count(page)).toHaveText(/^[\d,]+$/);
  return Number((await count(page).innerText()).replaceAll(',', ''));
}

/** Column numbers of the default columns, the name being 0. */
async function columnOf(page: Page, name: string): Promise<number> {
  const headers = await page.getByRole('columnheader').allInnerTexts();
  return headers.map((text) => text.trim()).indexOf(name) - 1;
}

test('shows every record, sorted as asked', async ({ demo, demoApp }) => {
  await openList(demo, demoApp.app.origin, 'contacts');
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
  await openList(demo, demoApp.app.origin, 'contacts');
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
  await openList(demo, demoApp.app.origin, 'opportunities');
  const all = await counted(demo);

  await demo.keyboard.press('f');
  const panel = demo.getByRole('dialog', { name: 'Filter' });
  await panel.getByRole('button', { name: /^Field/ }).click();
  await demo.getByRole('option', { name: 'Stage' }).click();
  await panel.getByRole('button', { name: /^Stage/ }).click();
  await demo.getByRole('option', { name: 'Won' }).click();
  await expect.poll(() => counted(demo)).toBeLessThan(all);
  await escape(panel);
  const stage = await columnOf(demo, 'Stage');
  await expect(cell(demo, 0, stage)).toHaveText('Won');

  await searchFor(demo, 'no such deal anywhere');
  await expect(demo.getByRole('heading', { name: 'Nothing matches' })).toBeVisible();
  await demo.getByRole('button', { name: 'Show all' }).click();
  await expect(count(demo)).toHaveText(all.toLocaleString('en-US'));
});

test('edits a cell in place, and Ctrl+Z takes it back', async ({ demo, demoApp, api }) => {
  await openList(demo, demoApp.app.origin, 'contacts');
  const column = await columnOf(demo, 'Job title');
  const id = (await cell(demo, 0, 0).locator('a').getAttribute('href'))?.split('/').at(-1) ?? '';
  const before = await cell(demo, 0, column).innerText();
  for (let step = 0; step < column; step += 1) await demo.keyboard.press('ArrowRight');
  await demo.keyboard.press('F2');
  await demo.getByRole('textbox', { name: 'Job title' }).fill('Head of optics');
  await demo.keyboard.press('Enter');
  await expect(cell(demo, 0, column)).toHaveText('Head of optics');
  // It shows before it is saved.
  await expect.poll(async () => (await api.contacts.get({ id })).jobTitle).toBe('Head of optics');
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
  await openList(demo, demoApp.app.origin, 'opportunities');
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
  await openList(demo, demoApp.app.origin, 'accounts');
  const all = await counted(demo);
  await demo.keyboard.press('x');
  await demo.keyboard.press('Shift+ArrowDown');
  await demo.keyboard.press('Shift+ArrowDown');
  await expect(demo.getByRole('toolbar')).toContainText('3 selected');
  await demo.keyboard.press('Delete');
  await expect(count(demo)).toHaveText((all - 3).toLocaleString('en-US'));
  const toast = demo.getByText('3 records moved to trash').locator('xpath=ancestor::li');
  await toast.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(count(demo)).toHaveText(all.toLocaleString('en-US'));
});

test('selects everything, loaded or not, and edits it at once', async ({ demo, demoApp }) => {
  await openList(demo, demoApp.app.origin, 'contacts');
  await demo.keyboard.press('Control+a');
  await expect(demo.getByRole('toolbar')).toContainText('2,000 selected');
  await demo.getByRole('toolbar').getByRole('button', { name: 'Edit' }).click();
  const dialog = demo.getByRole('dialog', { name: 'Edit 2,000 records' });
  await dialog.getByRole('button', { name: /^Field/ }).click();
  await demo.getByRole('option', { name: 'Lead source' }).click();
  await dialog.getByLabel('New value').fill('Spring fair');
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(demo.getByText('2,000 records changed')).toBeVisible();
  await demo.keyboard.press('Control+z');
  await expect(demo.getByText('Undone')).toBeVisible();
});

test('hides and shows columns, and keeps the set as a view', async ({ demo, demoApp }) => {
  await openList(demo, demoApp.app.origin, 'products');
  await demo.getByRole('button', { name: 'Columns' }).click();
  const panel = demo.getByRole('dialog', { name: 'Columns' });
  await panel.getByRole('checkbox', { name: 'SKU' }).click();
  await expect(demo.getByRole('columnheader', { name: 'SKU' })).toHaveCount(0);
  await panel.getByRole('checkbox', { name: 'Description' }).click();
  await expect(demo.getByRole('columnheader', { name: 'Description' })).toBeVisible();
  await escape(panel);
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
  await openList(demo, demoApp.app.origin, 'products');
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

  await openList(demo, demoApp.app.origin, 'products');
  await demo.keyboard.press('Delete');
  await openAt(demo, demoApp.app.origin, '/trash');
  await demo.getByRole('tab', { name: 'Products' }).click();
  await expect(cell(demo, 0, 0)).toHaveText(name);
  await demo.getByRole('checkbox', { name: 'Select all' }).click();
  await demo.getByRole('button', { name: 'Remove for good' }).click();
  await demo.getByRole('dialog').getByRole('button', { name: 'Remove for good' }).click();
  await expect(demo.getByText('1 record removed for good')).toBeVisible();
});

test('columns keep their width and order over a reload', async ({ demo, demoApp }) => {
  await openList(demo, demoApp.app.origin, 'contacts');
  const header = demo.getByRole('columnheader', { name: 'Job title' });
  const widthOf = async () => Math.round((await header.boundingBox())?.width ?? 0);
  const before = await widthOf();
  const box = await header.boundingBox();
  if (!box) throw new Error('The column does not show.');
  await demo.mouse.move(box.x + box.width, box.y + box.height / 2);
  await demo.mouse.down();
  await demo.mouse.move(box.x + box.width + 60, box.y + box.height / 2, { steps: 6 });
  await demo.mouse.up();
  await expect.poll(widthOf).toBe(before + 60);

  await demo.getByRole('button', { name: 'Columns' }).click();
  await demo.getByRole('button', { name: 'Move Job title' }).focus();
  await moveInOrder(demo, 'ArrowDown');
  await escape(demo.getByRole('dialog', { name: 'Columns' }));
  await expect.poll(() => columnOf(demo, 'Job title')).toBe(2);

  await demo.reload();
  await expect(cell(demo, 0, 0)).not.toBeEmpty();
  expect(await columnOf(demo, 'Job title')).toBe(2);
  expect(await widthOf()).toBe(before + 60);
  await demo.getByRole('button', { name: 'Reset' }).click();
  await expect.poll(() => columnOf(demo, 'Job title')).toBe(1);
});

test('groups of conditions nest, and a view keeps filter and order', async ({ demo, demoApp, api }) => {
  for (const [name, industry, addressCity] of [
    ['Nested A', 'Nested glass', 'Jena'],
    ['Nested B', 'Nested glass', 'Bonn'],
    ['Nested C', 'Nested wood', 'Jena'],
    ['Nested D', 'Nested wood', 'Kiel'],
  ] as const) {
    await api.accounts.create({ values: { name, industry, addressCity } });
  }
  await openList(demo, demoApp.app.origin, 'accounts');
  await demo.keyboard.press('f');
  const panel = demo.getByRole('dialog', { name: 'Filter' });
  await panel.getByRole('textbox').fill('Nested');

  // Nested, and (in Bonn, or (in Jena and of wood)).
  const choose = async (row: number, field: string, value: string) => {
    await panel
      .getByRole('button', { name: /^Field/ })
      .nth(row)
      .click();
    await demo.getByRole('option', { name: field, exact: true }).click();
    await panel.getByRole('textbox').nth(row).fill(value);
  };
  await panel.getByRole('button', { name: 'Add group' }).last().click();
  await choose(1, 'City', 'Bonn');
  await panel.getByRole('button', { name: 'Add group' }).first().click();
  await choose(2, 'City', 'Jena');
  await panel.getByRole('button', { name: 'Add condition' }).first().click();
  await panel.getByRole('button', { name: /^Join/ }).last().click();
  await demo.getByRole('menuitemradio', { name: 'and', exact: true }).click();
  await choose(3, 'Industry', 'wood');
  await escape(panel);
  await expect(count(demo)).toHaveText('2');
  await demo.getByRole('columnheader', { name: 'Name' }).getByRole('button').click();
  await demo.getByRole('columnheader', { name: 'Name' }).getByRole('button').click();
  await expect(cell(demo, 0, 0)).toHaveText('Nested C');

  await demo.getByRole('button', { name: 'Save as view' }).click();
  await demo.getByLabel('Name', { exact: true }).fill('Bonn or wood');
  await demo.getByRole('button', { name: 'Save', exact: true }).click();
  await demo.getByRole('button', { name: 'All accounts' }).click();
  await expect(count(demo)).not.toHaveText('2');
  await demo.reload();
  await demo.getByRole('button', { name: 'Bonn or wood' }).click();
  await expect(count(demo)).toHaveText('2');
  await expect(cell(demo, 0, 0)).toHaveText('Nested C');
  await expect(cell(demo, 1, 0)).toHaveText('Nested B');
  await demo.getByRole('button', { name: 'All accounts' }).click();
});

test('assigning waits for an owner, or for the choice of none', async ({ demo, demoApp }) => {
  await openList(demo, demoApp.app.origin, 'contacts');
  await demo.keyboard.press('x');
  await demo.getByRole('toolbar').getByRole('button', { name: 'Assign' }).click();
  const dialog = demo.getByRole('dialog', { name: 'Edit 1 record' });
  const apply = dialog.getByRole('button', { name: 'Apply' });
  await expect(dialog.getByLabel('New value')).toBeFocused();
  await expect(apply).toBeDisabled();
  const leaveEmpty = dialog.getByRole('checkbox', { name: 'Leave it empty' });
  await leaveEmpty.check();
  await expect(apply).toBeEnabled();
  await leaveEmpty.uncheck();
  await expect(apply).toBeDisabled();
  await dialog.getByLabel('New value').click();
  await demo.getByRole('option').first().click();
  await expect(apply).toBeEnabled();
});

test('a bulk edit is undone from its toast, a bulk delete by keyboard', async ({ demo, demoApp, api }) => {
  for (const number of [1, 2, 3]) {
    await api.products.create({
      values: { name: `Undoable ${String(number)}`, series: `Series ${String(number)}` },
    });
  }
  await openList(demo, demoApp.app.origin, 'products');
  await searchFor(demo, 'Undoable');
  await expect(count(demo)).toHaveText('3');
  const series = await columnOf(demo, 'Series');
  await demo.getByRole('grid').focus();
  await demo.keyboard.press('Control+a');
  await demo.getByRole('toolbar').getByRole('button', { name: 'Edit' }).click();
  const dialog = demo.getByRole('dialog', { name: 'Edit 3 records' });
  await dialog.getByRole('button', { name: /^Field/ }).click();
  await demo.getByRole('option', { name: 'Series' }).click();
  await dialog.getByLabel('New value').fill('One for all');
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(cell(demo, 2, series)).toHaveText('One for all');
  const toast = demo.getByText('3 records changed').locator('xpath=ancestor::li');
  await toast.getByRole('button', { name: 'Undo', exact: true }).click();
  for (const row of [0, 1, 2]) await expect(cell(demo, row, series)).toHaveText(`Series ${String(row + 1)}`);

  await demo.getByRole('grid').focus();
  await demo.keyboard.press('Control+a');
  await demo.keyboard.press('Delete');
  await expect(demo.getByRole('heading', { name: 'Nothing matches' })).toBeVisible();
  await demo.keyboard.press('Control+z');
  await expect(count(demo)).toHaveText('3');
  await expect(cell(demo, 0, series)).toHaveText('Series 1');
});

test('a list is sorted by the name of what its records refer to, and a saved view keeps that', async ({
  demo,
  demoApp,
  api,
}) => {
  await openAt(demo, demoApp.app.origin, '/contacts');
  const header = demo.getByRole('columnheader', { name: 'Account', exact: true });
  await header.getByRole('button').click();
  await expect(header).toHaveAttribute('aria-sort', 'ascending');
  const sort = [{ field: 'accountId', direction: 'asc' as const }];
  const { rows } = await api.contacts.list({ sort, limit: 5 });
  for (const [index, { name }] of rows.entries()) {
    await expect(demo.locator(`[aria-rowindex="${index + 2}"]`)).toContainText(name);
  }
  const { id } = await api.views.save({
    object: 'contacts',
    name: 'By account',
    isShared: false,
    definition: { columns: [{ field: 'name' }, { field: 'accountId' }], sort, layout: 'list' },
  });
  expect(
    (await api.views.list({ object: 'contacts' })).find((view) => view.id === id)?.definition.sort,
  ).toEqual(sort);
  await api.views.remove({ id });
  await header.getByRole('button').click();
  await expect(header).toHaveAttribute('aria-sort', 'descending');
});

test('custom fields are columns that are sorted, filtered and edited in bulk like any other', async ({
  demo,
  demoApp,
  api,
}) => {
  const define = (key: string, label: string, type: 'select' | 'number', options: string[] = []) =>
    api.customFields.define({ object: 'products', key, label, type, options, isRequired: false });
  await define('grade', 'Grade', 'select', ['First', 'Second']);
  await define('stock', 'Stock', 'number');
  for (const [name, stock] of [
    ['Stocked low', 2],
    ['Stocked high', 10],
    ['Stocked not', null],
  ] as const) {
    await api.products.create({ values: { name, customFields: stock === null ? {} : { stock } } });
  }
  await openList(demo, demoApp.app.origin, 'products');
  await searchFor(demo, 'Stocked');
  await expect(count(demo)).toHaveText('3');
  await demo.getByRole('button', { name: 'Columns' }).click();
  const panel = demo.getByRole('dialog', { name: 'Columns' });
  await panel.getByRole('checkbox', { name: 'Grade' }).click();
  await panel.getByRole('checkbox', { name: 'Stock' }).click();
  await escape(panel);
  const header = demo.getByRole('columnheader', { name: 'Stock' });
  await header.getByRole('button').click();
  await header.getByRole('button').click();
  await expect(header).toHaveAttribute('aria-sort', 'descending');
  // As numbers, not as text; those without one come last.
  for (const [row, name] of ['Stocked high', 'Stocked low', 'Stocked not'].entries()) {
    await expect(cell(demo, row, 0)).toHaveText(name);
  }

  await demo.getByRole('grid').focus();
  await demo.keyboard.press('Control+a');
  await demo.getByRole('toolbar').getByRole('button', { name: 'Edit' }).click();
  const dialog = demo.getByRole('dialog', { name: 'Edit 3 records' });
  await dialog.getByRole('button', { name: /^Field/ }).click();
  await demo.getByRole('option', { name: 'Grade' }).click();
  await dialog.getByRole('button', { name: /^New value|None/ }).click();
  await demo.getByRole('option', { name: 'Second' }).click();
  await dialog.getByRole('button', { name: 'Apply' }).click();
  const grade = await columnOf(demo, 'Grade');
  const stock = await columnOf(demo, 'Stock');
  await expect(cell(demo, 2, grade)).toHaveText('Second');
  // The other custom field of each record stays.
  await expect(cell(demo, 0, stock)).toHaveText('10');

  await demo.keyboard.press('f');
  const filter = demo.getByRole('dialog', { name: 'Filter' });
  await filter.getByRole('button', { name: /^Field/ }).click();
  await demo.getByRole('option', { name: 'Stock' }).click();
  await filter.getByRole('button', { name: /^Condition/ }).click();
  await demo.getByRole('menuitemradio', { name: 'is at least' }).click();
  await filter.getByRole('textbox').fill('5');
  await expect(count(demo)).toHaveText('1');
  await escape(filter);
  await demo.keyboard.press('Control+z');
  await expect(cell(demo, 0, grade)).toBeEmpty();
});
