import { lackOfContrast, violations } from './axe.ts';
import { expect, openAt, test } from './fixtures.ts';
import { plainWords, usePseudoLocale } from './plain-words.ts';
import { screenStates } from './screens.ts';

// Both in one visit: preparing a state takes longer than looking at it.
for (const { name, place, prepare } of screenStates) {
  test(`${name} has no hard-coded word and meets WCAG AA, light and dark`, async ({ demo, demoApp }) => {
    await usePseudoLocale(demo);
    await demo.emulateMedia({ colorScheme: 'light' });
    await openAt(demo, demoApp.app.origin, place);
    await prepare?.(demo);
    await expect(demo.locator('nav').first()).toContainText('[');
    expect.soft(await demo.evaluate(plainWords)).toEqual([]);
    expect.soft(await violations(demo)).toEqual([]);
    await demo.emulateMedia({ colorScheme: 'dark' });
    expect(await lackOfContrast(demo)).toEqual([]);
  });
}
