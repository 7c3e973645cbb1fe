import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/**
 * Only violations are told in full, and the page is looked at in one pass, without a second page to gather what frames of
 * other origins found: it has none. Both together take a quarter of the time.
 */
const checker = (page: Page) =>
  new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode(true);

async function found(page: Page, axe: AxeBuilder): Promise<string[]> {
  // A menu or dialog that is still fading in has less contrast than when it stands.
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime))
        .map(({ finished }) => finished),
    ),
  );
  const { violations } = await axe.analyze();
  return violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map(({ html }) => html).join('\n  ')}`,
  );
}

/** What breaks WCAG AA on the page, with the elements that do. */
export function violations(page: Page): Promise<string[]> {
  return found(page, checker(page).withTags(standards));
}

/** Of that, what depends on the colours: enough to look for where another scheme is all that changed. */
export function lackOfContrast(page: Page): Promise<string[]> {
  return found(page, checker(page).withRules(['color-contrast']));
}
