import { lackOfContrast, violations } from './axe.ts';
import { fakeAnswers } from './faked-answers.ts';
import { fakedStates } from './faked-screens.ts';
import { expect, test } from './fixtures.ts';
import { plainWords, usePseudoLocale } from './plain-words.ts';
import { screenStates } from './screens.ts';

// Both in one visit: preparing a state takes longer than looking at it.
const states = [...screenStates.map((state) => ({ ...state, answers: {} })), ...fakedStates];

for (const { name, place, prepare, answers } of states) {
  test(`${name} has no hard-coded word and meets WCAG AA, light and dark`, async ({ demo, demoApp }) => {
    await usePseudoLocale(demo);
    await demo.emulateMedia({ colorScheme: 'light' });
    await fakeAnswers(demo, answers);
    await demo.goto(`${demoApp.app.origin}/#${place}`);
    await prepare?.(demo);
    await expect(demo.locator('body')).toContainText('[');
    expect.soft(await demo.evaluate(plainWords)).toEqual([]);
    expect.soft(await violations(demo)).toEqual([]);
    await demo.emulateMedia({ colorScheme: 'dark' });
    expect(await lackOfContrast(demo)).toEqual([]);
  });
}
