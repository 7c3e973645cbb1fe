import { escape, expect, openAt, openList, pressAtOnce, searchFor, test } from './fixtures.ts';

test('every screen is reached by keyboard and shows where it is', async ({ demo, demoApp }) => {
  await openAt(demo, demoApp.app.origin, '/opportunities');
  for (const [key, name] of [
    ['a', 'Accounts'],
    ['c', 'Contacts'],
    ['p', 'Products'],
    ['t', 'Trash'],
    ['s', 'Settings'],
    ['o', 'Opportunities'],
  ] as const) {
    await pressAtOnce(demo, 'g', key);
    await expect(demo.getByRole('heading', { level: 1, name })).toBeVisible();
    await expect(demo.getByRole('link', { name, exact: true })).toHaveAttribute('aria-current', 'page');
  }
});

test('an address that leads nowhere says so', async ({ demo, demoApp }) => {
  await openAt(demo, demoApp.app.origin, '/nowhere');
  await expect(demo.getByRole('heading', { name: 'There is no such page' })).toBeVisible();
});

test('the theme follows the system, and a choice is kept', async ({ demo, demoApp }) => {
  const background = () => demo.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await demo.emulateMedia({ colorScheme: 'light' });
  await openAt(demo, demoApp.app.origin, '/settings');
  const light = await background();
  await demo.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(background).not.toBe(light);
  await demo.getByText('Light', { exact: true }).click();
  await expect.poll(background).toBe(light);
  await demo.reload();
  await expect(demo.getByRole('radio', { name: 'Light', exact: true })).toBeChecked();
  await expect.poll(background).toBe(light);
});

test('the sidebar collapses and stays so', async ({ demo, demoApp }) => {
  await openAt(demo, demoApp.app.origin, '/accounts');
  await demo.keyboard.press('[');
  await expect(demo.getByText('Halvorsen Instruments')).toBeHidden();
  await demo.reload();
  await expect(demo.getByRole('link', { name: 'Accounts', exact: true })).toBeVisible();
  await expect(demo.getByText('Halvorsen Instruments')).toBeHidden();
  await demo.getByRole('button', { name: 'Expand sidebar' }).click();
  await expect(demo.getByText('Halvorsen Instruments')).toBeVisible();
});

test.describe('the command palette', () => {
  test('goes to screens and runs commands', async ({ demo, demoApp }) => {
    await openAt(demo, demoApp.app.origin, '/accounts');
    await demo.keyboard.press('Control+k');
    await demo.getByPlaceholder('Search records, or type a command').fill('prod');
    await expect(demo.getByRole('option', { name: 'New product' })).toBeVisible();
    await demo.getByRole('option', { name: 'Products' }).click();
    await expect(demo.getByRole('heading', { level: 1, name: 'Products' })).toBeVisible();

    await demo.keyboard.press('Control+k');
    await demo.getByPlaceholder('Search records, or type a command').fill('new acc');
    await expect(demo.getByRole('option', { selected: true })).toHaveText(/New account/);
    await demo.keyboard.press('Enter');
    await expect(demo.getByRole('dialog', { name: 'New account' })).toBeVisible();
  });

  test('finds records', async ({ demo, demoApp }) => {
    await openList(demo, demoApp.app.origin, 'contacts');
    const name = await demo.locator('[id="cell-0-0"]').innerText();
    await demo.keyboard.press('Control+k');
    await expect(demo.getByPlaceholder('Search records, or type a command')).toBeFocused();
    await demo.keyboard.type(name);
    const hit = demo.getByRole('group', { name: 'Records' }).getByRole('option').first();
    await expect(hit).toContainText(name);
    await hit.click();
    await expect(demo).toHaveURL(/#\/contacts\/[0-9a-f-]{36}$/);
  });

  test('acts on the selected records', async ({ demo, demoApp }) => {
    await openList(demo, demoApp.app.origin, 'contacts');
    await demo.keyboard.press('x');
    await demo.keyboard.press('Control+k');
    const selected = demo.getByRole('group', { name: 'Selected records' });
    await expect(selected.getByRole('option', { name: /Move to trash/ })).toBeVisible();
    await selected.getByRole('option', { name: 'Assign' }).click();
    await expect(demo.getByRole('dialog', { name: 'Edit 1 record' })).toBeVisible();
  });
});

test('the sheet names every shortcut, and does not open while typing', async ({ demo, demoApp }) => {
  await openList(demo, demoApp.app.origin, 'accounts');
  await demo.keyboard.press('?');
  const sheet = demo.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(sheet).toBeVisible();
  expect(await sheet.locator('dt').count()).toBeGreaterThan(20);
  await escape(sheet);
  await searchFor(demo, 'what?');
  await expect(demo.getByLabel('Search this list')).toHaveValue('what?');
  await expect(sheet).toBeHidden();
});
