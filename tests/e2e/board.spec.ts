import type { Locator, Page } from '@playwright/test';
import { hangingOver, lift } from './drag.ts';
import { expect, openAt, test } from './fixtures.ts';

const stage = (page: Page, name: string) => page.locator(`[data-stage="${name}"]`);

async function openBoard(page: Page, origin: string): Promise<void> {
  await openAt(page, origin, '/opportunities');
  await page.getByRole('button', { name: 'Board', exact: true }).click();
  await stage(page, 'prospecting').locator('[data-card]').first().waitFor();
}

async function middleOf(target: Locator): Promise<{ x: number; y: number }> {
  const box = await target.boundingBox();
  if (!box) throw new Error('It does not show.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

test('a card is moved by keyboard, and the move can be taken back', async ({ demo, demoApp }) => {
  await openBoard(demo, demoApp.app.origin);
  const from = stage(demo, 'prospecting');
  const to = stage(demo, 'qualification');
  const card = from.locator('[data-card]').first();
  const id = await card.getAttribute('data-card');
  await card.focus();
  await lift(demo, () => hangingOver(demo, 'prospecting').waitFor());
  await demo.keyboard.press('ArrowRight');
  await hangingOver(demo, 'qualification').waitFor();
  await demo.keyboard.press('Space');
  await expect(to.locator(`[data-card="${id ?? ''}"]`)).toBeVisible();
  await demo.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(from.locator(`[data-card="${id ?? ''}"]`)).toBeVisible();
});

test('a card is dragged with the mouse, its amount goes along, and Ctrl+Z takes it back', async ({
  demo,
  demoApp,
}) => {
  await openBoard(demo, demoApp.app.origin);
  const from = stage(demo, 'prospecting');
  const to = stage(demo, 'needs_analysis');
  const card = from.locator('[data-card]').first();
  const id = (await card.getAttribute('data-card')) ?? '';
  const head = to.getByRole('heading');
  const before = await head.innerText();
  const start = await middleOf(card);
  const end = await middleOf(to);
  await demo.mouse.move(start.x, start.y);
  await demo.mouse.down();
  await demo.mouse.move(start.x + 12, start.y + 4, { steps: 4 });
  await demo.mouse.move(end.x, end.y, { steps: 12 });
  await hangingOver(demo, 'needs_analysis').waitFor();
  await demo.mouse.up();
  await expect(to.locator(`[data-card="${id}"]`)).toBeVisible();
  await expect(from.locator(`[data-card="${id}"]`)).toHaveCount(0);
  await expect(head).not.toHaveText(before);
  // A drop is no click: the board still shows.
  await expect(demo).toHaveURL(/#\/opportunities$/);
  await expect(demo.getByText('Moved to Needs analysis')).toBeVisible();
  await demo.keyboard.press('Control+z');
  await expect(from.locator(`[data-card="${id}"]`)).toBeVisible();
});

test('amounts in other currencies have totals of their own', async ({ demo, demoApp, api }) => {
  // Behind all others: tests that share this workspace open the first account and look at its contacts.
  const { record: account } = await api.accounts.create({ values: { name: 'Zz Abroad' } });
  const deal = (name: string, currency: string, amount: string) =>
    api.opportunities.create({
      values: { name, stage: 'proposal', accountId: account.id, currency, amount },
    });
  const { record } = await deal('In francs', 'CHF', '40000');
  await deal('In yen', 'JPY', '2500000');
  await openBoard(demo, demoApp.app.origin);
  const column = stage(demo, 'proposal');
  await expect(column).toContainText('+ CHF');
  const other = column.getByTitle(/CHF.40,000 in all, CHF.24,000 weighted/);
  await expect(other).toBeVisible();
  await expect(other).toContainText('JPY');
  await api.opportunities.update({ id: record.id, values: { stage: 'negotiation' } });
  await expect(column).not.toContainText('CHF');
});

test("a card's page leads on through its column", async ({ demo, demoApp }) => {
  await openBoard(demo, demoApp.app.origin);
  const cards = stage(demo, 'prospecting').locator('[data-card]');
  const names = await Promise.all(
    [0, 1, 2].map((index) => cards.nth(index).locator('[data-content]').first().innerText()),
  );
  await cards.nth(0).click();
  const heading = demo.getByRole('heading', { level: 1 });
  await expect(heading).toHaveText(names[0] ?? '');
  await expect(demo.getByTestId('position')).toHaveText(/^1 of \d+$/);
  await demo.keyboard.press('j');
  await expect(heading).toHaveText(names[1] ?? '');
  await expect(demo.getByTestId('position')).toHaveText(/^2 of \d+$/);
  await demo.keyboard.press('j');
  await expect(heading).toHaveText(names[2] ?? '');
  await expect(demo.getByTestId('position')).toHaveText(/^3 of \d+$/);
  await demo.keyboard.press('k');
  await expect(heading).toHaveText(names[1] ?? '');
});

test('a column of hundreds is read on as it is scrolled', async ({ demo, demoApp, api }) => {
  const { record: account } = await api.accounts.create({ values: { name: 'Bulk buyer' } });
  for (let number = 1; number <= 90; number += 1) {
    await api.opportunities.create({
      values: { name: `Order ${String(number)}`, stage: 'value_proposition', accountId: account.id },
    });
  }
  await openBoard(demo, demoApp.app.origin);
  const column = stage(demo, 'value_proposition');
  const cards = column.locator('[data-card]');
  const expected = Number((await column.getAttribute('aria-label'))?.match(/\d+/)?.[0]);
  expect(expected).toBeGreaterThan(90);
  await expect(cards).toHaveCount(20);
  await expect(async () => {
    await cards.last().scrollIntoViewIfNeeded();
    expect(await cards.count()).toBe(expected);
  }).toPass();
});
