import { expect, openAt, test } from './fixtures.ts';

test('a card is moved by keyboard, and the move can be taken back', async ({ demo, demoApp }) => {
  await openAt(demo, demoApp.app.origin, '/opportunities');
  await demo.getByRole('button', { name: 'Board', exact: true }).click();
  const from = demo.locator('[data-stage="prospecting"]');
  const to = demo.locator('[data-stage="qualification"]');
  const card = from.locator('[data-card]').first();
  const id = await card.getAttribute('data-card');
  await card.focus();
  await demo.keyboard.press('Space');
  await demo.waitForTimeout(200);
  await demo.keyboard.press('ArrowRight');
  await demo.waitForTimeout(200);
  await demo.keyboard.press('Space');
  await expect(to.locator(`[data-card="${id ?? ''}"]`)).toBeVisible();
  await demo.getByRole('button', { name: 'Undo' }).click();
  await expect(from.locator(`[data-card="${id ?? ''}"]`)).toBeVisible();
});
