import { AxeBuilder } from '@axe-core/playwright';
import { startApp } from '../support/app.ts';
import { expect, nameWorkspace, openAt, test } from './fixtures.ts';
import { screenStates } from './screens.ts';

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

async function violations(page: ConstructorParameters<typeof AxeBuilder>[0]['page']): Promise<string[]> {
  // A menu or dialog that is still fading in has less contrast than when it stands.
  await page.waitForTimeout(200);
  const { violations: found } = await new AxeBuilder({ page }).withTags(standards).analyze();
  return found.map(
    ({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map(({ html }) => html).join('\n  ')}`,
  );
}

for (const { name, place, prepare } of screenStates) {
  test(`${name} meets WCAG AA, light and dark`, async ({ demo, demoApp }) => {
    await demo.emulateMedia({ colorScheme: 'light' });
    await openAt(demo, demoApp.app.origin, place);
    await prepare?.(demo);
    expect(await violations(demo)).toEqual([]);
    await demo.emulateMedia({ colorScheme: 'dark' });
    expect(await violations(demo)).toEqual([]);
  });
}

test('the first run meets WCAG AA', async ({ page }) => {
  const app = await startApp();
  try {
    await page.goto(app.address);
    await page.getByLabel('Workspace name').waitFor();
    expect(await violations(page)).toEqual([]);
    await nameWorkspace(page);
    await page.getByRole('button', { name: /Start empty/ }).waitFor();
    expect(await violations(page)).toEqual([]);
  } finally {
    await app.stop();
  }
});
