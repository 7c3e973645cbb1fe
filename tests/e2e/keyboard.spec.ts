import type { Page } from '@playwright/test';
import { escape, expect, openAt, openList, test } from './fixtures.ts';
import { holdCalls } from './held-calls.ts';

const activeCell = (page: Page) => page.getByRole('grid').getAttribute('aria-activedescendant');

test.describe('keys pressed while the rows are still being read', () => {
  test('begin an edit once they are there', async ({ demo, demoApp }) => {
    const letThrough = await holdCalls(demo, 'opportunities/list');
    await openAt(demo, demoApp.app.origin, '/opportunities');
    await expect(demo.getByRole('grid')).toBeFocused();
    await demo.keyboard.press('ArrowRight');
    await demo.keyboard.press('ArrowRight');
    await demo.keyboard.press('F2');
    expect(await activeCell(demo)).toBe('cell-0-2');
    await expect(demo.locator('[id="cell-0-0"]')).toBeEmpty();
    letThrough();
    await expect(demo.getByRole('option', { name: 'Negotiation' })).toBeVisible();
  });

  test('are forgotten when the cursor goes on', async ({ demo, demoApp }) => {
    const letThrough = await holdCalls(demo, 'opportunities/list');
    await openAt(demo, demoApp.app.origin, '/opportunities');
    await expect(demo.getByRole('grid')).toBeFocused();
    for (const key of ['x', 'ArrowDown', 'Delete', 'Enter', 'ArrowRight']) await demo.keyboard.press(key);
    letThrough();
    await expect(demo.locator('[id="cell-1-0"] a')).toBeVisible();
    expect(await activeCell(demo)).toBe('cell-1-1');
    await expect(demo.getByRole('row', { selected: true })).toHaveCount(0);
    await expect(demo.locator('[data-sonner-toast]')).toHaveCount(0);
    await expect(demo).toHaveURL(/#\/opportunities$/);
  });
});

test.describe('closing a dialog gives the focus back', () => {
  for (const { name, key } of [
    { name: 'the palette', key: 'Control+k' },
    { name: 'the sheet of shortcuts', key: '?' },
    { name: 'a new record', key: 'c' },
  ]) {
    test(`${name}: to the list, whose keys go on`, async ({ demo, demoApp }) => {
      await openList(demo, demoApp.app.origin, 'opportunities');
      await demo.keyboard.press('ArrowRight');
      await demo.keyboard.press(key);
      await escape(demo.getByRole('dialog'));
      await expect(demo.getByRole('grid')).toBeFocused();
      await demo.keyboard.press('ArrowRight');
      expect(await activeCell(demo)).toBe('cell-0-2');
    });
  }

  test('a dialog opened from the palette: to what had it before both', async ({ demo, demoApp }) => {
    await openList(demo, demoApp.app.origin, 'accounts');
    await demo.keyboard.press('Control+k');
    const box = demo.getByPlaceholder('Search records, or type a command');
    await expect(box).toBeFocused();
    await box.fill('new acc');
    await expect(demo.getByRole('option', { selected: true })).toHaveText(/New account/);
    await demo.keyboard.press('Enter');
    await escape(demo.getByRole('dialog', { name: 'New account' }));
    await expect(demo.getByRole('grid')).toBeFocused();
  });
});
