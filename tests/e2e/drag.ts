import { expect, type Page } from '@playwright/test';

/**
 * Picks up by keyboard what has the focus. The library that drags hears further keys one turn of timers later.
 *
 * @param isLifted waits for what shows that it hangs over a place
 */
export async function lift(page: Page, isLifted: () => Promise<void>): Promise<void> {
  await page.keyboard.press('Space');
  await isLifted();
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
}

/** Moves the item of an ordered list whose handle has the focus by one place. */
export async function moveInOrder(page: Page, key: 'ArrowUp' | 'ArrowDown'): Promise<void> {
  const told = page.getByRole('status').filter({ hasText: 'is at place' });
  await lift(page, () => told.waitFor({ state: 'attached' }));
  const before = await told.innerText();
  await page.keyboard.press(key);
  await expect(told).not.toHaveText(before);
  await page.keyboard.press('Space');
}

/** Whether a card hangs over a stage's column of the board. */
export const hangingOver = (page: Page, stage: string) => page.locator(`[data-stage="${stage}"] [data-over]`);
